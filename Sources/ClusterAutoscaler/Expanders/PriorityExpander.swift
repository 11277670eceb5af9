/// The options whose group a person ranked highest (`expander/priority` of 1.36).
///
/// Without usable ranks, or if no group has one, all pass.
public struct PriorityExpander: ExpanderStrategy {
  public init() {}

  public func best(_ options: [ExpansionOption], in context: ExpanderContext) -> [Int] {
    guard case .success(let priorities) = GroupPriorities.read(context.priorities) else {
      return Array(options.indices)
    }
    let ranks = options.map { priorities.rank(of: $0.groupID) }
    guard let highest = ranks.compactMap({ $0 }).max() else { return Array(options.indices) }
    return options.indices.filter { ranks[$0] == highest }
  }

  public func warnings(
    _ options: [ExpansionOption], in context: ExpanderContext
  ) -> [String] {
    switch GroupPriorities.read(context.priorities) {
    case .failure(let problem): return [problem.description]
    case .success(let priorities):
      let unranked = options.filter { priorities.rank(of: $0.groupID) == nil }
      guard unranked.count < options.count else {
        return ["Priority expander: no priorities info found for any of the expansion options"]
      }
      return unranked.map {
        "Priority expander: node group \($0.groupID) not found in priority expander configuration"
      }
    }
  }
}
