import AWSObjects
public import Documents
public import Scenarios
import TimeUnits

/// Reads a scenario from its document, or says everything that is wrong with it.
///
/// Where a part cannot be read a harmless one stands in for it, so that the rest is still checked.
public struct ScenarioReader {
  let sink: DiagnosticSink
  let file: String
  /// The lines of the file, for columns inside a scalar; empty if they are not at hand.
  var lines: [Substring] = []
  /// Behaviors of the models, by `file/name`.
  var workloads: [String: WorkloadModel] = [:]
  /// Metrics that exist; nil takes any name.
  var metrics: [String]?
  /// Makes a path of one that is relative to the scenario's folder.
  var resolve: (String) -> String

  /// What reading gave: a draft with stand-ins for what is wrong, and the scenario if nothing is.
  public struct Reading: Sendable {
    public var draft: ScenarioDraft
    public var scenario: Scenario?
  }

  /// Reads `document`; nil if it is not even the outline of a scenario.
  ///
  /// `text` is the file's, for columns inside commands. `models` nil checks no name against the
  /// models. `metrics` are the names that expectations may use, nil takes any. `resolve` makes a
  /// path of one that is written relative to the scenario's folder.
  public static func read(
    _ document: DocumentNode, file: String, text: String = "", models: Models? = nil,
    metrics: [String]? = nil, sink: DiagnosticSink,
    resolve: @escaping (String) -> String = { $0 }
  ) -> Reading? {
    let reader = ScenarioReader(
      sink: sink, file: file, lines: text.split(separator: "\n", omittingEmptySubsequences: false),
      workloads: models?.workloads ?? [:], metrics: metrics, resolve: resolve)
    guard let draft = reader.draft(of: document) else { return nil }
    for problem in draft.problems where !standsIn(problem, in: document) {
      reader.report(problem, in: document, of: draft)
    }
    if let models {
      for problem in models.problems(in: draft) {
        reader.report(problem, in: document, of: draft)
      }
      for problem in models.doubts(about: draft) {
        reader.report(problem, in: document, of: draft, severity: .warning)
      }
    }
    return Reading(draft: draft, scenario: sink.hasErrors ? nil : try? Scenario(draft))
  }

  private func draft(of document: DocumentNode) -> ScenarioDraft? {
    let root = DocumentCursor(document, file: file, sink: sink)
    guard root.expectMapping() else { return nil }
    root.expect("apiVersion", "seatrial/v1")
    expectKind(root)
    var name = "unnamed"
    if let metadata = root.required("metadata"), metadata.expectMapping() {
      if let given = metadata.required("name")?.string() { name = given }
      metadata.reportUnknownFields()
    }
    let spec = root.required("spec")
    root.reportUnknownFields()
    guard let spec, spec.expectMapping() else { return nil }
    return draft(named: name, spec)
  }

  private func expectKind(_ root: DocumentCursor) {
    guard let cursor = root.required("kind"), let found = cursor.string(),
      found != DocumentKind.scenario
    else { return }
    let known = DocumentKind.all.map { "'\($0)'" }.joined(separator: " and ")
    guard !DocumentKind.all.contains(found) else {
      cursor.error("a \(found) is not a scenario")
      return
    }
    cursor.error(
      "unknown kind '\(found)'",
      suggestion: Spelling.suggestion(for: found, among: DocumentKind.all)
        ?? "this program reads \(known)")
  }

  private func draft(named name: String, _ spec: DocumentCursor) -> ScenarioDraft {
    let era = spec.field("era")?.word(Era.self) ?? .current
    let date = spec.field("date")?.calendarTime()
    let horizon = spec.required("horizon")?.duration()
    let seed = spec.field("seed").flatMap { $0.seed() }
    let cloud = spec.field("cloud").map(cloud)
    // A horizon that is missing or wrong is said once; times are not held against it then.
    var draft = ScenarioDraft(
      name: name, era: era, date: date, horizon: horizon ?? .seconds(1_000_000_000),
      cloud: cloud ?? CloudSpec(region: Region("us-east-1"), nodeGroups: []))
    if let seed { draft.seed = seed }
    draft.manifests = spec.field("manifests").map(manifests) ?? []
    draft.schedulerConfiguration = spec.field("scheduler").flatMap(scheduler)
    draft.arrivals = spec.field("arrivals").map(arrivals) ?? []
    draft.autoscalerFlags = spec.field("autoscaler").map(autoscaler) ?? []
    if let addons = spec.field("addons") {
      draft.addons = addons.elements().compactMap { $0.word(Addon.self) }
    }
    draft.behaviors =
      (spec.field("behaviour") ?? spec.field("behavior"))?.behaviors(models: workloads) ?? []
    draft.loads = spec.field("load").map(loads) ?? []
    draft.nodeLoad = spec.field("nodeLoad").flatMap(nodeLoad)
    readPipeline(spec, into: &draft)
    let timeline = spec.field("timeline").map(timeline) ?? []
    draft.timeline = timeline
    draft.expectations = spec.field("expect").map { expectations($0, timeline) } ?? []
    draft.parameters = spec.field("parameters").map(parameters) ?? []
    spec.reportUnknownFields()
    return draft
  }

