import ClusterState
import KubeControllers
import KubernetesObjects
import TimeUnits

extension Cluster {
  /// The disruption budgets with the status that the disruption controller gives them now.
  ///
  /// The real controller follows the cluster with a lag of milliseconds; here a status is worked
  /// out when somebody asks for it. Complexity: linear in budgets times pods.
  func currentBudgets(at now: SimulationTime) -> [PodDisruptionBudget] {
    podDisruptionBudgets.map { budget in
      var budget = budget
      let pods = selected(by: budget)
      budget.disruptionsAllowed =
        DisruptionReconciler.decide(
          budget, status: DisruptionBudgetStatus(), pods: pods, scales: scales(of: pods), at: now
        ).status.disruptionsAllowed
      budget.hasStatus = true
      return budget
    }
  }

  private func selected(by budget: PodDisruptionBudget) -> [Pod] {
    guard let selector = budget.selector else { return [] }
    return pods.ids.compactMap { pods[$0] }.filter {
      $0.metadata.namespace == budget.metadata.namespace && !$0.status.phase.isTerminal
        && selector.matches($0.metadata.labels)
    }
  }

  /// How many pods the controllers want, a Deployment counting for its ReplicaSets.
  private func scales(of pods: [Pod]) -> [Int64] {
    var seen: [UID] = []
    var scales: [Int64] = []
    for owner in pods.compactMap(\.metadata.owner) where owner.kind == .replicaSet {
      guard let namespace = pods.first?.metadata.namespace,
        let set = replicaSetID(namespace: namespace, name: owner.name).flatMap({ replicaSets[$0] })
      else { continue }
      var (uid, replicas) = (set.metadata.uid, set.replicas)
      if let above = set.metadata.owner,
        let deployment = deploymentID(namespace: namespace, name: above.name).flatMap({
          deployments[$0]
        })
      {
        (uid, replicas) = (deployment.metadata.uid, deployment.replicas)
      }
      if seen.contains(uid) { continue }
      seen.append(uid)
      scales.append(replicas)
    }
    return scales
  }
}
