public import KubernetesObjects

/// How many pods a rollout may have above and below `spec.replicas`.
///
/// Follows `ResolveFenceposts`, `MaxSurge` and `MaxUnavailable` of deployment_util.go, 1.36.
public struct RollingUpdateBudget: Sendable, Hashable {
  /// A percentage is rounded up.
  public var maxSurge: Int64
  /// A percentage is rounded down; never more than there are replicas.
  public var maxUnavailable: Int64

  /// The budget of `deployment`; none of either for Recreate.
  public init(of deployment: Deployment) {
    self.init(deployment.strategy, replicas: deployment.replicas)
  }

  public init(_ strategy: Deployment.Strategy, replicas: Int64) {
    guard case .rollingUpdate(let surge, let unavailable) = strategy else {
      (maxSurge, maxUnavailable) = (0, 0)
      return
    }
    maxSurge = surge.resolved(of: replicas, roundUp: true)
    var below = unavailable.resolved(of: replicas, roundUp: false)
    // With neither the rollout could never move.
    if maxSurge == 0, below == 0 { below = 1 }
    maxUnavailable = min(below, replicas)
  }
}
