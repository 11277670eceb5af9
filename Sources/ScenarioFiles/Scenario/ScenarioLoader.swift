public import Documents
import Foundation
public import KubernetesObjects
public import Scenarios

/// What loading a scenario file gave.
public struct LoadedScenario: Sendable {
  public var path: String
  /// Nil if there is an error anywhere: in the file, in a setting or in a manifest.
  public var scenario: Scenario?
  /// The objects of `spec.manifests`, in order.
  public var manifests = ManifestSet()
  /// The objects of the files that commands name by `-f`, each file once.
  public var commandFiles: [CommandFile] = []
  /// The counts of `spec.load[i].trace`, by i.
  public var traces: [Int: RequestTrace] = [:]
  /// The pods of `spec.arrivals`, in the order of time.
  public var arrivals: [PodArrival] = []
  /// Everything there is to say about any of the files.
  public var diagnostics: [Diagnostic] = []
  /// Whether the scenario file itself is not there: exit status 66 rather than 65.
  public var isMissing = false
  /// Where the values came from; nil if the file is no scenario at all.
  var reading: ScenarioReader.Reading?
  var document: DocumentNode?
  var settings = AppliedSettings()

  public struct CommandFile: Sendable {
    /// As the command writes it.
    public var written: String
    public var manifests: ManifestSet
  }

  /// The scheduler's own configuration file, if the scenario names one; it is not read here.
  public var schedulerConfiguration: ManifestReference? { reading?.draft.schedulerConfiguration }

  /// The rules of the run and the autoscaler's flags, also where something else is wrong.
  public var era: Era? { reading?.draft.era }
  public var autoscalerFlags: [AutoscalerFlag] { reading?.draft.autoscalerFlags ?? [] }

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Reads scenario files with everything they name.
public enum ScenarioLoader {
  /// Reads the file at `path`, its manifests and the files of its commands; says everything that is
  /// wrong with any of them at once. Relative paths count from the scenario's folder.
  public static func load(
    _ path: String, models: Models, settings: [Setting] = [], metrics: [String]? = nil
  ) -> LoadedScenario {
    var loaded = LoadedScenario(path: path)
    let sink = DiagnosticSink()
    func report(_ message: String) {
      sink.report(
        Diagnostic(
          severity: .error, file: path, line: 0, column: 0, path: "", message: message))
      loaded.diagnostics = sink.sorted
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      loaded.isMissing = true
      report("no such file")
      return loaded
    }
    guard let text = String(data: data, encoding: .utf8) else {
      report("not UTF-8 text")
      return loaded
    }
    let documents = DocumentReader.read(text, file: path, sink: sink)
    loaded.diagnostics = sink.sorted
    if sink.hasErrors { return loaded }
    guard documents.count == 1, var document = documents.first else {
      report("a scenario file holds one document, this one holds \(documents.count)")
      return loaded
    }
    loaded.settings.apply(settings.filter { $0.object == nil }, to: &document, sink: sink)
    let folder = (path as NSString).deletingLastPathComponent
    loaded.document = document
    loaded.reading = ScenarioReader.read(
      document, file: path, text: text, models: models, metrics: metrics, sink: sink,
      resolve: { resolve($0, in: folder) })
    if let draft = loaded.reading?.draft {
      loadFiles(
        of: draft, in: folder, document, settings.filter { $0.object != nil }, into: &loaded,
        sink: sink)
    }
    loaded.diagnostics = sink.sorted.map { loaded.settings.relabel($0) }
    if !loaded.hasErrors { loaded.scenario = loaded.reading?.scenario }
    return loaded
  }

  private static func resolve(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
  }

  // MARK: Files that the scenario names

