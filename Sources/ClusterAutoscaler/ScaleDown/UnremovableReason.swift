/// Why a node stays.
///
/// The raw values are those of `simulator/cluster.go` (`UnremovableReason`) of cluster-autoscaler
/// 1.36, as the metric `cluster_autoscaler_unremovable_nodes_count` has them.
public enum UnremovableReason: String, Sendable, Hashable, CaseIterable {
  case scaleDownDisabledAnnotation = "ScaleDownDisabledAnnotation"
  case scaleDownUnreadyDisabled = "ScaleDownUnreadyDisabled"
  case notAutoscaled = "NotAutoscaled"
  case notUnneededLongEnough = "NotUnneededLongEnough"
  case notUnreadyLongEnough = "NotUnreadyLongEnough"
  case nodeGroupMinSizeReached = "NodeGroupMinSizeReached"
  case minimalResourceLimitExceeded = "MinimalResourceLimitExceeded"
  case currentlyBeingDeleted = "CurrentlyBeingDeleted"
  case notUnderutilized = "NotUnderutilized"
  case notUnneededOtherReason = "NotUnneededOtherReason"
  case recentlyUnremovable = "RecentlyUnremovable"
  case noPlaceToMovePods = "NoPlaceToMovePods"
  case blockedByPod = "BlockedByPod"
  case unexpectedError = "UnexpectedError"
  case noNodeInfo = "NoNodeInfo"
}

/// A node that stays, and what keeps it.
public struct UnremovableNode: Sendable {
  public var name: String
  public var reason: UnremovableReason
  /// The pod that blocks, for `blockedByPod`.
  public var blockingPod: BlockingPod?
  /// The pod for which no place was found, for `noPlaceToMovePods`.
  public var homelessPod: String?

  public init(
    name: String, reason: UnremovableReason, blockingPod: BlockingPod? = nil,
    homelessPod: String? = nil
  ) {
    self.name = name
    self.reason = reason
    self.blockingPod = blockingPod
    self.homelessPod = homelessPod
  }
}

/// A node that may go, and the pods that would have to move.
public struct RemovableNode: Sendable {
  public var name: String
  public var pods: [AutoscalerPod]
  public var daemonPods: [AutoscalerPod]
  /// Whether its pods could not all be evicted at once under their budgets.
  public var isRisky = false

  public var isEmpty: Bool { pods.isEmpty }
}
