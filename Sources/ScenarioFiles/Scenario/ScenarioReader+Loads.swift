import AWSObjects
import Documents
import Scenarios
import TimeUnits

extension ScenarioReader {
  /// Requests from outside, one for each element of the list, so that complaints find their place.
  func loads(_ cursor: DocumentCursor) -> [RequestLoadSpec] {
    cursor.elements().map { element in
      // Stands in for what is wrong with an element.
      let standIn = RequestLoadSpec(workload: "", source: .open(rate: 1))
      guard element.expectMapping() else { return standIn }
      let workload = element.required("to")?.string()
      let source = source(element)
      var timeout = element.field("timeout")?.duration()
      if case .person? = source, timeout == nil { timeout = .seconds(60) }
      let window = element.field("window")?.duration()
      element.reportUnknownFields()
      var load = RequestLoadSpec(
        workload: workload ?? "", source: source ?? standIn.source, timeout: timeout,
        place: place(of: element))
      if let window, window > .zero { load.window = window }
      return load
    }
  }

  private func source(_ cursor: DocumentCursor) -> RequestLoadSpec.Source? {
    let names = ["rate", "users", "trace", "person"]
    let given = names.compactMap { name in cursor.field(name).map { (name, $0) } }
    guard given.count == 1, let (name, body) = given.first else {
      cursor.error(
        given.isEmpty
          ? "nothing says how requests come"
          : "several say how requests come: " + given.map(\.0).joined(separator: ", "),
        suggestion: "exactly one of rate, users, trace, person")
      return nil
    }
    switch name {
    case "rate": return body.positive().map { .open(rate: $0) }
    case "users":
      let think = cursor.field("think")?.law()
      guard let users = body.count() else { return nil }
      return .closed(users: users, think: think ?? .constant(.zero))
    case "trace": return trace(body).map { .trace($0) }
    default:
      guard body.expectMapping() else { return nil }
      let every = body.required("every")?.duration()
      body.reportUnknownFields()
      return every.map { .person(every: $0) }
    }
  }

  private func trace(_ cursor: DocumentCursor) -> RequestTraceReference? {
    guard cursor.expectMapping() else { return nil }
    let written = cursor.required("file")?.string()
    var reference = RequestTraceReference(written: written ?? "", path: "")
    reference.path = written.map(resolve) ?? ""
    reference.column = cursor.field("column")?.string()
    reference.from = cursor.field("from")?.string()
    if let period = cursor.field("period"), let given = period.duration() {
      if given <= .zero { period.error("a period is longer than 0") }
      reference.period = max(given, .nanoseconds(1))
    }
    if let scale = cursor.field("scale")?.positive() { reference.scale = scale }
    cursor.reportUnknownFields()
    return written == nil ? nil : reference
  }

  /// Which figures loaded nodes have.
  func nodeLoad(_ cursor: DocumentCursor) -> NodeLoadSpec? {
    guard cursor.expectMapping() else { return nil }
    var spec = NodeLoadSpec()
    if let choice = cursor.field("parameters")?.word(NodeLoadSpec.Choice.self) {
      spec.parameters = choice
    }
    let known = NodeLoadParameter.allCases.map(\.rawValue)
    for (key, value) in cursor.field("set")?.entries() ?? [] {
      guard let name = NodeLoadParameter(rawValue: key) else {
        value.error(
          "unknown figure '\(key)'",
          suggestion: Spelling.suggestion(for: key, among: known)
            ?? "known: " + known.joined(separator: ", "))
        continue
      }
      if let number = value.nonNegative() {
        spec.values.append(NodeLoadSpec.Value(name: name, value: number))
      }
    }
    cursor.reportUnknownFields()
    return spec
  }
}