  private static func loadFiles(
    of draft: ScenarioDraft, in folder: String, _ document: DocumentNode, _ settings: [Setting],
    into loaded: inout LoadedScenario, sink: DiagnosticSink
  ) {
    var options = ManifestReader.Options()
    options.release = draft.era.release
    options.start = draft.date
    let file = loaded.path
    func report(_ path: String, _ message: String, _ suggestion: String?) {
      let node = NodePath(path)?.nearest(in: document) ?? document
      sink.report(
        Diagnostic(
          severity: .error, file: file, line: node.line, column: node.column, path: path,
          message: message, suggestion: suggestion))
    }
    var present: [String] = []
    for (index, reference) in draft.manifests.enumerated() {
      if FileManager.default.fileExists(atPath: reference.path) {
        present.append(reference.path)
      } else {
        report(
          "spec.manifests[\(index)]", "no such file or folder: '\(reference.written)'",
          nearestFile(to: reference.written, in: folder))
      }
    }
    let manifests = ManifestLoader.load(present, options: options, settings: settings)
    var (settled, objects) = (manifests.settled, manifests.objects)
    loaded.manifests = manifests.manifests
    for diagnostic in manifests.diagnostics { sink.report(diagnostic) }
    for (index, entry) in draft.timeline.enumerated() {
      for written in entry.command.files
      where !loaded.commandFiles.contains(where: { $0.written == written }) {
        let path = resolve(written, in: folder)
        guard FileManager.default.fileExists(atPath: path) else {
          report(
            "spec.timeline[\(index)].run", "no such file or folder: '\(written)'",
            nearestFile(to: written, in: folder))
          continue
        }
        let given = ManifestLoader.load([path], options: options, settings: settings)
        settled += given.settled
        objects += given.objects
        for diagnostic in given.diagnostics { sink.report(diagnostic) }
        loaded.commandFiles.append(
          LoadedScenario.CommandFile(written: written, manifests: given.manifests))
      }
    }
    for setting in settings where !settled.contains(setting) {
      sink.report(
        Diagnostic(
          severity: .error, file: setting.origin, line: 0, column: 0, path: "",
          message: "no manifest has an object \(setting.object ?? "")",
          suggestion: Spelling.suggestion(for: setting.object ?? "", among: objects)
            ?? (objects.isEmpty ? nil : "there are " + objects.joined(separator: ", "))))
    }
    if let config = draft.schedulerConfiguration,
      !FileManager.default.fileExists(atPath: config.path)
    {
      report(
        "spec.scheduler.config", "no such file: '\(config.written)'",
        nearestFile(to: config.written, in: folder))
    }
    loadTraces(of: draft, in: folder, into: &loaded, sink, report)
    loadArrivals(of: draft, in: folder, options, into: &loaded, sink, report)
    checkNodes(draft, document, loaded, sink, report)
    checkBehaviors(draft, document, loaded, sink, report)
  }

  private static func loadArrivals(
    of draft: ScenarioDraft, in folder: String, _ options: ManifestReader.Options,
    into loaded: inout LoadedScenario, _ sink: DiagnosticSink,
    _ report: (String, String, String?) -> Void
  ) {
    guard !draft.arrivals.isEmpty else { return }
    let existing = loaded.manifests.objects.compactMap { object -> String? in
      guard case .pod(let pod) = object else { return nil }
      return "\(pod.metadata.namespace)/\(pod.metadata.name)"
    }
    var loader = ArrivalLoader(sink: sink, horizon: draft.horizon, existing: existing)
    for (index, reference) in draft.arrivals.enumerated() {
      func isThere(_ file: ManifestReference, _ field: String) -> Bool {
        // A name that could not be read has been reported.
        if file.written.isEmpty || FileManager.default.fileExists(atPath: file.path) {
          return !file.written.isEmpty
        }
        report(
          "spec.arrivals[\(index)].\(field)", "no such file: '\(file.written)'",
          nearestFile(to: file.written, in: folder))
        return false
      }
      let hasPods = isThere(reference.pods, "pods")
      guard isThere(reference.lifetimes, "lifetimes"), hasPods else { continue }
      let given = ManifestLoader.load([reference.pods.path], options: options)
      for diagnostic in given.diagnostics { sink.report(diagnostic) }
      let path = "spec.arrivals[\(index)]"
      guard let data = FileManager.default.contents(atPath: reference.lifetimes.path),
        let text = String(data: data, encoding: .utf8)
      else {
        report("\(path).lifetimes", "not UTF-8 text: '\(reference.lifetimes.written)'", nil)
        continue
      }
      loader.add(
        given.manifests, podFile: reference.pods.path, table: text,
        file: reference.lifetimes.path, path: path)
    }
    loaded.arrivals = loader.finish()
  }