  private func manifests(_ cursor: DocumentCursor) -> [ManifestReference] {
    cursor.texts().map { text, element in
      ManifestReference(written: text, path: resolve(text), place: place(of: element))
    }
  }

  func reference(_ cursor: DocumentCursor) -> ManifestReference? {
    cursor.string().map {
      ManifestReference(written: $0, path: resolve($0), place: place(of: cursor))
    }
  }

  private func scheduler(_ cursor: DocumentCursor) -> ManifestReference? {
    guard cursor.expectMapping() else { return nil }
    defer { cursor.reportUnknownFields() }
    return cursor.required("config").flatMap(reference)
  }

  private func autoscaler(_ cursor: DocumentCursor) -> [AutoscalerFlag] {
    guard cursor.expectMapping() else { return [] }
    defer { cursor.reportUnknownFields() }
    return cursor.required("flags")?.entries().compactMap { name, value in
      value.string().map { AutoscalerFlag(name: name, value: $0, place: place(of: value)) }
    } ?? []
  }

  private func parameters(_ cursor: DocumentCursor) -> [ParameterOverride] {
    let known = ParameterName.allCases.map(\.rawValue)
    return cursor.entries().compactMap { key, value in
      guard let name = ParameterName(rawValue: key) else {
        value.error(
          "unknown parameter '\(key)'",
          suggestion: Spelling.suggestion(for: key, among: known)
            ?? "known: " + known.joined(separator: ", "))
        return nil
      }
      return value.law().map { ParameterOverride(name: name, law: $0) }
    }
  }

  // MARK: Places

  func place(of cursor: DocumentCursor) -> SourcePlace? {
    cursor.node.line > 0
      ? SourcePlace(file: file, line: cursor.node.line, column: cursor.node.column) : nil
  }

  /// Says where in the document, or in a file it names, a problem of the whole scenario stands.
  func report(
    _ problem: ScenarioProblem, in document: DocumentNode, of draft: ScenarioDraft,
    severity: Diagnostic.Severity = .error
  ) {
    if let origin = draft.cloud.nodeGroups.origin(of: problem.path) {
      sink.report(
        Diagnostic(
          severity: severity, file: origin.place.file, line: origin.place.line,
          column: origin.place.column, path: origin.path, message: problem.message,
          suggestion: problem.suggestion))
      return
    }
    let written = Self.spelled(problem.path, as: document)
    let node = NodePath(written)?.nearest(in: document) ?? document
    sink.report(
      Diagnostic(
        severity: severity, file: file, line: node.line, column: node.column, path: written,
        message: problem.message, suggestion: problem.suggestion))
  }

  /// A scenario may write `behavior` as well.
  private static func spelled(_ path: String, as document: DocumentNode) -> String {
    let usual = "spec.behaviour."
    guard path.hasPrefix(usual), document["spec"]?["behaviour"] == nil else { return path }
    return "spec.behavior." + path.dropFirst(usual.count)
  }

  /// Reports something at a place inside a scalar's text.
  func report(_ message: String, _ suggestion: String?, at offset: Int, in cursor: DocumentCursor) {
    let node = cursor.node
    var column = node.column
    if node.line > 0, lines.indices.contains(node.line - 1) {
      let line = Array(lines[node.line - 1].utf8)
      let first = line.indices.contains(column - 1) ? line[column - 1] : 0
      let quote = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") ? 1 : 0
      // A block scalar, or one that goes on in the next line: its start has to do.
      let isBlock = first == UInt8(ascii: "|") || first == UInt8(ascii: ">")
      if !isBlock, column - 1 + quote + offset <= line.count { column += quote + offset }
    } else if node.line > 0 {
      column += offset
    }
    sink.report(
      Diagnostic(
        severity: .error, file: file, line: node.line, column: column, path: cursor.path,
        message: message, suggestion: suggestion))
  }
}
