public import KubernetesObjects
public import TimeUnits

/// What the rules of drainability look at besides the pod itself.
///
/// Follows `simulator/drainability/context.go` of cluster-autoscaler 1.36.
public struct DrainContext: Sendable {
  public var now: SimulationTime
  public var options: AutoscalerOptions
  /// What the disruption budgets still allow.
  public var budgets: RemainingBudgets
  /// The ReplicaSets, ReplicationControllers, Jobs and StatefulSets there are; nil if nobody
  /// looked, and then every controller counts as present.
  public var controllers: [UID: ControllerReplicas]?

  public init(
    now: SimulationTime, options: AutoscalerOptions,
    budgets: RemainingBudgets = RemainingBudgets([]),
    controllers: [UID: ControllerReplicas]? = nil
  ) {
    self.now = now
    self.options = options
    self.budgets = budgets
    self.controllers = controllers
  }
}

/// What a rule says of a pod on a node that is to go (`simulator/drainability/status.go` 1.36).
public enum DrainOutcome: Sendable, Hashable {
  /// The rule has no opinion; the next one is asked.
  case undefined
  /// The pod may be evicted, whatever later rules would say.
  case drain
  case block(BlockingReason)
  /// The pod is neither moved nor in the way.
  case skip
  /// The node may go once the pod has run to its end by itself.
  case wait
}

/// Why a pod keeps its node (`utils/drain/drain.go`, `BlockingPodReason` 1.36).
public enum BlockingReason: String, Sendable, Hashable, CaseIterable {
  case controllerNotFound = "ControllerNotFound"
  case minReplicasReached = "MinReplicasReached"
  case notReplicated = "NotReplicated"
  case localStorageRequested = "LocalStorageRequested"
  case notSafeToEvictAnnotation = "NotSafeToEvictAnnotation"
  case unmovableKubeSystemPod = "UnmovableKubeSystemPod"
  case notEnoughPdb = "NotEnoughPdb"
  case unexpectedError = "UnexpectedError"
}
