import KubernetesObjects

/// The options whose pods leave the smallest shares of cpu and memory idle (`expander/waste` of
/// 1.36).
///
/// What a node has is its capacity, not what is allocatable, and daemon pods are not counted.
public struct LeastWasteExpander: ExpanderStrategy {
  public init() {}

  public func best(_ options: [ExpansionOption], in context: ExpanderContext) -> [Int] {
    lowest(options) { option in
      let capacity = option.template.node.status.capacity
      let cpu = capacity[ResourceName.cpu]?.milliValue ?? 0
      let memory = capacity[ResourceName.memory]?.value ?? 0
      let score =
        idle(cpu, option.requests.milliCPU, option.nodeCount)
        + idle(memory, option.requests.memory, option.nodeCount)
      // An option that can be held against no other never wins.
      return score.isNaN ? nil : score
    }
  }

  private func idle(_ capacity: Int64, _ requested: Int64, _ nodes: Int) -> Double {
    let available = capacity &* Int64(nodes)
    return Double(available &- requested) / Double(available)
  }
}
