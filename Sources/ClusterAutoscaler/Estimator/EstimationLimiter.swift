/// One bound on an estimate: 0 is no bound, a negative one lets nothing pass.
public struct EstimationThreshold: Sendable, Hashable {
  public var nodes: Int
  public var duration: Duration

  public init(nodes: Int, duration: Duration = .zero) {
    self.nodes = nodes
    self.duration = duration
  }
}

/// How many nodes one estimate may add, and for how long it may go on.
///
/// Follows `estimator/{threshold_based_limiter,static_threshold,sng_capacity_threshold,
/// cluster_capacity_threshold}.go` of cluster-autoscaler 1.36.
public struct EstimationLimiter: Sendable {
  public private(set) var nodesAdded = 0
  private var nodes = 0
  private var duration: Duration = .zero

  public init(thresholds: [EstimationThreshold]) {
    for threshold in thresholds {
      nodes = Self.tighter(nodes, threshold.nodes, none: 0, nothing: -1)
      duration = Self.tighter(duration, threshold.duration, none: .zero, nothing: .seconds(-1))
    }
  }

  /// Whether one more node may be added; it is counted if so.
  public mutating func permits(elapsed: Duration) -> Bool {
    guard nodes >= 0, nodes == 0 || nodesAdded < nodes else { return false }
    guard duration >= .zero, duration == .zero || elapsed <= duration else { return false }
    nodesAdded += 1
    return true
  }

  private static func tighter<Value: Comparable>(
    _ base: Value, _ other: Value, none: Value, nothing: Value
  ) -> Value {
    if base < none || other < none { return nothing }
    return (base == none || base > other) && other > none ? other : base
  }

  /// The bounds of one group: those of the flags, the room in it and in the groups that would
  /// share its nodes, and the room in the cluster; 1.13 has none.
  public static func thresholds(
    options: AutoscalerOptions, group: NodeGroup, similar: [NodeGroup], nodeCount: Int
  ) -> [EstimationThreshold] {
    guard options.release != .v1_13 else { return [] }
    let sharing = options.balanceSimilarNodeGroups ? [group] + similar : [group]
    let room = sharing.reduce(0) { $0 + max(0, $1.maxSize - $1.targetSize) }
    let clusterRoom = options.maxNodesTotal - nodeCount
    return [
      EstimationThreshold(
        nodes: options.maxNodesPerScaleUp, duration: options.maxNodegroupBinpackingDuration),
      EstimationThreshold(nodes: room > 0 ? room : -1),
      EstimationThreshold(
        nodes: options.maxNodesTotal == 0 ? 0 : clusterRoom > 0 ? clusterRoom : -1),
    ]
  }
}
