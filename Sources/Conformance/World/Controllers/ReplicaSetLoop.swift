import KubeControllers
import KubernetesObjects
import TimeUnits

/// The ReplicaSet controller in a recorded world: five workers.
final class ReplicaSetLoop: QueueLoop {
  private var expectations: [String: Expectations] = [:]
  private var expectedDeletions: [String: Set<String>] = [:]
  private var blueprints: [String: Shared<PodBlueprint>] = [:]

  init(_ world: World) { super.init(world, client: Client(world, extra: 300_000), workers: 5) }

  override func replicaSetChanged(_ old: ReplicaSet?, _ new: ReplicaSet?) {
    if let name = (new ?? old)?.metadata.name { enqueue(name) }
  }

  override func podChanged(_ old: WorldPod?, _ new: WorldPod?) {
    guard let pod = new ?? old, let owner = pod.pod.metadata.owner, owner.kind == .replicaSet,
      let set = world.replicaSets[owner.name]
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
    guard let set = world.replicaSets[key] else {
      expectations[key] = nil
      return done(true)
    }
    let pods = world.pods(ownedBy: set.metadata.uid)
    let census = ReplicaCensus(
      of: pods.map(\.pod), templateLabels: set.template.labels,
      minReadySeconds: set.minReadySeconds, at: world.time)
    let decision = ReplicaSetReconciler.decide(
      set, census: census,
      expectationsSatisfied: expectations[key]?.isSatisfied(at: world.time) ?? true)
    let next = ReplicaSetReconciler.nextAvailability(
      of: pods.map(\.pod), minReadySeconds: set.minReadySeconds, after: world.time)
    let finish = { [unowned self] in
      writeStatus(decision, of: set) { [unowned self] succeeded in
        if succeeded { recheck(set, decision.status, next) }
        done(succeeded)
      }
    }
    switch decision.change {
    case .none, .awaitingExpectations: finish()
    case .create(let count): create(count, for: set, then: finish)
    case .delete(let count): delete(count, of: set, pods, then: finish)
    }
  }

  private func recheck(_ set: ReplicaSet, _ status: ReplicaSetStatus, _ next: SimulationTime?) {
    guard set.minReadySeconds > 0, status.readyReplicas != status.availableReplicas else { return }
    let fallback = set.minReadySeconds * 1_000_000_000
    let delay = next.map { max(0, $0.nanoseconds - world.now) } ?? fallback
    enqueue(set.metadata.name, after: delay)
  }

  // MARK: Pods

  private func create(_ count: Int64, for set: ReplicaSet, then next: @escaping () -> Void) {
    let key = set.metadata.name
    expectations[key, default: Expectations()].expect(creations: count, at: world.time)
    let request: (@escaping () -> Void) -> Void = { [unowned self] answered in
      client.request { [unowned self] in
        let name = createPod(for: set)
        client.report(
          ReplicaSetReconciler.created(name), kind: "ReplicaSet", name: world.alias(key))
        answered()
      }
    }
    slowly(Array(repeating: request, count: Int(count)), then: next)
  }

  private func createPod(for set: ReplicaSet) -> String {
    let alias = world.alias(set.metadata.name)
    // A ReplicaSet that is made anew goes on counting.
    let number = world.nextPodNumber(of: set.metadata.name)
    let blueprint =
      blueprints[set.metadata.name] ?? Shared(PodBlueprint(world.admitted(set.template.spec)))
    blueprints[set.metadata.name] = blueprint
    let name = "\(alias)-p\(number + 1)"
    world.createPod(
      World.PodRequest(
        name: name,
        owner: OwnerReference(
          kind: .replicaSet, name: set.metadata.name, uid: set.metadata.uid),
        ownerName: "ReplicaSet/\(set.metadata.name)", number: number, template: set.template.value,
        blueprint: blueprint))
    return name
  }

  private func delete(
    _ count: Int64, of set: ReplicaSet, _ pods: [WorldPod], then next: @escaping () -> Void
  ) {
    let active = pods.filter(\.pod.isActive)
    let colocated = siblings(of: set)
    let candidates = active.map { pod in
      DeletionCandidate(pod.pod, colocated: colocated[pod.pod.nodeName ?? ""] ?? 0)
    }
    let victims = choose(Int(count), of: candidates, active.map(\.name))
    let key = set.metadata.name
    expectations[key, default: Expectations()].expect(
      creations: 0, deletions: Int64(victims.count), at: world.time)
    expectedDeletions[key] = Set(victims)
    let requests = victims.map { victim -> (@escaping () -> Void) -> Void in
      { [unowned self] answered in
        client.request { [unowned self] in
          deletePod(victim, key)
          answered()
        }
      }
    }
    together(requests, then: next)
  }

  // What the recording deletes, if the real controller may; else what we would.
  private func choose(
    _ count: Int, of candidates: [DeletionCandidate], _ names: [String]
  ) -> [String] {
    let order = DeletionOrder(now: world.time)
    let selection = order.selection(count, of: candidates)
    let recorded = world.hints.byDeletion(
      selection.contested.map { names[$0] }, after: world.now
    ).prefix(selection.take).compactMap { names.firstIndex(of: $0) }
    let chosen =
      order.admits(recorded, of: selection, candidates: candidates)
      ? selection.certain + recorded : order.victims(count, of: candidates)
    return chosen.map { names[$0] }
  }

  private func deletePod(_ name: String, _ set: String) {
    let key = world.pods[name].map(VictimKey.text)
    if case .success = world.deletePod(name, key: key) {
      client.report(
        ReplicaSetReconciler.deleted(name), kind: "ReplicaSet", name: world.alias(set))
    } else if expectedDeletions[set]?.remove(name) != nil {
      expectations[set]?.observeDeletion()
    }
  }

  /// Active pods of all ReplicaSets of the same Deployment, by node; a ReplicaSet without an owner
  /// has no siblings, not even its own pods.
  private func siblings(of set: ReplicaSet) -> [String: Int64] {
    guard let owner = set.metadata.owner else { return [:] }
    var counts: [String: Int64] = [:]
    for sibling in world.replicaSets(ownedBy: owner.uid) {
      for pod in world.pods(ownedBy: sibling.metadata.uid) where pod.pod.isActive {
        counts[pod.pod.nodeName ?? "", default: 0] += 1
      }
    }
    return counts
  }

  // MARK: Status

  // A status that meets a 409 is sent once more, on the object as it is then.
  private func writeStatus(
    _ decision: ReplicaSetDecision, of set: ReplicaSet, done: @escaping (Bool) -> Void
  ) {
    guard decision.statusNeedsUpdate else { return done(true) }
    let name = set.metadata.name
    client.request { [unowned self] in
      let first = world.changeReplicaSet(name, expecting: set.metadata.resourceVersion) {
        $0.status = decision.status
      }
      guard case .failure = first else { return done(true) }
      client.request { [unowned self] in
        guard let fresh = world.replicaSets[name]?.metadata.resourceVersion else {
          return done(false)
        }
        client.request { [unowned self] in
          let second = world.changeReplicaSet(name, expecting: fresh) {
            $0.status = decision.status
          }
          if case .success = second { done(true) } else { done(false) }
        }
      }
    }
  }
}
