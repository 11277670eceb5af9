public import KubernetesObjects

/// What the disruption budgets still allow while nodes are taken away one after another.
///
/// Follows `core/scaledown/pdb/basic.go` of cluster-autoscaler 1.36.
public struct RemainingBudgets: Sendable {
  public private(set) var budgets: [PodDisruptionBudget]

  public init(_ budgets: [PodDisruptionBudget]) { self.budgets = budgets }

  /// The budgets that cover a pod, in the order given.
  public func matching(_ pod: Pod) -> [PodDisruptionBudget] {
    budgets.filter { $0.covers(pod) }
  }

  /// Whether the pods may go, whether all at once, and the index of the pod that says no.
  public func canRemove(
    _ pods: [Pod]
  ) -> (canRemove: Bool, inParallel: Bool, blocking: Int?) {
    var inParallel = true
    var blocking: Int?
    for budget in budgets {
      var count: Int64 = 0
      for (index, pod) in pods.enumerated() where budget.covers(pod) {
        count += 1
        if budget.disruptionsAllowed < 1 { return (false, false, index) }
        if budget.disruptionsAllowed < count {
          inParallel = false
          blocking = index
        }
      }
    }
    return (true, inParallel, blocking)
  }

  /// Counts the pods as gone.
  public mutating func remove(_ pods: [Pod]) {
    for index in budgets.indices {
      let count = pods.count { budgets[index].covers($0) }
      budgets[index].disruptionsAllowed -= Int64(count)
    }
  }

  /// The first pod, budget by budget, of one that allows nothing (`simulator/drain.go` 1.13).
  func firstExhausted(of pods: [AutoscalerPod]) -> AutoscalerPod? {
    for budget in budgets where budget.disruptionsAllowed < 1 {
      if let pod = pods.first(where: { budget.covers($0.pod) }) { return pod }
    }
    return nil
  }
}

extension PodDisruptionBudget {
  fileprivate func covers(_ pod: Pod) -> Bool {
    metadata.namespace == pod.metadata.namespace
      && selector?.matches(pod.metadata.labels) ?? false
  }
}
