import Documents
import KubernetesObjects
import Scenarios
import TimeUnits

extension ScenarioReader {
  /// What stands in for an expectation that cannot be read.
  private static let standIn = Expectation.Claim.event(EventExpectation(reason: ""))

  /// One expectation for each element of the list, so that complaints find their place.
  func expectations(_ cursor: DocumentCursor, _ timeline: [TimelineEntry]) -> [Expectation] {
    cursor.elements().map { element in
      guard element.expectMapping() else { return Expectation(Self.standIn) }
      let text = element.field("text")?.string()
      let claim = claim(element, timeline)
      element.reportUnknownFields()
      return Expectation(claim ?? Self.standIn, text: text, place: place(of: element))
    }
  }

  private func claim(
    _ cursor: DocumentCursor, _ timeline: [TimelineEntry]
  ) -> Expectation.Claim? {
    let given = ["metric", "event", "command"].filter { cursor.field($0) != nil }
    guard given.count == 1, let subject = cursor.field(given[0]) else {
      // Every field is known to one of the three; which, nobody can say.
      cursor.ignore(
        "labels", "at", "from", "to", "atLeast", "atMost", "equals", "reaches", "falls", "about",
        "message", "never", "output", "accepted")
      cursor.error(
        given.isEmpty
          ? "an expectation needs one of metric, event, command"
          : "an expectation is about one thing, not " + given.joined(separator: " and "))
      return nil
    }
    switch given[0] {
    case "metric": return metric(subject, cursor).map(Expectation.Claim.metric)
    case "event": return event(subject, cursor).map(Expectation.Claim.event)
    default: return command(subject, cursor, timeline).map(Expectation.Claim.command)
    }
  }

  private func window(_ cursor: DocumentCursor) -> ExpectationWindow {
    let at = cursor.field("at")
    let from = cursor.field("from")
    let to = cursor.field("to")
    if let at {
      if from != nil || to != nil { cursor.error("'at' is one moment: it takes no from and to") }
      return at.time().map { ExpectationWindow(at: $0) } ?? ExpectationWindow()
    }
    return ExpectationWindow(from: from?.time() ?? .zero, to: to?.time() ?? .distantFuture)
  }

  // MARK: Metrics

  private func metric(
    _ subject: DocumentCursor, _ cursor: DocumentCursor
  ) -> MetricExpectation? {
    let name = subject.string()
    if let name, let metrics, !metrics.contains(name) {
      subject.error(
        "unknown metric '\(name)'",
        suggestion: Spelling.suggestion(for: name, among: metrics)
          ?? "known: " + metrics.joined(separator: ", "))
    }
    let labels = Labels(
      cursor.field("labels")?.entries().compactMap { key, value in
        value.string().map { (key, $0) }
      } ?? [])
    let window = window(cursor)
    let kinds: [(String, (Double) -> MetricExpectation.Bound)] = [
      ("atLeast", MetricExpectation.Bound.atLeast), ("atMost", MetricExpectation.Bound.atMost),
      ("equals", MetricExpectation.Bound.equals), ("reaches", MetricExpectation.Bound.reaches),
      ("falls", MetricExpectation.Bound.falls),
    ]
    let given = kinds.compactMap { name, make in cursor.field(name).map { ($0, make) } }
    guard given.count == 1, let (value, make) = given.first else {
      cursor.error("a metric needs exactly one of atLeast, atMost, equals, reaches, falls")
      return nil
    }
    guard let number = value.double(), let name else { return nil }
    return MetricExpectation(metric: name, labels: labels, window: window, bound: make(number))
  }

  // MARK: Events

  private func event(_ subject: DocumentCursor, _ cursor: DocumentCursor) -> EventExpectation? {
    let reason = subject.string()
    var expectation = EventExpectation(reason: reason ?? "", window: window(cursor))
    if let about = cursor.field("about")?.string() {
      // `pod`, `pod/web` or `/web`.
      let parts = about.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      let kind = String(parts[0])
      if !kind.isEmpty { expectation.kind = ResourceKind(word: kind)?.kind ?? kind }
      if parts.count == 2, !parts[1].isEmpty { expectation.namePrefix = String(parts[1]) }
    }
    expectation.message = cursor.field("message")?.string()
    let least = cursor.field("atLeast")
    let never = cursor.field("never")
    if let least, let count = least.count() {
      if count < 1 { least.error("atLeast starts at 1", suggestion: "never: true says none") }
      expectation.count = .atLeast(max(1, count))
    }
    if let never, let isNever = never.bool() {
      if !isNever { never.error("never is true or left out") }
      if least != nil { never.error("either atLeast or never") }
      expectation.count = .never
    }
    return reason == nil ? nil : expectation
  }

  // MARK: Commands

  private func command(
    _ subject: DocumentCursor, _ cursor: DocumentCursor, _ timeline: [TimelineEntry]
  ) -> CommandExpectation? {
    let output = cursor.field("output")?.string()
    let accepted = cursor.field("accepted")?.bool()
    guard let index = commandIndex(subject, timeline) else { return nil }
    // What counts is the order in time; what is written is the place in the file.
    let order = timeline.indices.sorted { (timeline[$0].at, $0) < (timeline[$1].at, $1) }
    let number = order.firstIndex(of: index).map { $0 + 1 } ?? index + 1
    let text = timeline.indices.contains(index) ? timeline[index].text : ""
    return CommandExpectation(number: number, commandText: text, output: output, accepted: accepted)
  }

  /// The place in the timeline that a number or a part of the command's text names.
  private func commandIndex(_ subject: DocumentCursor, _ timeline: [TimelineEntry]) -> Int? {
    if let number = subject.node.intValue {
      guard (1...Int64(Int32.max)).contains(number) else {
        subject.error("commands count from 1")
        return nil
      }
      return Int(number) - 1
    }
    guard let text = subject.string() else { return nil }
    let wanted = text.split { $0.isWhitespace }.joined(separator: " ")
    let texts = timeline.map { $0.text.split { $0.isWhitespace }.joined(separator: " ") }
    let same = texts.indices.filter { texts[$0] == wanted }
    let holding = same.isEmpty ? texts.indices.filter { texts[$0].contains(wanted) } : same
    switch holding.count {
    case 1: return holding[0]
    case 0:
      subject.error(
        "no command on the timeline is or holds \"\(text)\"",
        suggestion: Spelling.suggestion(for: wanted, among: texts) ?? "its number also names it")
    default:
      let numbers = holding.map { "\($0 + 1)" }.joined(separator: ", ")
      subject.error("\"\(text)\" is several commands: \(numbers)", suggestion: "say the number")
    }
    return nil
  }
}
