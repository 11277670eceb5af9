public import Documents
public import KubeScheduler
public import SimulationKernel

/// What the scheduler would do with the pods of a case, for programs and for people.
public struct SchedulerDryRun: Sendable {
  public let recording: SchedulerRecording
  /// By pod that was to be scheduled, in their order.
  public private(set) var results: [RecordedResult] = []
  /// What would help each pod that fits nowhere, by its place in `results`.
  public private(set) var advice: [[String]] = []

  /// Runs the case: ties go to the alphabetically first of the best nodes unless they are to be
  /// drawn.
  public init(
    _ recording: SchedulerRecording, profiles: [SchedulerProfile] = [.recorded],
    ties: RandomStream? = nil
  ) {
    self.recording = recording
    var replay = SchedulerReplay(recording, profiles: profiles, ties: ties)
    for index in recording.pods.indices {
      let result = replay.result(of: index)
      guard recording.pods[index].boundNode == nil else { continue }
      results.append(result)
      advice.append(
        result.node.isEmpty
          ? SchedulingAdvice.lines(
            for: recording.pods[index], result, replay.recording, replay.snapshot)
          : [])
    }
  }

  /// Whether every pod found a node.
  public var placesAll: Bool { results.allSatisfy { !$0.node.isEmpty } }

  // MARK: For programs

  /// `{"results":[…]}` in the recordings' shape, nodes and plugins in byte order.
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field(
        "results",
        array: { writer in
          for result in results { Self.write(result, to: &writer) }
        })
    }
  }

  private static func write(_ result: RecordedResult, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("pod", result.pod)
      writer.field("node", result.node)
      writer.field(
        "attempts",
        array: { writer in
          for attempt in result.attempts { write(attempt, to: &writer) }
        })
    }
  }

  private static func write(_ attempt: RecordedAttempt, to writer: inout JSONWriter) {
    func names(_ key: String, _ names: [String], _ writer: inout JSONWriter) {
      writer.field(key, array: { writer in for name in names { writer.string(name) } })
    }
    writer.object { writer in
      names("feasible", attempt.feasible, &writer)
      if !attempt.top.isEmpty { names("top", attempt.top, &writer) }
      if !attempt.scores.isEmpty {
        writer.field("scores", object: { writer in write(attempt.scores, to: &writer) })
      }
      if !attempt.filtered.isEmpty {
        writer.field(
          "filtered",
          object: { writer in
            for (node, reason) in attempt.filtered.sorted(by: { $0.key < $1.key }) {
              writer.field(node, reason)
            }
          })
      }
      if !attempt.message.isEmpty { writer.field("message", attempt.message) }
      if !attempt.preemptionMessage.isEmpty {
        writer.field("postFilter", attempt.preemptionMessage)
      }
      if !attempt.nominatedNode.isEmpty {
        writer.field("nominatedNode", attempt.nominatedNode)
        names("victims", attempt.victims, &writer)
      }
    }
  }

  private static func write(
    _ scores: [String: RecordedAttempt.Score], to writer: inout JSONWriter
  ) {
    for (node, score) in scores.sorted(by: { $0.key < $1.key }) {
      writer.field(
        node,
        object: { writer in
          writer.field("total", score.total)
          writer.field(
            "plugins",
            object: { writer in
              for (plugin, value) in score.plugins.sorted(by: { $0.key < $1.key }) {
                writer.field(plugin, value)
              }
            })
        })
    }
  }

  // MARK: For people

  /// A few lines a pod: the node, its score and what made it win, or why it fits nowhere and what
  /// would help.
  public var text: String {
    var lines: [String] = []
    for (result, advice) in zip(results, advice) {
      for attempt in result.attempts where !attempt.nominatedNode.isEmpty {
        lines.append("\(result.pod): \(attempt.message)")
        lines.append(
          "  evicts \(attempt.victims.joined(separator: ", ")) from \(attempt.nominatedNode)")
      }
      guard let last = result.attempts.last else { continue }
      if result.node.isEmpty {
        let more = last.preemptionMessage.isEmpty ? "" : " \(last.preemptionMessage)"
        lines.append("\(result.pod): fits nowhere. \(last.message)\(more)")
        lines += advice.map { "  \($0)" }
      } else {
        lines.append(Self.placement(result, last))
      }
    }
    if results.isEmpty {
      let standing = recording.pods.count
      return "nothing to place: "
        + (standing == 0 ? "there is no pod\n" : "all \(standing) pods have a node\n")
    }
    let placed = results.count { !$0.node.isEmpty }
    lines.append("\(placed) of \(results.count) pods placed")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func placement(_ result: RecordedResult, _ attempt: RecordedAttempt) -> String {
    let head = "\(result.pod): \(result.node)"
    if attempt.feasible.count == 1 { return "\(head), the only node that does" }
    guard let own = attempt.scores[result.node] else { return head }
    var line = "\(head), score \(own.total)"
    let equals = attempt.top.filter { $0 != result.node }
    if !equals.isEmpty { line += ", as good as \(equals.joined(separator: ", "))" }
    let others = attempt.scores.filter { !attempt.top.contains($0.key) }
      .sorted { ($1.value.total, $0.key) < ($0.value.total, $1.key) }
    guard let next = others.first else { return line }
    let leads = own.plugins.compactMap { plugin, value in
      (plugin, value - (next.value.plugins[plugin] ?? 0))
    }.filter { $0.1 != 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    let reasons = leads.map { "\($0.0) \($0.1 > 0 ? "+" : "")\($0.1)" }
    return line + "; next \(next.key) with \(next.value.total): "
      + reasons.joined(separator: ", ")
  }
}
