public import KubernetesObjects
public import TimeUnits

/// Whether the Eviction API lets a pod go.
///
/// Follows pkg/registry/core/pod/storage/eviction.go, 1.36.
public enum EvictionRequest {
  public enum Verdict: Sendable, Hashable {
    /// The pod is deleted; budgets are not touched.
    case granted
    /// The pod is deleted; the budget's status becomes this first.
    case grantedFrom(DisruptionBudgetStatus)
    /// 429 TooManyRequests, with what the cause says.
    case refused(cause: String)
    /// 500: more than one budget selects the pod.
    case ambiguous
  }

  public static let refusal =
    "Cannot evict pod as it would violate the pod's disruption budget."
  public static let ambiguity =
    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not "
    + "support."

  /// Judges the eviction of `pod`, which `budgets` select.
  public static func judge(
    _ pod: Pod, budgets: [(budget: PodDisruptionBudget, status: DisruptionBudgetStatus)],
    at now: SimulationTime
  ) -> Verdict {
    if pod.metadata.isTerminating || pod.status.phase.isTerminal || pod.status.phase == .pending {
      return .granted
    }
    guard budgets.count < 2 else { return .ambiguous }
    guard let (budget, status) = budgets.first else { return .granted }
    if !pod.status.isReady {
      if budget.evictsUnhealthyAlways { return .granted }
      if status.currentHealthy >= status.desiredHealthy, status.desiredHealthy > 0 {
        return .granted
      }
    }
    let name = budget.metadata.name
    guard status.observedGeneration >= budget.metadata.generation else {
      return .refused(
        cause: "The disruption budget \(name) is still being processed by the server.")
    }
    guard status.disruptionsAllowed > 0 else {
      if status.currentHealthy <= status.desiredHealthy {
        return .refused(
          cause: "The disruption budget \(name) needs \(status.desiredHealthy) healthy pods and "
            + "has \(status.currentHealthy) currently")
      }
      return .refused(
        cause: "The disruption budget \(name) does not allow evicting pods currently")
    }
    var spent = status
    spent.disruptionsAllowed -= 1
    spent.disruptedPods.append(.init(pod: pod.metadata.name, at: now))
    spent.disruptedPods.sort { $0.pod < $1.pod }
    return .grantedFrom(spent)
  }
}
