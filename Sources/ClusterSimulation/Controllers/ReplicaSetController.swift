import ClusterState
import KubeControllers
import KubernetesObjects
import TimeUnits

/// Runs `ReplicaSetReconciler` over the ReplicaSets that change: `replica_set.go`.
struct ReplicaSetController: Controller {
  static let name = ControllerName.replicaSet
  let release: KubernetesRelease
  /// By ReplicaSet id.
  private var expectations: [Expectations] = []
  /// Deletions asked for and not yet seen, by pod: the ReplicaSet's key. Looked up, never walked.
  private var expectedDeletions: [PodID: UInt32] = [:]

  /// What was last read of each pod that was ranked, by pod id.
  private var known: [(version: UInt64, candidate: DeletionCandidate)?] = []

  init(release: KubernetesRelease) { self.release = release }

  mutating func observe(
    _ change: ObservedChange, cache: Cluster, now: SimulationTime, keys: inout KeyRequests
  ) {
    switch change {
    case .replicaSet(let id, _, _, _): keys.add(id.raw)
    case .pod(let podID, let old, let pod, let kind):
      guard let owner = pod.metadata.owner, owner.kind == .replicaSet,
        let id = cache.replicaSetID(namespace: pod.metadata.namespace, name: owner.name),
        let set = cache.replicaSets[id]
      else { return }
      grow(to: id.raw)
      if kind == .added {
        expectations[Int(id.raw)].observeCreation()
      } else if kind == .deleted || pod.metadata.isTerminating {
        if expectedDeletions.removeValue(forKey: podID) != nil {
          expectations[Int(id.raw)].observeDeletion()
        }
      } else if let old, !old.status.isReady, pod.status.isReady, set.minReadySeconds > 0 {
        keys.add(id.raw, afterNanoseconds: (set.minReadySeconds + 1) * 1_000_000_000)
      }
      keys.add(id.raw)
    case .node, .deployment, .daemonSet: break
    }
  }

  private mutating func grow(to key: UInt32) {
    while expectations.count <= Int(key) { expectations.append(Expectations()) }
  }

  mutating func sync(_ key: UInt32, cache: Cluster, now: SimulationTime) -> SyncPlan {
    let id = ReplicaSetID(raw: key)
    var plan = SyncPlan()
    guard let set = cache.replicaSets[id] else { return plan }
    grow(to: key)
    let census = census(of: set, cache, now)
    let decision = ReplicaSetReconciler.decide(
      set, census: census, expectationsSatisfied: expectations[Int(key)].isSatisfied(at: now),
      release: release)
    switch decision.change {
    case .none, .awaitingExpectations: break
    case .create(let count): create(count, for: set, key, now, &plan)
    case .delete(let count): delete(Int(count), of: set, key, cache, now, &plan)
    }
    if decision.statusNeedsUpdate {
      var changed = set
      changed.status = decision.status
      plan.then(
        .mutate(
          .updateReplicaSet(
            id, changed, precondition: .resourceVersion(set.metadata.resourceVersion))),
        followsRefusal: true)
    }
    if set.minReadySeconds > 0, decision.status.readyReplicas != decision.status.availableReplicas {
      let pods = cache.podIDs(ownedBy: set.metadata.uid).lazy.compactMap { cache.pods[$0] }
      let next = ReplicaSetReconciler.nextAvailability(
        of: pods, minReadySeconds: set.minReadySeconds, after: now)
      plan.requeueAfterNanoseconds =
        next.map { max(0, $0.nanoseconds - now.nanoseconds) }
        ?? set.minReadySeconds * 1_000_000_000
    }
    return plan
  }

  // Without minReadySeconds a Ready pod is an available one, and the counts that the cluster keeps
  // with every write will do; their pods carry their template's labels.
  private func census(
    of set: ReplicaSet, _ cache: Cluster, _ now: SimulationTime
  ) -> ReplicaCensus {
    guard set.minReadySeconds > 0 else {
      let kept = cache.census(ownedBy: set.metadata.uid)
      return ReplicaCensus(
        active: Int64(kept.active), ready: Int64(kept.ready), available: Int64(kept.ready),
        terminating: Int64(kept.terminating))
    }
    return ReplicaCensus(
      of: cache.podIDs(ownedBy: set.metadata.uid).lazy.compactMap { cache.pods[$0] },
      templateLabels: set.template.labels, minReadySeconds: set.minReadySeconds, at: now)
  }

