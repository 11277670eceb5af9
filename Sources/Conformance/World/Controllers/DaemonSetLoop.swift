import KubeControllers
import KubernetesObjects
import TimeUnits

/// The DaemonSet controller in a recorded world: two workers.
final class DaemonSetLoop: QueueLoop {
  private var expectations: [String: Expectations] = [:]
  private var expectedDeletions: [String: Set<String>] = [:]
  private var backoffs: [String: FailedPodBackoff] = [:]
  private var revisions: [String: RevisionHistory] = [:]

  static let revisionLabel = "controller-revision-hash"

  init(_ world: World) { super.init(world, client: Client(world, extra: 900_000), workers: 2) }

  override func daemonSetChanged(_ old: DaemonSet?, _ new: DaemonSet?) {
    if let name = (new ?? old)?.metadata.name { enqueue(name) }
  }

  override func nodeChanged(_ old: Node?, _ new: Node?) {
    guard let new else { return }
    for set in world.daemonSets.all {
      let spec = set.template.value.spec
      let before = old.map { NodeEligibility(spec, on: $0) }
      if NodeEligibility(spec, on: new).needsSync(after: before) { enqueue(set.metadata.name) }
    }
  }

  override func podChanged(_ old: WorldPod?, _ new: WorldPod?) {
    guard let pod = new ?? old, let owner = pod.pod.metadata.owner, owner.kind == .daemonSet,
      let set = world.daemonSets[owner.name]
    else { return }
    if old == nil {
      expectations[owner.name]?.observeCreation()
    } else if new == nil || pod.isTerminating {
      if expectedDeletions[owner.name]?.remove(pod.name) != nil {
        expectations[owner.name]?.observeDeletion()
      }
    } else if let old, !old.pod.status.isReady, pod.pod.status.isReady, set.minReadySeconds > 0 {
      enqueue(owner.name, after: (set.minReadySeconds + 1) * 1_000_000_000)
    }
    enqueue(owner.name)
  }

  override func sync(_ key: String, done: @escaping (Bool) -> Void) {
    guard let set = world.daemonSets[key] else { return done(true) }
    revise(set) { [unowned self] revision in
      guard isSatisfied(key) else { return writeStatus(key, revision, done) }
      let decision = DaemonSetReconciler.manage(
        set, nodes: places(of: set, revision),
        backoff: &backoffs[key, default: FailedPodBackoff()], at: world.time)
      for delay in decision.backoffs { enqueue(key, after: delay) }
      for pod in decision.failed {
        let node = world.pods[pod]?.pod.nodeName ?? ""
        client.report(
          DaemonSetReconciler.failedPod(pod, namespace: "default", node: node),
          kind: "DaemonSet", name: key)
      }
      perform(decision, set, revision) { [unowned self] in
        guard isSatisfied(key), let set = world.daemonSets[key] else {
          return writeStatus(key, revision, done)
        }
        let update = DaemonSetReconciler.rollingUpdate(
          set, nodes: places(of: set, revision), at: world.time)
        perform(update, set, revision) { [unowned self] in writeStatus(key, revision, done) }
      }
    }
  }

  private func isSatisfied(_ key: String) -> Bool {
    expectations[key]?.isSatisfied(at: world.time) ?? true
  }

  /// Makes sure that the current template has a ControllerRevision.
  private func revise(_ set: DaemonSet, then next: @escaping (String) -> Void) {
    let key = set.metadata.name
    let change = revisions[key, default: RevisionHistory(owner: key)].record(set.template)
    guard change.isNew else { return next(change.name) }
    client.request { next(change.name) }
  }

  private func places(of set: DaemonSet, _ revision: String) -> [DaemonNode] {
    let pods = world.pods(ownedBy: set.metadata.uid)
      .filter { !($0.pod.status.phase.isTerminal && $0.isTerminating) }
      .map { DaemonPod($0.pod, isUpdated: $0.pod.metadata.labels[Self.revisionLabel] == revision) }
    return world.nodes.all.map { node in
      DaemonNode(node, pods: pods.filter { $0.node == node.name })
    }
  }

