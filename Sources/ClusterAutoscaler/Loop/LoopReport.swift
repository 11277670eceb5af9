public import TimeUnits

/// What one loop considered, chose and refused.
public struct LoopReport: Sendable {
  public enum End: Sendable, Hashable {
    /// The loop ran to its end.
    case completed
    /// There is no node and `scale-up-from-zero` is off.
    case initializing
    /// Too many nodes are unready.
    case unhealthyCluster
    /// A group's target was corrected.
    case fixedGroupSize
    /// 1.13 ends a loop in which machines that never registered were deleted.
    case removedUnregistered
    /// 1.13 ends a loop that scaled up.
    case scaledUp
  }

  public enum ScaleUpResult: Sendable, Hashable {
    case notNeeded
    /// `max-nodes-total` ready nodes exist.
    case maxNodesTotalReached
    /// All pods are so young that more may come.
    case podsTooNew
    case noOption
    case limited(String)
    case successful
    case failed(CreationError)
  }

  public var start: SimulationTime
  public var end: End = .completed
  /// Nodes on their way, by the index of the group.
  public var upcoming: [Int] = []
  public var pendingPods = 0
  /// Pending pods that fit nodes that are there or on their way.
  public var schedulablePods = 0
  /// Pending pods that need new nodes.
  public var podsToHelp: [AutoscalerPod] = []
  public var scaleUp = ScaleUpResult.notNeeded
  public var decision: ScaleUpDecision?
  /// The index of the option taken.
  public var chosen: Int?
  public var increases: [ScaleUpPlan.Increase] = []
  public var timedOut: [String] = []
  /// The groups of scale-ups whose machines could not be made, once for each kind of error.
  public var failedCreations: [String] = []
  public var isInCooldown = false
  public var unneeded: [String] = []
  /// Nodes that stay, and why, by name in order.
  public var unremovable: [UnremovableNode] = []
  public var deletedEmpty: [String] = []
  public var drained: [String] = []

  public init(start: SimulationTime) { self.start = start }

  /// Whether anything was asked of the cloud.
  public var isProductive: Bool {
    !increases.isEmpty || !deletedEmpty.isEmpty || !drained.isEmpty
  }
}