  // MARK: Pods

  private mutating func create(
    _ count: Int64, for set: ReplicaSet, _ key: UInt32, _ now: SimulationTime,
    _ plan: inout SyncPlan
  ) {
    expectations[Int(key)].expect(creations: count, at: now)
    let owner = OwnerReference(
      kind: .replicaSet, name: set.metadata.name, uid: set.metadata.uid)
    let pod = OwnedPod(
      name: "\(set.metadata.name)-", namespace: set.metadata.namespace, owner: owner,
      template: set.template)
    var request = ControllerRequest(.createPod(pod))
    request.successEvent = KubernetesEvent(
      ReplicaSetReconciler.created("%pod"), about: set.metadata, kind: "ReplicaSet",
      by: .replicaSet)
    request.failureEvent = KubernetesEvent(
      ReportedEvent(.warning, reason: "FailedCreate", message: "Error creating: %error"),
      about: set.metadata, kind: "ReplicaSet", by: .replicaSet)
    for size in SlowStart.batches(count) {
      plan.then(together: Array(repeating: request, count: Int(size)))
    }
  }

  private mutating func delete(
    _ count: Int, of set: ReplicaSet, _ key: UInt32, _ cache: Cluster, _ now: SimulationTime,
    _ plan: inout SyncPlan
  ) {
    let colocated = siblings(of: set, cache)
    var ids: [PodID] = []
    var candidates: [DeletionCandidate] = []
    for id in cache.podIDs(ownedBy: set.metadata.uid) {
      let summary = cache.podSummaries[Int(id.raw)]
      guard summary.isActive else { continue }
      ids.append(id)
      var candidate = candidate(id, summary, cache)
      candidate.colocated = summary.node.map { colocated[Int($0.raw)] } ?? colocated.last ?? 0
      candidates.append(candidate)
    }
    // Among equals the real controller takes whichever its sort leaves first; ours by uid.
    let victims = DeletionOrder(now: now, release: release).victims(count, of: candidates)
      .map { ids[$0] }
    expectations[Int(key)].expect(creations: 0, deletions: Int64(victims.count), at: now)
    for victim in victims { expectedDeletions[victim] = key }
    let requests = victims.map { victim in
      var request = ControllerRequest(.mutate(.deletePod(victim, graceSeconds: nil)))
      request.toleratesNotFound = true
      request.successEvent = KubernetesEvent(
        ReplicaSetReconciler.deleted(cache.pods[victim]!.metadata.name), about: set.metadata,
        kind: "ReplicaSet", by: .replicaSet)
      return request
    }
    plan.then(together: requests)
  }

  // A large scale-down ranks the same pods sync after sync, so what was read of an unchanged pod is
  // kept.
  private mutating func candidate(
    _ id: PodID, _ summary: PodSummary, _ cache: Cluster
  ) -> DeletionCandidate {
    let place = Int(id.raw)
    while known.count <= place { known.append(nil) }
    if let seen = known[place], seen.version == summary.version { return seen.candidate }
    let candidate = DeletionCandidate(cache.pods[id]!)
    known[place] = (summary.version, candidate)
    return candidate
  }

  /// Active pods of all ReplicaSets of the same Deployment by node id, and last those of no node.
  private func siblings(of set: ReplicaSet, _ cache: Cluster) -> [Int64] {
    var counts = Array(repeating: Int64(0), count: cache.nodeSummaries.count + 1)
    guard let owner = set.metadata.owner else { return counts }
    for sibling in cache.replicaSetIDs(ownedBy: owner.uid) {
      guard let uid = cache.replicaSets[sibling]?.metadata.uid else { continue }
      for id in cache.podIDs(ownedBy: uid) {
        let summary = cache.podSummaries[Int(id.raw)]
        if summary.isActive { counts[summary.node.map { Int($0.raw) } ?? counts.count - 1] += 1 }
      }
    }
    return counts
  }

  mutating func finished(
    _ request: ControllerRequest, key: UInt32, outcome: RequestOutcome, cache: Cluster,
    now: SimulationTime
  ) {
    if case .done = outcome { return }
    switch request.operation {
    case .createPod: expectations[Int(key)].observeCreation()
    case .mutate(.deletePod(let pod, _)):
      if expectedDeletions.removeValue(forKey: pod) != nil {
        expectations[Int(key)].observeDeletion()
      }
    default: break
    }
  }
}
