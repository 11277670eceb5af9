public import Documents
import KubernetesObjects

/// How far our scheduler agrees with the recorded one, case by case and plugin by plugin.
public struct SchedulerAgreement: Sendable {
  /// One thing that is not as it was recorded.
  public struct Difference: Sendable, Equatable {
    public var recording: String
    public var pod: String
    public var attempt: Int
    /// Such as `feasible`, `total n03`, `PodTopologySpread n03`, `filtered n01`, `victims`.
    public var what: String
    public var recorded: String
    public var ours: String
  }

  public var cases = AspectCount()
  /// By plugin for scores; `feasible`, `total`, `filtered`, `node`, `victims`, `message`,
  /// `postFilter` for the rest.
  public var aspects: [String: AspectCount] = [:]
  public var differences: [Difference] = []

  public init() {}

  /// Compares one recording and adds it up.
  public mutating func add(_ recording: SchedulerRecording) {
    var replay = SchedulerReplay(recording)
    let ours = replay.results(following: true)
    let before = differences.count
    for (recorded, own) in zip(recording.results, ours) {
      compare("node", recorded.node, own.node, recording.name, recorded.pod, 0)
      compare(
        "attempts", "\(recorded.attempts.count)", "\(own.attempts.count)", recording.name,
        recorded.pod, 0)
      for (number, (there, here)) in zip(recorded.attempts, own.attempts).enumerated() {
        compare(there, here, recording.name, recorded.pod, number + 1)
      }
    }
    cases.compared += 1
    if differences.count == before { cases.equal += 1 }
  }

  private mutating func compare(
    _ there: RecordedAttempt, _ here: RecordedAttempt, _ recording: String, _ pod: String,
    _ number: Int
  ) {
    func list(_ names: [String]) -> String { names.joined(separator: " ") }
    compare("feasible", list(there.feasible), list(here.feasible), recording, pod, number)
    compare("top", list(there.top), list(here.top), recording, pod, number)
    compare("victims", list(there.victims), list(here.victims), recording, pod, number)
    compare("nominatedNode", there.nominatedNode, here.nominatedNode, recording, pod, number)
    compare("message", there.message, here.message, recording, pod, number)
    compare(
      "postFilter", there.preemptionMessage, here.preemptionMessage, recording, pod, number)
    for node in Set(there.filtered.keys).union(here.filtered.keys).sorted() {
      compare(
        "filtered", node, Self.sorted(there.filtered[node]), Self.sorted(here.filtered[node]),
        recording, pod, number)
    }
    for node in Set(there.scores.keys).union(here.scores.keys).sorted() {
      let (a, b) = (there.scores[node], here.scores[node])
      compare("total", node, text(a?.total), text(b?.total), recording, pod, number)
      let plugins = Set(a.map { Array($0.plugins.keys) } ?? [])
        .union(b.map { Array($0.plugins.keys) } ?? [])
      for plugin in plugins.sorted() {
        compare(
          plugin, node, text(a?.plugins[plugin]), text(b?.plugins[plugin]), recording, pod,
          number)
      }
    }
  }

  /// The real program lists extended resources in the order of a map.
  private static func sorted(_ reasons: String?) -> String {
    guard let reasons, let colon = reasons.firstIndex(of: ":") else { return reasons ?? "–" }
    let texts = reasons[reasons.index(after: colon)...].split(separator: ",")
      .map { $0.drop { $0 == " " } }.sorted()
    return "\(reasons[..<colon]): \(texts.joined(separator: ", "))"
  }

  private func text(_ value: Int64?) -> String { value.map { "\($0)" } ?? "–" }

  private mutating func compare(
    _ what: String, _ there: String, _ here: String, _ recording: String, _ pod: String,
    _ number: Int
  ) {
    compare(what, "", there, here, recording, pod, number)
  }

  private mutating func compare(
    _ what: String, _ node: String, _ there: String, _ here: String, _ recording: String,
    _ pod: String, _ number: Int
  ) {
    aspects[what, default: AspectCount()].compared += 1
    if there == here {
      aspects[what]?.equal += 1
      return
    }
    differences.append(
      Difference(
        recording: recording, pod: pod, attempt: number,
        what: node.isEmpty ? what : "\(what) \(node)", recorded: there, ours: here))
  }
}

extension SchedulerAgreement {
  /// Reads and compares one file's text; nil if it is not a recording of the scheduler, which is
  /// reported.
  public mutating func add(text: String, file: String, sink: DiagnosticSink) {
    do {
      let node = try JSONReader.read(text)
      let cursor = DocumentCursor(node, file: file, sink: sink)
      guard var recording = SchedulerRecording(cursor) else { return }
      if recording.name.isEmpty { recording.name = file }
      add(recording)
    } catch {
      sink.report(
        Diagnostic(
          severity: .error, file: file, line: error.line, column: error.column, path: "",
          message: error.message))
    }
  }

  /// The agreement for people: cases, aspects in name order, and the first difference in full.
  public var summary: [String] {
    var lines = ["cases                          \(cases.equal)/\(cases.compared) equal"]
    for (name, count) in aspects.sorted(by: { $0.key < $1.key }) {
      let padded = name + String(repeating: " ", count: max(1, 31 - name.count))
      lines.append("\(padded)\(count.equal)/\(count.compared)")
    }
    if let first = differences.first {
      lines.append("first difference: \(first.recording), pod \(first.pod), cycle \(first.attempt)")
      lines.append("  \(first.what)")
      lines.append("  recorded: \(first.recorded)")
      lines.append("  ours:     \(first.ours)")
    }
    return lines
  }
}