  /// A run needs nodes: of groups, or of the manifests. Said only when these could be read.
  private static func checkNodes(
    _ draft: ScenarioDraft, _ document: DocumentNode, _ loaded: LoadedScenario,
    _ sink: DiagnosticSink,
    _ report: (String, String, String?) -> Void
  ) {
    let hasNodes = loaded.manifests.objects.contains { $0.kind == "Node" }
    // A file that was to bring groups and could not be read has been reported.
    let cloud = document["spec"]?["cloud"]
    let isGiven = cloud?["clusterConfig"] != nil || cloud?["autoScalingGroups"] != nil
    let hasNoGroups = draft.cloud.nodeGroups.isEmpty && !(isGiven && sink.hasErrors)
    // Who cannot be read may be the one that brings them.
    let areRead =
      !loaded.manifests.hasErrors
      && draft.manifests.allSatisfy { FileManager.default.fileExists(atPath: $0.path) }
    if hasNoGroups, !hasNodes, areRead {
      report(
        "spec.cloud", "the scenario has no nodes",
        "give spec.cloud.nodeGroups, or manifests with Nodes: kubectl get nodes -o json")
    }
    if hasNodes, draft.hasNodeLoad {
      let node = NodePath("spec.manifests")?.nearest(in: document) ?? document
      sink.report(
        Diagnostic(
          severity: .warning, file: loaded.path, line: node.line, column: node.column,
          path: "spec.manifests",
          message: "Nodes of manifests are not under load: containers on them use up nothing and "
            + "answer no requests"))
    }
  }

  private static func loadTraces(
    of draft: ScenarioDraft, in folder: String, into loaded: inout LoadedScenario,
    _ sink: DiagnosticSink, _ report: (String, String, String?) -> Void
  ) {
    for (index, load) in draft.loads.enumerated() {
      guard case .trace(let reference) = load.source else { continue }
      guard let data = FileManager.default.contents(atPath: reference.path),
        let text = String(data: data, encoding: .utf8)
      else {
        report(
          "spec.load[\(index)].trace.file",
          "no such file, or not UTF-8 text: '\(reference.written)'",
          nearestFile(to: reference.written, in: folder))
        continue
      }
      loaded.traces[index] = RequestTraceReader(file: reference.path, sink: sink).read(
        reference, text: text)
    }
  }

  /// A behavior must belong to something; said only when every manifest could be read.
  private static func checkBehaviors(
    _ draft: ScenarioDraft, _ document: DocumentNode, _ loaded: LoadedScenario,
    _ sink: DiagnosticSink, _ report: (String, String, String?) -> Void
  ) {
    let sets = [loaded.manifests] + loaded.commandFiles.map(\.manifests)
    guard !sets.contains(where: \.hasErrors),
      sets.count > 1 || !loaded.manifests.objects.isEmpty || !loaded.arrivals.isEmpty
    else { return }
    let names =
      sets.flatMap(\.objects).flatMap(workloadNames)
      + loaded.arrivals.flatMap { workloadNames(.pod($0.pod)) }
    let field = document["spec"]?["behaviour"] == nil ? "behavior" : "behaviour"
    for behavior in draft.behaviors where !names.contains(behavior.name) {
      report(
        "spec.\(field).\(behavior.name)",
        "no workload and no container is called '\(behavior.name)'",
        Spelling.suggestion(for: behavior.name, among: names))
    }
  }

  private static func workloadNames(_ object: ManifestObject) -> [String] {
    let spec: PodSpec? =
      switch object {
      case .pod(let pod): pod.spec.value.spec
      case .deployment(let deployment): deployment.template.value.spec
      case .replicaSet(let replicaSet): replicaSet.template.value.spec
      case .daemonSet(let daemonSet): daemonSet.template.value.spec
      default: nil
      }
    guard let spec else { return [] }
    return [object.metadata.name] + (spec.containers + spec.initContainers).map(\.name)
  }

  /// `did you mean 'k8s/web.yaml'?`: the nearest name in the folder that the path names.
  private static func nearestFile(to written: String, in folder: String) -> String? {
    let wanted = written as NSString
    let inside = wanted.deletingLastPathComponent
    let place = inside.isEmpty ? (folder.isEmpty ? "." : folder) : resolve(inside, in: folder)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: place) else {
      return inside.isEmpty ? nil : "there is no folder '\(inside)'"
    }
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard let near = Spelling.nearest(to: wanted.lastPathComponent, among: sorted) else {
      return nil
    }
    return "did you mean '\(inside.isEmpty ? near : "\(inside)/\(near)")'?"
  }
}
