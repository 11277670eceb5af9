import ClusterState
import KubeControllers
import KubernetesObjects
import TimeUnits

/// Runs `DeploymentReconciler` over the Deployments that change: `deployment_controller.go`.
struct DeploymentController: Controller {
  static let name = ControllerName.deployment
  let release: KubernetesRelease

  mutating func observe(
    _ change: ObservedChange, cache: Cluster, now: SimulationTime, keys: inout KeyRequests
  ) {
    switch change {
    case .deployment(let id, _, _): keys.add(id.raw)
    case .replicaSet(_, _, let set, _):
      if let id = owner(of: set, cache) { keys.add(id.raw) }
    case .pod(_, _, let pod, .deleted): podGone(pod, cache, &keys)
    case .pod, .node, .daemonSet: break
    }
  }

  // A Recreate waits for the last old pod to go.
  private func podGone(_ pod: Pod, _ cache: Cluster, _ keys: inout KeyRequests) {
    guard let owner = pod.metadata.owner, owner.kind == .replicaSet,
      let setID = cache.replicaSetID(namespace: pod.metadata.namespace, name: owner.name),
      let set = cache.replicaSets[setID], let id = self.owner(of: set, cache),
      let deployment = cache.deployments[id], case .recreate = deployment.strategy
    else { return }
    let left = cache.replicaSetIDs(ownedBy: deployment.metadata.uid).contains {
      cache.census(ownedBy: cache.replicaSets[$0]!.metadata.uid).total > 0
    }
    if !left { keys.add(id.raw) }
  }

  private func owner(of set: ReplicaSet, _ cache: Cluster) -> DeploymentID? {
    set.metadata.owner.flatMap {
      cache.deploymentID(namespace: set.metadata.namespace, name: $0.name)
    }
  }

  mutating func sync(_ key: UInt32, cache: Cluster, now: SimulationTime) -> SyncPlan {
    let id = DeploymentID(raw: key)
    var plan = SyncPlan()
    guard let deployment = cache.deployments[id] else { return plan }
    let ids = cache.replicaSetIDs(ownedBy: deployment.metadata.uid)
    let sets = ids.map { cache.replicaSets[$0]! }
    var living: [String] = []
    if case .recreate = deployment.strategy {
      living = sets.filter {
        let census = cache.census(ownedBy: $0.metadata.uid)
        return census.active + census.terminating > 0
      }.map(\.metadata.name)
    }
    let decision = DeploymentReconciler.decide(
      DeploymentInput(deployment: deployment, replicaSets: sets, withLivePods: living),
      at: now, release: release)
    for step in decision.steps {
      guard let mutation = mutation(for: step, id, deployment, zip(ids, sets)) else { continue }
      let event = step.event.map {
        KubernetesEvent($0, about: deployment.metadata, kind: "Deployment", by: .deployment)
      }
      plan.then(.mutate(mutation, says: event))
    }
    switch decision.requeue {
    case .no: break
    case .after(let nanoseconds): plan.requeueAfterNanoseconds = nanoseconds
    case .rateLimited: plan.retriesWithBackoff = true
    }
    return plan
  }

  private func mutation(
    for step: DeploymentStep, _ id: DeploymentID, _ deployment: Deployment,
    _ sets: Zip2Sequence<[ReplicaSetID], [ReplicaSet]>
  ) -> Mutation? {
    switch step.write {
    case .createReplicaSet(let new): return .createReplicaSet(replicaSet(new, of: deployment))
    case .updateReplicaSet(let name, let replicas, let annotations, let minReadySeconds):
      guard let (setID, cached) = sets.first(where: { $0.1.metadata.name == name }) else {
        return nil
      }
      var set = cached
      set.replicas = replicas
      set.metadata.annotations = annotations
      set.minReadySeconds = minReadySeconds
      let precondition: Precondition =
        step.base == .returned ? .none : .resourceVersion(cached.metadata.resourceVersion)
      return .updateReplicaSet(setID, set, precondition: precondition)
    case .deleteReplicaSet(let name):
      return sets.first { $0.1.metadata.name == name }.map { .deleteReplicaSet($0.0) }
    case .updateStatus(let status, let annotations):
      var changed = deployment
      changed.status = status
      changed.metadata.annotations = annotations
      return .updateDeployment(
        id, changed, precondition: .resourceVersion(deployment.metadata.resourceVersion))
    }
  }

  private func replicaSet(_ new: NewReplicaSet, of deployment: Deployment) -> ReplicaSet {
    var template = deployment.template.value
    template.labels[WellKnownLabel.podTemplateHash] = new.hash
    var selector = deployment.selector
    selector.matchLabels[WellKnownLabel.podTemplateHash] = new.hash
    let owner = OwnerReference(
      kind: .deployment, name: deployment.metadata.name, uid: deployment.metadata.uid)
    let metadata = ObjectMeta(
      name: new.name, namespace: deployment.metadata.namespace, labels: template.labels,
      annotations: new.annotations, owner: owner)
    var set = ReplicaSet(
      metadata: metadata, replicas: new.replicas, selector: selector, template: Shared(template))
    set.minReadySeconds = new.minReadySeconds
    return set
  }
}
