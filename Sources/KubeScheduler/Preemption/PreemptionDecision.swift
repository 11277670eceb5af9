/// What a pod that fits nowhere could evict to fit.
public struct PreemptionDecision: Sendable, Hashable {
  /// The nodes on which evictions would help, in the order they were tried.
  public var candidates: [PreemptionCandidate]
  /// The candidates that are equally good by every criterion, as places in `candidates`; the real
  /// scheduler takes the first that it meets in a map.
  public var best: [Int]
}

/// A node and the pods that would have to leave it.
public struct PreemptionCandidate: Sendable, Hashable {
  public var node: NodeIndex
  /// Keys, the most important first.
  public var victims: [UInt32]
  /// How many evictions would break a disruption budget.
  public var violations: Int
}
