/// One way to choose among the options of a scale-up (`expander/expander.go` of 1.36, `Filter`).
public protocol ExpanderStrategy: Sendable {
  /// The indices of the equally good best options, in order; empty if none will do.
  func best(_ options: [ExpansionOption], in context: ExpanderContext) -> [Int]

  /// What a person should be told of this choice.
  func warnings(_ options: [ExpansionOption], in context: ExpanderContext) -> [String]
}

extension ExpanderStrategy {
  public func warnings(
    _ options: [ExpansionOption], in context: ExpanderContext
  ) -> [String] { [] }

  /// The indices of the options whose score is lowest; those without a score do not count.
  func lowest<Score: Comparable>(
    _ options: [ExpansionOption], by score: (ExpansionOption) -> Score?
  ) -> [Int] {
    var least: Score?
    var indices: [Int] = []
    for (index, option) in options.enumerated() {
      guard let value = score(option) else { continue }
      if let best = least, value > best { continue }
      if least.map({ value < $0 }) ?? true {
        least = value
        indices = []
      }
      indices.append(index)
    }
    return indices
  }
}

/// What the strategies look at besides the options.
public struct ExpanderContext: Sendable {
  public var groups: [NodeGroup]
  /// Nodes.
  public var clusterSize: Int
  /// The text under `priorities` in the ConfigMap `cluster-autoscaler-priority-expander`.
  public var priorities: String?
  /// What pods are worth, where the provider has a price model.
  public var prices: PodPrices?

  public init(
    groups: [NodeGroup], clusterSize: Int, priorities: String? = nil, prices: PodPrices? = nil
  ) {
    self.groups = groups
    self.clusterSize = clusterSize
    self.priorities = priorities
    self.prices = prices
  }
}

/// What a provider would take for a pod alone, in US dollars an hour.
public struct PodPrices: Sendable {
  public var ofPod: @Sendable (UInt32) -> Double?
  /// That of a pod of half a core and 500 MiB, which steadies the ratio of prices.
  public var stabilization: Double

  public init(stabilization: Double, ofPod: @escaping @Sendable (UInt32) -> Double?) {
    self.stabilization = stabilization
    self.ofPod = ofPod
  }
}
