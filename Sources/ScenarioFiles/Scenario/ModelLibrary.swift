import AWSObjects
public import Documents
import Foundation
import KubernetesObjects
import Scenarios
import TimeUnits

/// Finds and reads the `models` folder.
public enum ModelLibrary {
  /// No folder of models; a person must say where it is.
  public struct Missing: Error, Sendable, Hashable, CustomStringConvertible {
    /// The folders that were looked at, in order.
    public var tried: [String]

    public var description: String {
      "the models folder was not found; looked for aws/instance-types.csv in "
        + tried.joined(separator: ", ") + " (set SEATRIAL_MODELS to the folder)"
    }
  }

  /// The models have mistakes.
  public struct Broken: Error, Sendable, Hashable, CustomStringConvertible {
    public var diagnostics: [Diagnostic]

    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
  }

  /// The folder: what `SEATRIAL_MODELS` says, or `../share/seatrial/models` beside the executable,
  /// or the first `models` upwards from the executable or from the working directory.
  public static func find() throws(Missing) -> String {
    try find(
      environment: ProcessInfo.processInfo.environment, executable: Bundle.main.executablePath,
      workingDirectory: FileManager.default.currentDirectoryPath)
  }

  /// The same for a given environment.
  public static func find(
    environment: [String: String], executable: String?, workingDirectory: String
  ) throws(Missing) -> String {
    // What a person names is taken at their word: nothing else is tried.
    if let named = environment["SEATRIAL_MODELS"], !named.isEmpty {
      guard isModels(named) else { throw Missing(tried: [named]) }
      return named
    }
    var tried: [String] = []
    if let executable {
      let folder = URL(fileURLWithPath: executable).resolvingSymlinksInPath()
        .deletingLastPathComponent()
      tried.append(folder.appending(path: "../share/seatrial/models").standardized.path)
      tried += upwards(from: folder)
    }
    tried += upwards(from: URL(fileURLWithPath: workingDirectory))
    var seen: Set<String> = []
    tried = tried.filter { seen.insert($0).inserted }
    guard let found = tried.first(where: isModels) else { throw Missing(tried: tried) }
    return found
  }

  private static func isModels(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/aws/instance-types.csv")
  }

  private static func upwards(from start: URL) -> [String] {
    var folders: [String] = []
    var folder = start.standardizedFileURL
    while true {
      folders.append(folder.appending(path: "models").path)
      let parent = folder.deletingLastPathComponent().standardizedFileURL
      if parent.path == folder.path || folder.path == "/" { return folders }
      folder = parent
    }
  }

  /// Reads everything in `folder`; refuses it with every mistake if there is one.
  public static func load(_ folder: String) throws(Broken) -> Models {
    let sink = DiagnosticSink()
    let files = Files(folder: folder, sink: sink)
    let catalog = InstanceTypeCatalog(
      table: files.text("aws/instance-types.csv"), file: "\(folder)/aws/instance-types.csv",
      sink: sink)
    var prices = PriceList()
    for name in files.names(in: "aws/prices", ending: ".csv") {
      prices.add(
        table: files.text("aws/prices/\(name)"), file: "\(folder)/aws/prices/\(name)", sink: sink)
    }
    var volumes = VolumePriceList()
    for name in files.names(in: "aws/prices/volumes", ending: ".csv") {
      let path = "aws/prices/volumes/\(name)"
      volumes.add(table: files.text(path), file: "\(folder)/\(path)", sink: sink)
    }
    var transfers = TransferPriceList()
    for name in files.names(in: "aws/prices/transfer", ending: ".csv") {
      let path = "aws/prices/transfer/\(name)"
      transfers.add(table: files.text(path), file: "\(folder)/\(path)", sink: sink)
    }
    let eks = files.document("aws/eks.yaml")
    let history = EKSHistory(document: eks, file: "\(folder)/aws/eks.yaml", sink: sink)
    let launch = files.document("aws/launch-latency.yaml")
    let latency = LaunchLatency(
      document: launch, file: "\(folder)/aws/launch-latency.yaml", sink: sink)
    let kubelet = kubeletLaws(
      files.document("kubernetes/kubelet.yaml"), file: "\(folder)/kubernetes/kubelet.yaml",
      sink: sink)
    var addons: [Era: [Addon]] = [:]
    for era in Era.allCases {
      addons[era] = Addon.allCases.filter {
        FileManager.default.fileExists(atPath: Models.manifest(of: $0, in: era, of: folder))
      }
    }
    let nodeLoad = NodeLoadModel(
      document: files.document("kubernetes/node-load.yaml"),
      file: "\(folder)/kubernetes/node-load.yaml", sink: sink)
    let workloads = workloads(files)
    let network = NetworkFacts(
      document: files.document("aws/network.yaml"), file: "\(folder)/aws/network.yaml", sink: sink,
      table: { (files.text("aws/\($0)"), "\(folder)/aws/\($0)") })
    guard !sink.hasErrors, let latency, let network else {
      throw Broken(diagnostics: sink.sorted)
    }
    return Models(
      folder: folder,
      aws: AWSModels(
        instanceTypes: catalog, prices: prices, eks: history, launchLatency: latency,
        volumePrices: volumes, transferPrices: transfers),
      kubelet: kubelet, nodeLoad: nodeLoad, network: network, workloads: workloads,
      addons: addons)
  }