  private func perform(
    _ decision: DaemonSetDecision, _ set: DaemonSet, _ revision: String,
    then next: @escaping () -> Void
  ) {
    guard !decision.isEmpty else { return next() }
    let key = set.metadata.name
    let surged = world.hints.byCreation(
      decision.surgeable.map { "\(key)@\($0)" }, after: world.now
    ).prefix(decision.takeSurgeable).map { String($0.dropFirst(key.count + 1)) }
    let create = world.hints.byCreation(
      (decision.create + surged).map { "\(key)@\($0)" }, after: world.now
    ).map { String($0.dropFirst(key.count + 1)) }
    let delete =
      decision.delete
      + world.hints.byDeletion(decision.deletable, after: world.now)
      .prefix(decision.takeDeletable)
    expectations[key, default: Expectations()].expect(
      creations: Int64(create.count), deletions: Int64(delete.count), at: world.time)
    expectedDeletions[key] = Set(delete)
    slowly(create.map { creation(of: $0, set, revision) }) { [unowned self] in
      together(delete.map { deletion(of: $0, key) }, then: next)
    }
  }

  private func creation(
    of node: String, _ set: DaemonSet, _ revision: String
  ) -> (@escaping () -> Void) -> Void {
    { [unowned self] answered in
      client.request { [unowned self] in
        let name = createPod(on: node, set, revision)
        client.report(
          ReplicaSetReconciler.created(name), kind: "DaemonSet", name: set.metadata.name)
        answered()
      }
    }
  }

  private func deletion(of pod: String, _ key: String) -> (@escaping () -> Void) -> Void {
    { [unowned self] answered in
      client.request { [unowned self] in
        if case .success = world.deletePod(pod) {
          client.report(ReplicaSetReconciler.deleted(pod), kind: "DaemonSet", name: key)
        } else if expectedDeletions[key]?.remove(pod) != nil {
          expectations[key]?.observeDeletion()
        }
        answered()
      }
    }
  }

  private func createPod(on node: String, _ set: DaemonSet, _ revision: String) -> String {
    let key = set.metadata.name
    let name = "\(key)@\(node)-p\(world.nextNumber("\(key)@\(node)"))"
    var template = set.template.value
    template.labels[Self.revisionLabel] = revision
    var spec = template.spec
    spec.tolerations += NodeEligibility.automaticTolerations(for: spec)
    var affinity = spec.affinity ?? Affinity()
    affinity.requiredNodeTerms = [
      NodeSelectorTerm(
        matchFields: [LabelRequirement(key: "metadata.name", operator: .in, values: [node])])
    ]
    spec.affinity = affinity
    world.createPod(
      World.PodRequest(
        name: name, owner: OwnerReference(kind: .daemonSet, name: key, uid: set.metadata.uid),
        ownerName: "DaemonSet/\(key)", number: World.trailingNumber(node), template: template,
        blueprint: Shared(PodBlueprint(world.admitted(spec)))))
    return name
  }

  private func writeStatus(_ key: String, _ revision: String, _ done: @escaping (Bool) -> Void) {
    guard let set = world.daemonSets[key] else { return done(true) }
    let status = DaemonSetReconciler.status(
      of: set, nodes: places(of: set, revision), at: world.time)
    if set.minReadySeconds > 0, status.numberReady != status.numberAvailable {
      recheck(set)
    }
    guard status != set.status else { return done(true) }
    client.request { [unowned self] in
      world.changeDaemonSet(key) { $0.status = status }
      done(true)
    }
  }

  private func recheck(_ set: DaemonSet) {
    let next = ReplicaSetReconciler.nextAvailability(
      of: world.pods(ownedBy: set.metadata.uid).map(\.pod), minReadySeconds: set.minReadySeconds,
      after: world.time)
    let delay = next.map { $0.nanoseconds - world.now } ?? set.minReadySeconds * 1_000_000_000
    enqueue(set.metadata.name, after: delay)
  }
}
