import AWSObjects
import Documents
import KubernetesObjects
import Scenarios
import TimeUnits

/// Joins the Pods of `spec.arrivals` with the times of their tables.
struct ArrivalLoader {
  /// Of mistakes of one kind that are no errors so many are told one by one.
  private static let toldInFull = 10
  /// The nearest of many names is looked for so often, and no more: each search reads them all.
  private static let searches = 20

  let sink: DiagnosticSink
  let horizon: Duration
  /// By namespace and name, where each pod came from that arrives by an earlier element.
  private var taken: [String: String] = [:]
  /// Pods of one spec share it.
  private var blueprints: [PodSpec: Shared<PodBlueprint>] = [:]
  /// In the order of their creation, those of one instant in the order of the tables.
  private(set) var arrivals: [PodArrival] = []

  /// `existing` are the pods of `spec.manifests`, by namespace and name.
  init(sink: DiagnosticSink, horizon: Duration, existing: [String]) {
    self.sink = sink
    self.horizon = horizon
    for name in existing { taken[name] = "spec.manifests" }
  }

  /// Adds the pods of one element. Complexity: linear in pods and rows.
  mutating func add(
    _ manifests: ManifestSet, podFile: String, table text: String, file: String, path: String
  ) {
    let pods = Pods(manifests, file: podFile, sink: sink)
    let table = DelimitedTable(
      text, file: file, required: ["name", "created_s", "deleted_s"], sink: sink)
    guard ["name", "created_s", "deleted_s"].allSatisfy(table.columns.contains) else { return }
    var lines = [Int?](repeating: nil, count: pods.pods.count)
    var searches = 0
    var late = 0
    for row in table.rows {
      guard let name = row.required("name") else { continue }
      guard let index = pods.index(of: name) else {
        searches += 1
        report(row, name, pods, podFile, mayGuess: searches <= Self.searches)
        continue
      }
      if let line = lines[index] {
        row.refuse("name", "'\(name)' has a row already, in line \(line)")
        continue
      }
      lines[index] = row.line
      if let place = taken.updateValue(path, forKey: pods.keys[index]) {
        row.refuse("name", "'\(name)' is a pod of \(place) already")
      }
      guard let created = time(row, "created_s") else { continue }
      let deleted = row.text("deleted_s") == nil ? nil : time(row, "deleted_s")
      if let deleted, deleted < created {
        row.refuse("deleted_s", "'\(name)' is deleted before it is created")
        continue
      }
      if created.nanoseconds > horizon.nanoseconds { late += 1 }
      arrivals.append(PodArrival(pod: shared(pods.pods[index]), created: created, deleted: deleted))
    }
    if late > 0 { warnOfLate(late, of: table.rows.count, file) }
    pods.warnOfMissing(lines, toldInFull: Self.toldInFull, table: file)
  }

  /// Everything that was added, in the order of time.
  mutating func finish() -> [PodArrival] {
    arrivals = arrivals.enumerated().sorted {
      ($0.element.created, $0.offset) < ($1.element.created, $1.offset)
    }.map(\.element)
    return arrivals
  }

  private mutating func shared(_ pod: Pod) -> Pod {
    let spec = pod.spec.value.spec
    var pod = pod
    if let known = blueprints[spec] { pod.spec = known } else { blueprints[spec] = pod.spec }
    return pod
  }

  private func report(
    _ row: DelimitedTable.Row, _ name: String, _ pods: Pods, _ podFile: String, mayGuess: Bool
  ) {
    if pods.isAmbiguous(name) {
      row.refuse(
        "name", "several pods of \(podFile) are called '\(name)' (write it as namespace/name)")
      return
    }
    let near = mayGuess ? Spelling.suggestion(for: name, among: pods.names) : nil
    row.refuse(
      "name", "no pod of \(podFile) is called '\(name)'" + (near.map { " (\($0))" } ?? ""))
  }

  private func warnOfLate(_ late: Int, of count: Int, _ file: String) {
    sink.report(
      Diagnostic(
        severity: .warning, file: file, line: 0, column: 0, path: "",
        message: "\(late) of \(count) rows are beyond the horizon of "
          + "\(DurationText.text(for: horizon)): their pods are never created"))
  }

  /// A time in seconds since the start, with decimals; anything else is reported.
  private func time(_ row: DelimitedTable.Row, _ column: String) -> SimulationTime? {
    guard let text = row.required(column) else { return nil }
    if text.hasPrefix("-") {
      row.refuse(column, "\(text) is before the start: times count from the start of the run")
      return nil
    }
    let isNumber = text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".")
    }
    guard isNumber, let span = try? DurationText.parse(text + "s") else {
      row.refuse(column, "expected a number of seconds, found \"\(text)\"")
      return nil
    }
    return SimulationTime.zero + span
  }
}

extension ArrivalLoader {
  /// The Pods of a manifest file, by name.
  private struct Pods {
    let sink: DiagnosticSink
    let file: String
    private(set) var pods: [Pod] = []
    /// `namespace/name` of each.
    private(set) var keys: [String] = []
    private var lines: [Int] = []
    private var places: [String: Int] = [:]
    private var ambiguous: Set<String> = []

    /// What is no Pod is told of by kind, and left aside.
    init(_ manifests: ManifestSet, file: String, sink: DiagnosticSink) {
      self.sink = sink
      self.file = file
      var others: [String] = []
      for (object, place) in zip(manifests.objects, manifests.places) {
        guard case .pod(let pod) = object else {
          if !others.contains(object.kind) { others.append(object.kind) }
          continue
        }
        let (name, index) = (pod.metadata.name, pods.count)
        if places.updateValue(index, forKey: name) != nil { ambiguous.insert(name) }
        keys.append("\(pod.metadata.namespace)/\(name)")
        places[keys[index]] = index
        lines.append(place.line)
        pods.append(pod)
      }
      for kind in others {
        warn(0, "only Pods arrive: what is a \(kind) is left aside")
      }
    }

    var names: [String] { pods.map(\.metadata.name) }

    func isAmbiguous(_ name: String) -> Bool { ambiguous.contains(name) }

    /// The pod called `name` or `namespace/name`; nil for none and for several.
    func index(of name: String) -> Int? { isAmbiguous(name) ? nil : places[name] }

    func warnOfMissing(_ rows: [Int?], toldInFull: Int, table: String) {
      let missing = rows.indices.filter { rows[$0] == nil }
      for index in missing.prefix(toldInFull) {
        warn(
          lines[index],
          "'\(pods[index].metadata.name)' has no row in \(table): it is never created")
      }
      if missing.count > toldInFull {
        let rest = missing.count - toldInFull
        warn(0, "\(rest) more pods have no row in \(table): they are never created")
      }
    }

    private func warn(_ line: Int, _ message: String) {
      sink.report(
        Diagnostic(
          severity: .warning, file: file, line: line, column: line > 0 ? 1 : 0, path: "",
          message: message))
    }
  }
}
