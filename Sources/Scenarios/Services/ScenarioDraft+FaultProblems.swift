import Documents
import TimeUnits

extension ScenarioDraft {
  /// Faults of nothing, of no time, or of what is broken already.
  var faultProblems: [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    for (index, fault) in faults.enumerated() {
      var fields = FieldProblems(path: "spec.faults[\(index)]")
      if let problem = timeProblem(fault.at) { fields.report("at", problem) }
      fields.longerThanZero("for", fault.lasts)
      switch fault.target {
      // Nothing was read; that has been reported.
      case .node(service: "", _): break
      case .node(let name, let number): nodeProblems(name, number, &fields)
      case .link(let source, let destination):
        if source == destination {
          fields.report("link", "there is no link of \(source) with itself", "two regions")
        }
      }
      if let other = faults[..<index].firstIndex(where: { $0.overlaps(fault) }) {
        fields.report(
          fault.target.field,
          "\(fault.target) is broken by spec.faults[\(other)] already, from "
            + faults[other].span)
      }
      found += fields.problems
    }
    return found
  }

  private func nodeProblems(_ name: String, _ number: Int, _ fields: inout FieldProblems) {
    guard let service = services.first(where: { $0.name == name }) else {
      let known = services.map(\.name).filter { !$0.isEmpty }
      fields.report(
        "node", "there is no service '\(name)'",
        known.isEmpty
          ? "spec.services has none"
          : Spelling.suggestion(for: name, among: known)
            ?? "known: " + known.joined(separator: ", "))
      return
    }
    if service.nodes >= 1, !(0..<service.nodes).contains(number) {
      fields.report(
        "node", "\(name) has no node \(number)",
        service.nodes == 1 ? "its only node is 0" : "its nodes are 0 to \(service.nodes - 1)")
    }
  }
}

extension FaultSpec {
  /// Whether both break the same thing at the same time.
  fileprivate func overlaps(_ other: FaultSpec) -> Bool {
    guard target.isSame(as: other.target) else { return false }
    return at < other.at + other.lasts && other.at < at + lasts
  }

  /// `10m to 11m`.
  fileprivate var span: String {
    let end = at + lasts
    return DurationText.text(for: .nanoseconds(at.nanoseconds)) + " to "
      + DurationText.text(for: .nanoseconds(end.nanoseconds))
  }
}

extension FaultSpec.Target: CustomStringConvertible {
  /// As a scenario writes it: `prod_kafka/1`, or `us-east-1 to us-east-2`.
  public var description: String {
    switch self {
    case .node(let service, let number): "\(service)/\(number)"
    case .link(let source, let destination): "\(source) to \(destination)"
    }
  }

  /// The scenario's key for it.
  fileprivate var field: String {
    switch self {
    case .node: "node"
    case .link: "link"
    }
  }

  /// A link has no direction; what could not be read is not the same as anything.
  fileprivate func isSame(as other: Self) -> Bool {
    switch (self, other) {
    case (.node(service: "", _), _): false
    case (.link(let a, let b), .link(let c, let d)): (a, b) == (c, d) || (a, b) == (d, c)
    default: self == other
    }
  }
}
