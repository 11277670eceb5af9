public import KubernetesObjects
public import TimeUnits

/// What a PodDisruptionBudget's status says: the word that evictions go by.
public struct DisruptionBudgetStatus: Sendable, Hashable {
  public var observedGeneration: Int64 = 0
  public var expectedPods: Int64 = 0
  public var desiredHealthy: Int64 = 0
  public var currentHealthy: Int64 = 0
  public var disruptionsAllowed: Int64 = 0
  /// Pods whose eviction was granted and whose deletion has not been seen, in the order of names.
  public var disruptedPods: [Disrupted] = []

  public struct Disrupted: Sendable, Hashable {
    public var pod: String
    public var at: SimulationTime

    public init(pod: String, at: SimulationTime) {
      self.pod = pod
      self.at = at
    }
  }

  public init() {}

  /// Reason of the condition `DisruptionAllowed`.
  public var reason: String { disruptionsAllowed > 0 ? "SufficientPods" : "InsufficientPods" }
}

/// Follows `trySync` of pkg/controller/disruption/disruption.go, 1.36.
public enum DisruptionReconciler {
  /// How long a granted eviction counts although its pod is not being deleted, nanoseconds: 2 min.
  public static let deletionTimeout: Int64 = 120_000_000_000

  public struct Decision: Sendable {
    public var status: DisruptionBudgetStatus
    /// Pods that belong to no controller: with a percentage or `maxUnavailable` they do not count.
    public var unmanaged: [String]
    /// When a granted eviction stops to count; nil if none is outstanding.
    public var recheck: SimulationTime?
  }

  /// Decides for a budget with the pods it selects.
  ///
  /// `scales` are the sizes wanted of each different controller of `pods`.
  /// Complexity: linear in pods times granted evictions.
  public static func decide(
    _ budget: PodDisruptionBudget, status: DisruptionBudgetStatus, pods: [Pod], scales: [Int64],
    at now: SimulationTime
  ) -> Decision {
    var status = status
    let (expected, desired) = expectation(budget, pods: pods.count, scale: scales.reduce(0, +))
    status.expectedPods = expected
    status.desiredHealthy = desired
    status.observedGeneration = budget.metadata.generation
    status.disruptedPods = status.disruptedPods.filter { disrupted in
      disrupted.at.advanced(byNanoseconds: deletionTimeout) >= now
        && pods.contains { $0.metadata.name == disrupted.pod && !$0.metadata.isTerminating }
    }
    let disrupted = status.disruptedPods
    status.currentHealthy = Int64(
      pods.filter { pod in
        !pod.metadata.isTerminating && pod.status.isReady
          && !disrupted.contains { $0.pod == pod.metadata.name }
      }.count)
    let allowed = status.currentHealthy - desired
    status.disruptionsAllowed = expected <= 0 || allowed <= 0 ? 0 : allowed
    let counts = { (value: IntOrPercent?) -> Bool in
      if case .int = value { true } else { false }
    }
    let needsControllers = budget.maxUnavailable != nil || !counts(budget.minAvailable)
    return Decision(
      status: status,
      unmanaged: needsControllers
        ? pods.filter { $0.metadata.owner == nil }.map(\.metadata.name) : [],
      recheck: disrupted.map(\.at).min()?.advanced(byNanoseconds: deletionTimeout))
  }

  private static func expectation(
    _ budget: PodDisruptionBudget, pods: Int, scale: Int64
  ) -> (expected: Int64, desired: Int64) {
    if let unavailable = budget.maxUnavailable {
      return (scale, max(0, scale - unavailable.resolved(of: scale, roundUp: true)))
    }
    switch budget.minAvailable {
    case .int(let count): return (Int64(pods), count)
    case .percent(let percent):
      return (scale, IntOrPercent.percent(percent).resolved(of: scale, roundUp: true))
    case nil: return (0, 0)
    }
  }
}
