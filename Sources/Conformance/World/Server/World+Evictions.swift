import KubeControllers
import KubernetesObjects
import TimeUnits

// The API server's part in evictions.
extension World {
  func budgets(selecting pod: WorldPod) -> [PodDisruptionBudget] {
    disruptionBudgets.all.filter { $0.selector?.matches(pod.pod.metadata.labels) ?? false }
  }

  func setDisruptionStatus(_ name: String, _ status: DisruptionBudgetStatus) {
    disruptionStatus[name] = status
    for watcher in watchers { watcher.budgetChanged(name) }
  }

  /// One Eviction request.
  func evict(_ name: String) {
    guard let pod = pods[name] else { return }
    let budgets = budgets(selecting: pod).map {
      (budget: $0, status: disruptionStatus[$0.metadata.name] ?? DisruptionBudgetStatus())
    }
    switch EvictionRequest.judge(pod.pod, budgets: budgets, at: apiTime) {
    case .ambiguous: observe(.eviction(accepted: false, code: 500, cause: ""))
    case .refused(let cause): observe(.eviction(accepted: false, code: 429, cause: cause))
    case .granted: disrupt(name)
    case .grantedFrom(let status):
      setDisruptionStatus(budgets[0].budget.metadata.name, status)
      disrupt(name)
    }
  }

  private func disrupt(_ name: String) {
    if let pod = pods[name], !pod.isTerminating {
      changePod(name) {
        $0.pod.status.set(
          .disruptionTarget, .true, reason: "EvictionByEvictionAPI",
          message: "Eviction API: evicting", at: apiTime)
      }
    }
    deletePod(name)
    observe(.eviction(accepted: true, code: 0, cause: ""))
  }
}
