import Documents
import Scenarios
import TimeUnits

extension ScenarioReader {
  /// One for each element of the list, so that complaints find their place.
  func faults(_ cursor: DocumentCursor) -> [FaultSpec] {
    cursor.elements().enumerated().map { index, element in
      // A moment of its own and of nothing: it is in no other fault's way.
      var fault = FaultSpec(
        at: SimulationTime(nanoseconds: Int64(index)), lasts: .nanoseconds(1),
        target: .node(service: "", number: 0), place: place(of: element))
      guard element.expectMapping() else { return fault }
      let at = element.required("at")?.time()
      let lasts = element.required("for")?.duration()
      if let target = target(element) { fault.target = target }
      if let at { fault.at = at }
      if let lasts, at != nil { fault.lasts = lasts }
      element.reportUnknownFields()
      return fault
    }
  }

  private func target(_ cursor: DocumentCursor) -> FaultSpec.Target? {
    let node = cursor.field("node")
    let link = cursor.field("link")
    guard (node == nil) != (link == nil) else {
      cursor.error(
        node == nil ? "nothing says what breaks" : "both a node and a link break",
        suggestion: "exactly one of node: prod_kafka/0, link: [us-east-1, us-east-2]")
      return nil
    }
    if let node { return self.node(node) }
    return link.flatMap(self.link)
  }

  /// `SERVICE/NUMBER`.
  private func node(_ cursor: DocumentCursor) -> FaultSpec.Target? {
    guard let text = cursor.string() else { return nil }
    guard let slash = text.lastIndex(of: "/"), slash > text.startIndex,
      let number = Int32(text[text.index(after: slash)...]), number >= 0
    else {
      cursor.error(
        "not a node of a service: \"\(text)\"",
        suggestion: "the service's name and a number from 0: prod_kafka/0")
      return nil
    }
    return .node(service: String(text[..<slash]), number: Int(number))
  }

  /// Two regions.
  private func link(_ cursor: DocumentCursor) -> FaultSpec.Target? {
    let regions = cursor.elements()
    guard cursor.node.elements != nil else { return nil }
    guard regions.count == 2 else {
      cursor.error(
        "a link has two ends, found \(regions.count)", suggestion: "such as [us-east-1, us-east-2]")
      return nil
    }
    let names = regions.map { $0.string() }
    guard let source = names[0], let destination = names[1] else { return nil }
    return .link(source, destination)
  }
}
