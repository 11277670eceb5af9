import KubeAPIServer
import KubeControllers
import KubernetesObjects
import TimeUnits

/// The pods of the files by namespace, and those that workloads still lack.
struct WorkloadPods {
  private var podsOfNamespace: [String: [Pod]] = [:]
  private var deploymentsWithSets: Set<[String]> = []

  init(_ objects: [ManifestObject]) {
    for object in objects {
      switch object {
      case .pod(let pod) where !pod.status.phase.isTerminal && !pod.metadata.isTerminating:
        podsOfNamespace[pod.metadata.namespace, default: []].append(pod)
      case .replicaSet(let set):
        if let owner = set.metadata.owner, owner.kind == .deployment {
          deploymentsWithSets.insert([set.metadata.namespace, owner.name])
        }
      default: break
      }
    }
  }

  func pods(in namespace: String, where isOwn: (Pod) -> Bool) -> [Pod] {
    (podsOfNamespace[namespace] ?? []).filter(isOwn)
  }

  /// The pods that a Deployment or ReplicaSet wants and the files do not hold, and what its pods
  /// are selected by.
  func missing(of object: ManifestObject) -> (pods: [Pod], owner: OwnerSelector?) {
    let metadata = object.metadata
    switch object {
    case .replicaSet(let set):
      let own = pods(in: metadata.namespace) {
        $0.metadata.owner?.kind == .replicaSet && $0.metadata.owner?.name == metadata.name
      }
      return (Self.newPods(set.replicas - Int64(own.count), metadata, set.template), nil)
    case .deployment(let deployment):
      // Where its ReplicaSets are known they say how many there are to be.
      if deploymentsWithSets.contains([metadata.namespace, metadata.name]) { return ([], nil) }
      let own = pods(in: metadata.namespace) { deployment.selector.matches($0.metadata.labels) }
      let new = Self.newPods(
        deployment.replicas - Int64(own.count), metadata, deployment.template)
      let owner = OwnerSelector(
        kind: .replicaSet, namespace: metadata.namespace, name: metadata.name,
        selector: deployment.selector)
      return (new, owner)
    default: return ([], nil)
    }
  }

  private static func newPods(
    _ count: Int64, _ owner: ObjectMeta, _ template: Shared<PodTemplate>
  ) -> [Pod] {
    guard count > 0 else { return [] }
    let spec = Shared(PodBlueprint(template.value.spec))
    return (1...count).map { number in
      var metadata = ObjectMeta(
        name: "\(owner.name)-\(number)", namespace: owner.namespace,
        labels: template.value.labels)
      metadata.owner = OwnerReference(kind: .replicaSet, name: owner.name, uid: owner.uid)
      return Pod(metadata: metadata, spec: spec)
    }
  }
}

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