  private static func workloads(_ files: Files) -> [String: WorkloadModel] {
    var models: [String: WorkloadModel] = [:]
    for name in files.names(in: "workloads", ending: ".yaml") {
      let path = "workloads/\(name)"
      let root = DocumentCursor(
        files.document(path), file: "\(files.folder)/\(path)", sink: files.sink)
      guard root.expectMapping() else { continue }
      root.ignore("apiVersion", "kind")
      for (key, cursor) in root.entries() where key != "apiVersion" && key != "kind" {
        guard cursor.expectMapping() else { continue }
        let mark = cursor.required("mark")?.word(Mark.self)
        let source = cursor.required("source")?.string()
        guard let behavior = cursor.behavior(named: key, models: [:]), let mark, let source
        else { continue }
        models["\(name.dropLast(5))/\(key)"] = WorkloadModel(
          behavior: behavior, provenance: Provenance(mark, source))
      }
    }
    return models
  }

  private struct Files {
    let folder: String
    let sink: DiagnosticSink

    func names(in path: String, ending: String) -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(path)")) ?? [])
        .filter { $0.hasSuffix(ending) }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    func text(_ path: String) -> String {
      if let data = FileManager.default.contents(atPath: "\(folder)/\(path)"),
        let text = String(data: data, encoding: .utf8)
      {
        return text
      }
      sink.report(
        Diagnostic(
          severity: .error, file: "\(folder)/\(path)", line: 0, column: 0, path: "",
          message: "the file is missing, or not UTF-8 text"))
      return ""
    }

    func document(_ path: String) -> DocumentNode {
      DocumentReader.read(text(path), file: "\(folder)/\(path)", sink: sink).first
        ?? DocumentNode(.null)
    }
  }

  /// Reads laws with unit, mark and source; the keys are parameters without their `kubelet.`.
  private static func kubeletLaws(
    _ document: DocumentNode, file: String, sink: DiagnosticSink
  ) -> [ParameterName: Sourced<DelayLaw>] {
    let root = DocumentCursor(document, file: file, sink: sink)
    guard root.expectMapping() else { return [:] }
    root.ignore("apiVersion", "kind")
    var laws: [ParameterName: Sourced<DelayLaw>] = [:]
    for name in ParameterName.allCases where name.rawValue.hasPrefix("kubelet.") {
      let key = String(name.rawValue.dropFirst("kubelet.".count))
      guard let cursor = root.required(key), cursor.expectMapping() else { continue }
      if let unit = cursor.required("unit"), unit.string() != "s" {
        unit.error("the unit of a delay is s")
      }
      let law = cursor.shape(seconds)
      let mark = cursor.required("mark")?.word(Mark.self)
      let source = cursor.required("source")?.string()
      cursor.reportUnknownFields()
      guard let law, let mark, let source else { continue }
      laws[name] = Sourced(law, Provenance(mark, source))
    }
    root.reportUnknownFields()
    return laws
  }

  private static func seconds(_ cursor: DocumentCursor) -> Duration? {
    guard let value = cursor.double() else { return nil }
    guard value >= 0, value < 1e9 else {
      cursor.error("expected seconds, at least 0")
      return nil
    }
    return .rounded(seconds: value)
  }
}
