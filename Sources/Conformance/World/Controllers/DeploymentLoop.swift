import KubeControllers
import KubernetesObjects

/// The Deployment controller in a recorded world: five workers.
final class DeploymentLoop: QueueLoop {
  init(_ world: World) { super.init(world, client: Client(world, extra: 0), workers: 5) }

  override func deploymentChanged(_ old: Deployment?, _ new: Deployment?) {
    if let name = (new ?? old)?.metadata.name { enqueue(name) }
  }

  override func replicaSetChanged(_ old: ReplicaSet?, _ new: ReplicaSet?) {
    if let owner = (new ?? old)?.metadata.owner, world.deployments[owner.name] != nil {
      enqueue(owner.name)
    }
  }

  // A Recreate waits for the last old pod to go.
  override func podChanged(_ old: WorldPod?, _ new: WorldPod?) {
    guard new == nil, let owner = old?.pod.metadata.owner,
      let set = world.replicaSets[owner.name], let parent = set.metadata.owner,
      let deployment = world.deployments[parent.name], case .recreate = deployment.strategy
    else { return }
    let left = world.replicaSets(ownedBy: deployment.metadata.uid)
      .contains { !world.pods(ownedBy: $0.metadata.uid).isEmpty }
    if !left { enqueue(parent.name) }
  }

  override func sync(_ key: String, done: @escaping (Bool) -> Void) {
    guard let deployment = world.deployments[key] else { return done(true) }
    let sets = world.replicaSets(ownedBy: deployment.metadata.uid)
    var living: [String] = []
    if case .recreate = deployment.strategy {
      living = sets.map(\.metadata).filter { metadata in
        world.pods(ownedBy: metadata.uid).contains { !$0.pod.status.phase.isTerminal }
      }.map(\.name)
    }
    let decision = DeploymentReconciler.decide(
      DeploymentInput(deployment: deployment, replicaSets: sets, withLivePods: living),
      at: world.time)
    let versions = Versions(
      deployment: deployment.metadata.resourceVersion,
      cached: Dictionary(
        uniqueKeysWithValues: sets.map { ($0.metadata.name, $0.metadata.resourceVersion) }))
    run(decision.steps[...], of: deployment, versions) { [unowned self] succeeded in
      switch decision.requeue {
      case .no: break
      case .after(let delay): enqueue(key, after: delay)
      case .rateLimited: enqueueRateLimited(key)
      }
      done(succeeded)
    }
  }

  /// The versions of objects that this sync knows.
  private struct Versions {
    var deployment: UInt64
    var cached: [String: UInt64]
    var returned: [String: UInt64] = [:]
    var abandonsScaleDown = false
  }

  private func run(
    _ steps: ArraySlice<DeploymentStep>, of deployment: Deployment, _ versions: Versions,
    _ done: @escaping (Bool) -> Void
  ) {
    guard let step = steps.first else { return done(true) }
    let rest = steps.dropFirst()
    if versions.abandonsScaleDown, step.onFailure == .abandonScaleDown {
      return run(rest, of: deployment, versions, done)
    }
    client.request { [unowned self] in
      var versions = versions
      switch perform(step, of: deployment, &versions) {
      case .success:
        if let event = step.event {
          client.report(event, kind: "Deployment", name: deployment.metadata.name)
        }
      case .failure:
        guard step.onFailure == .abandonScaleDown else { return done(false) }
        versions.abandonsScaleDown = true
      }
      run(rest, of: deployment, versions, done)
    }
  }

  private func perform(
    _ step: DeploymentStep, of deployment: Deployment, _ versions: inout Versions
  ) -> Result<Void, Refusal> {
    switch step.write {
    case .createReplicaSet(let new):
      let result = create(new, of: deployment)
      if case .success(let set) = result {
        versions.returned[new.name] = set.metadata.resourceVersion
      }
      return result.map { _ in }
    case .updateReplicaSet(let name, let replicas, let annotations, let minReadySeconds):
      let cached = versions.cached[name]
      let expected = step.base == .returned ? versions.returned[name] ?? cached : cached
      let result = world.changeReplicaSet(name, expecting: expected) {
        $0.replicas = replicas
        $0.metadata.annotations = annotations
        $0.minReadySeconds = minReadySeconds
      }
      if case .success(let set) = result {
        versions.returned[name] = set.metadata.resourceVersion
      }
      return result.map { _ in }
    case .deleteReplicaSet(let name): return world.deleteReplicaSet(name)
    case .updateStatus(let status, let annotations):
      return world.changeDeployment(
        deployment.metadata.name, expecting: versions.deployment
      ) {
        $0.status = cut(status)
        $0.metadata.annotations = annotations
      }.map { _ in }
    }
  }

  private func cut(_ status: DeploymentStatus) -> DeploymentStatus {
    var status = status
    for index in status.conditions.indices {
      let condition = status.conditions[index]
      status.conditions[index].lastTransition = world.apiTime(condition.lastTransition)
      status.conditions[index].lastUpdate = world.apiTime(condition.lastUpdate)
    }
    return status
  }

  private func create(
    _ new: NewReplicaSet, of deployment: Deployment
  ) -> Result<ReplicaSet, Refusal> {
    let name = deployment.metadata.name
    var template = deployment.template.value
    template.labels[WellKnownLabel.podTemplateHash] = new.hash
    var selector = deployment.selector
    selector.matchLabels[WellKnownLabel.podTemplateHash] = new.hash
    let owner = OwnerReference(kind: .deployment, name: name, uid: deployment.metadata.uid)
    var set = ReplicaSet(
      metadata: ObjectMeta(
        name: new.name, labels: template.labels, annotations: new.annotations, owner: owner),
      replicas: new.replicas, selector: selector, template: Shared(template))
    set.minReadySeconds = new.minReadySeconds
    let alias = world.replicaSets[new.name] == nil ? world.nextNumber("\(name)-rs") : 0
    return world.createReplicaSet(set, alias: "\(name)-rs\(alias)")
  }
}
