public import Documents
import Foundation
public import KubernetesObjects

/// What loading a list of paths gave.
public struct LoadedManifests: Sendable {
  /// The objects, and every diagnostic of every file.
  public var manifests: ManifestSet
  /// The files that were read, in the order they were read.
  public var files: [String]
  /// Paths that do not exist or cannot be read: exit status 66 rather than 65.
  public var missing: [String]
  /// The settings that found their object.
  public var settled: [Setting] = []
  /// Every object that a setting could name, as `Kind/name`.
  public var objects: [String] = []

  public var diagnostics: [Diagnostic] { manifests.diagnostics }
  public var hasErrors: Bool { manifests.hasErrors }
}

/// Reads manifests from files and folders.
public enum ManifestLoader {
  /// Reads each file, and each folder's `.yaml`, `.yml` and `.json` files at any depth in byte
  /// order of their paths.
  ///
  /// - Parameter settings: values to be put into the objects that they name.
  public static func load(
    _ paths: [String], options: ManifestReader.Options = ManifestReader.Options(),
    settings: [Setting] = []
  ) -> LoadedManifests {
    let sink = DiagnosticSink()
    var reader = ManifestReader(options: options)
    var edits: [(file: String, applied: AppliedSettings)] = []
    var result = LoadedManifests(manifests: ManifestSet(), files: [], missing: [])
    for path in paths {
      guard let files = files(at: path) else {
        result.missing.append(path)
        report(sink, path, .error, "no such file or folder")
        continue
      }
      if files.isEmpty { report(sink, path, .warning, "no .yaml, .yml or .json file in it") }
      for file in files where !skips(file, sink) {
        guard let text = text(of: file, sink, missing: &result.missing) else { continue }
        result.files.append(file)
        for var document in DocumentReader.read(text, file: file, sink: sink) {
          if let applied = apply(settings, to: &document, &result, sink) {
            edits.append((file, applied))
          }
          reader.read(document, file: file)
        }
      }
    }
    result.manifests = reader.finish()
    for diagnostic in result.manifests.diagnostics { sink.report(diagnostic) }
    result.manifests.diagnostics = sink.sorted.map { diagnostic in
      // Only what a setting put there has no line.
      guard diagnostic.line == 0, !diagnostic.path.isEmpty else { return diagnostic }
      return edits.first {
        $0.file == diagnostic.file && $0.applied.setting(at: diagnostic.path) != nil
      }?.applied.relabel(diagnostic) ?? diagnostic
    }
    return result
  }

  /// Puts values into an object, if a setting names it.
  private static func apply(
    _ settings: [Setting], to document: inout DocumentNode, _ result: inout LoadedManifests,
    _ sink: DiagnosticSink
  ) -> AppliedSettings? {
    guard !settings.isEmpty, let kind = document["kind"]?.scalarText,
      let name = document["metadata"]?["name"]?.scalarText
    else { return nil }
    result.objects.append("\(kind)/\(name)")
    let own = settings.filter { $0.object == "\(kind)/\(name)" }
    guard !own.isEmpty else { return nil }
    result.settled += own
    var applied = AppliedSettings()
    applied.apply(own, to: &document, sink: sink)
    return applied
  }

  /// The files a path stands for; nil if it does not exist.
  private static func files(at path: String) -> [String]? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    guard isFolder.boolValue else { return [path] }
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    let folder = path.hasSuffix("/") ? path : path + "/"
    return
      names
      .filter { name in [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) } }
      .map { folder + $0 }
      .filter { file in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
          && !isFolder.boolValue
      }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func skips(_ file: String, _ sink: DiagnosticSink) -> Bool {
    let name = file.split(separator: "/").last ?? ""
    guard name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization"
    else { return false }
    report(
      sink, file, .warning, "a kustomization is not an object: left aside",
      suggestion: "to apply it, build it first: kubectl kustomize DIR")
    return true
  }

  private static func text(
    of file: String, _ sink: DiagnosticSink, missing: inout [String]
  ) -> String? {
    guard let data = FileManager.default.contents(atPath: file) else {
      missing.append(file)
      report(sink, file, .error, "cannot be read")
      return nil
    }
    guard let text = String(data: data, encoding: .utf8) else {
      report(sink, file, .error, "not UTF-8 text")
      return nil
    }
    return text
  }

  private static func report(
    _ sink: DiagnosticSink, _ file: String, _ severity: Diagnostic.Severity, _ message: String,
    suggestion: String? = nil
  ) {
    sink.report(
      Diagnostic(
        severity: severity, file: file, line: 0, column: 0, path: "", message: message,
        suggestion: suggestion))
  }
}
