import KubeControllers
import KubernetesObjects
import TimeUnits

/// The StatefulSet controller in a recorded world: five workers.
final class StatefulSetLoop: QueueLoop {
  private var revisions: [String: RevisionHistory] = [:]
  private var templates: [String: Shared<PodTemplate>] = [:]

  init(_ world: World) { super.init(world, client: Client(world, extra: 700_000), workers: 5) }

  override func statefulSetChanged(_ old: StatefulSet?, _ new: StatefulSet?) {
    if let name = (new ?? old)?.metadata.name { enqueue(name) }
  }

  override func podChanged(_ old: WorldPod?, _ new: WorldPod?) {
    guard let pod = new ?? old, let owner = pod.pod.metadata.owner, owner.kind == .statefulSet,
      let set = world.statefulSets[owner.name]
    else { return }
    if let old, let new, !old.pod.status.isReady, new.pod.status.isReady, set.minReadySeconds > 0 {
      enqueue(owner.name, after: (set.minReadySeconds + 1) * 1_000_000_000)
    }
    enqueue(owner.name)
  }

  override func sync(_ key: String, done: @escaping (Bool) -> Void) {
    guard let set = world.statefulSets[key] else { return done(true) }
    let change = revisions[key, default: RevisionHistory(owner: key)].record(set.template)
    templates[change.name] = set.template
    guard change.isNew else { return reconcile(set, change.name, done) }
    client.request { [unowned self] in reconcile(set, change.name, done) }
  }

  private func reconcile(
    _ set: StatefulSet, _ revision: String, _ done: @escaping (Bool) -> Void
  ) {
    let pods = world.pods(ownedBy: set.metadata.uid).map {
      StatefulPod(
        $0.pod, ordinal: Int64($0.number),
        revision: $0.pod.metadata.labels[DaemonSetLoop.revisionLabel] ?? "")
    }
    let decision = StatefulSetReconciler.decide(
      set, pods: pods, updateRevision: revision, at: world.time)
    let requests = decision.actions.map { request($0, set) }
    let finish = { [unowned self] in writeStatus(decision.status, of: set, done) }
    if decision.isParallel {
      slowly(requests, then: finish)
    } else {
      inTurn(requests[...], then: finish)
    }
  }

  private func inTurn(
    _ requests: ArraySlice<(@escaping () -> Void) -> Void>, then next: @escaping () -> Void
  ) {
    guard let first = requests.first else { return next() }
    first { [unowned self] in inTurn(requests.dropFirst(), then: next) }
  }

  private func request(
    _ action: StatefulSetDecision.Action, _ set: StatefulSet
  ) -> (@escaping () -> Void) -> Void {
    let key = set.metadata.name
    return { [unowned self] answered in
      client.request { [unowned self] in
        switch action {
        case .create(let ordinal, let revision):
          let name = createPod(ordinal, revision, set)
          client.report(
            StatefulSetReconciler.created(pod: name, set: key), kind: "StatefulSet", name: key)
        case .delete(let pod):
          if case .success = world.deletePod(pod) {
            client.report(
              StatefulSetReconciler.deleted(pod: pod, set: key), kind: "StatefulSet", name: key)
          }
        }
        answered()
      }
    }
  }

  private func createPod(_ ordinal: Int64, _ revision: String, _ set: StatefulSet) -> String {
    let key = set.metadata.name
    let name = "\(key)-\(ordinal)"
    var template = (templates[revision] ?? set.template).value
    template.labels[DaemonSetLoop.revisionLabel] = revision
    world.createPod(
      World.PodRequest(
        name: name, owner: OwnerReference(kind: .statefulSet, name: key, uid: set.metadata.uid),
        ownerName: "StatefulSet/\(key)", number: Int(ordinal), template: template,
        blueprint: Shared(PodBlueprint(world.admitted(template.spec)))))
    return name
  }

  private func writeStatus(
    _ status: StatefulSetStatus, of set: StatefulSet, _ done: @escaping (Bool) -> Void
  ) {
    let key = set.metadata.name
    if set.minReadySeconds > 0, status.availableReplicas != status.readyReplicas {
      let next = ReplicaSetReconciler.nextAvailability(
        of: world.pods(ownedBy: set.metadata.uid).map(\.pod),
        minReadySeconds: set.minReadySeconds, after: world.time)
      if let next { enqueue(key, after: next.nanoseconds - world.now) }
    }
    guard status != set.status else { return done(true) }
    client.request { [unowned self] in
      world.changeStatefulSet(key) { $0.status = status }
      done(true)
    }
  }
}
