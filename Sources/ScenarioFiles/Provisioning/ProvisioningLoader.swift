import AWSObjects
public import Documents
import Foundation
public import ProvisioningModel

/// What a file of ours describes.
public enum DocumentKind {
  /// A run of a cluster.
  public static let scenario = "Scenario"
  /// The game of setting one up.
  public static let provisioning = "Provisioning"

  /// Every kind that can be run.
  static let all = [scenario, provisioning]

  /// The `kind` of a file's one document; nil where it cannot be read.
  public static func of(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let documents = DocumentReader.read(
      String(decoding: data, as: UTF8.self), file: path, sink: DiagnosticSink())
    return documents.count == 1 ? documents[0]["kind"]?.scalarText : nil
  }
}

/// What loading a provisioning plan gave.
public struct LoadedProvisioning: Sendable {
  public var path: String
  /// Nil if there is an error anywhere, in the file or in a setting.
  public var plan: ProvisioningPlan?
  /// Everything there is to say about the file.
  public var diagnostics: [Diagnostic] = []
  var document: DocumentNode?
  var settings = AppliedSettings()
}

/// Reads files of provisioning plans.
public enum ProvisioningLoader {
  /// Reads the file at `path`, with settings in place of its values; says everything that is wrong
  /// at once.
  public static func load(
    _ path: String, models: Models, settings: [Setting] = []
  ) -> LoadedProvisioning {
    var loaded = LoadedProvisioning(path: path)
    let sink = DiagnosticSink()
    let data = FileManager.default.contents(atPath: path) ?? Data()
    let documents = DocumentReader.read(
      String(decoding: data, as: UTF8.self), file: path, sink: sink)
    if var document = documents.first, documents.count == 1 {
      loaded.settings.apply(settings, to: &document, sink: sink)
      loaded.document = document
      let plan = ProvisioningReader.read(document, file: path, eks: models.aws.eks, sink: sink)
      if !sink.hasErrors { loaded.plan = plan }
    } else if !sink.hasErrors {
      sink.report(
        Diagnostic(
          severity: .error, file: path, line: 0, column: 0, path: "",
          message: "a plan's file holds one document, this one holds \(documents.count)"))
    }
    loaded.diagnostics = sink.sorted.map { loaded.settings.relabel($0) }
    return loaded
  }
}

extension AppliedSettings {
  /// A mistake in a value that came from the command line names the setting, not the file.
  func relabel(_ diagnostic: Diagnostic) -> Diagnostic {
    guard let setting = setting(at: diagnostic.path) else { return diagnostic }
    var diagnostic = diagnostic
    (diagnostic.file, diagnostic.line, diagnostic.column) = (setting.origin, 0, 0)
    return diagnostic
  }
}
