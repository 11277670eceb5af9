/// The options with fewest nodes (`expander/leastnodes` of 1.36).
public struct LeastNodesExpander: ExpanderStrategy {
  public init() {}

  public func best(_ options: [ExpansionOption], in context: ExpanderContext) -> [Int] {
    lowest(options) { $0.nodeCount }
  }
}
