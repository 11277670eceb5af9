import KubeAPIServer
import KubeControllers
import KubernetesObjects
import TimeUnits

// What the control plane would have done to the objects of the files before the scheduler sees
// them.
extension SchedulerRecording {
  // MARK: Admission

  /// Takes a pod that no API server has seen through admission; nil if it has been there.
  static func admit(
    _ pod: Pod, _ policies: AdmissionPolicies
  ) -> Result<PodSpec, APIError>? {
    let spec = pod.spec.value.spec
    // Every stored pod has a priority.
    guard pod.nodeName == nil, spec.priority == nil else { return nil }
    var own = policies
    own.limitRanges = policies.limitRanges.filter {
      $0.metadata.namespace == pod.metadata.namespace
    }
    return Result { () throws(APIError) in
      try Admission.admit(
        spec, named: pod.metadata.name, namespace: pod.metadata.namespace, policies: own
      ).spec
    }
  }

  // MARK: Budgets

  /// Gives budgets without a status the one that the disruption controller would give them.
  mutating func fillInBudgets(_ workloads: WorkloadPods, _ objects: [ManifestObject]) {
    for index in budgets.indices where !budgets[index].hasStatus {
      let budget = budgets[index]
      var pods = workloads.pods(in: budget.metadata.namespace) {
        $0.nodeName != nil && budget.selector?.matches($0.metadata.labels) == true
      }
      // A pod that somebody wrote down without any status is taken to be well.
      for place in pods.indices where pods[place].status.conditions.isEmpty {
        pods[place].status.set(.ready, .true, at: .zero)
      }
      budgets[index].disruptionsAllowed =
        DisruptionReconciler.decide(
          budget, status: DisruptionBudgetStatus(), pods: pods,
          scales: Self.scales(of: pods, objects), at: .zero
        ).status.disruptionsAllowed
      budgets[index].hasStatus = true
    }
  }

  /// How many pods each owner wants; one that is not in the files has what there is of it.
  private static func scales(of pods: [Pod], _ objects: [ManifestObject]) -> [Int64] {
    var owners: [OwnerReference] = []
    for owner in pods.compactMap(\.metadata.owner) where !owners.contains(owner) {
      owners.append(owner)
    }
    return owners.map { owner in
      for object in objects {
        if case .replicaSet(let set) = object, owner.kind == .replicaSet,
          set.metadata.name == owner.name,
          set.metadata.namespace == pods.first?.metadata.namespace
        {
          return set.replicas
        }
      }
      return Int64(pods.count { $0.metadata.owner == owner })
    }
  }
}
