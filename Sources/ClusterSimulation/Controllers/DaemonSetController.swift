import ClusterState
import KubeControllers
import KubernetesObjects
import TimeUnits

/// Runs `DaemonSetReconciler` over the DaemonSets that change: `daemon_controller.go`.
struct DaemonSetController: Controller {
  static let name = ControllerName.daemonSet
  let release: KubernetesRelease
  /// By DaemonSet id.
  private var memories: [Memory] = []
  private var expectedDeletions: [PodID: UInt32] = [:]

  private struct Memory: Sendable {
    var expectations = Expectations()
    var backoff = FailedPodBackoff()
  }

  init(release: KubernetesRelease) { self.release = release }

  mutating func observe(
    _ change: ObservedChange, cache: Cluster, now: SimulationTime, keys: inout KeyRequests
  ) {
    switch change {
    case .daemonSet(let id, _, _): keys.add(id.raw)
    case .node(_, let old, let node, let kind):
      // A heartbeat's news is nothing to it; labels, taints and the node's coming and going are.
      if kind == .modified, let old, old.taints == node.taints,
        old.metadata.labels == node.metadata.labels
      {
        return
      }
      cache.daemonSets.forEach { id, set in
        // [36] and [11] updateNode: only where a pod has come to be wanted, or may not stay.
        let spec = set.template.value.spec
        let before = old.map { NodeEligibility(spec, on: $0) }
        if kind == .deleted || NodeEligibility(spec, on: node).needsSync(after: before) {
          keys.add(id.raw)
        }
      }
    case .pod(let podID, _, let pod, let kind):
      guard let owner = pod.metadata.owner, owner.kind == .daemonSet,
        let id = cache.daemonSetID(namespace: pod.metadata.namespace, name: owner.name)
      else { return }
      grow(to: id.raw)
      if kind == .added {
        memories[Int(id.raw)].expectations.observeCreation()
      } else if kind == .deleted || pod.metadata.isTerminating,
        expectedDeletions.removeValue(forKey: podID) != nil
      {
        memories[Int(id.raw)].expectations.observeDeletion()
      }
      keys.add(id.raw)
    case .deployment, .replicaSet: break
    }
  }

  private mutating func grow(to key: UInt32) {
    while memories.count <= Int(key) { memories.append(Memory()) }
  }

  mutating func sync(_ key: UInt32, cache: Cluster, now: SimulationTime) -> SyncPlan {
    let id = DaemonSetID(raw: key)
    var plan = SyncPlan()
    guard let set = cache.daemonSets[id] else { return plan }
    grow(to: key)
    let nodes = places(of: set, cache)
    if memories[Int(key)].expectations.isSatisfied(at: now) {
      var decision = DaemonSetReconciler.manage(
        set, nodes: nodes, backoff: &memories[Int(key)].backoff, at: now)
      // One pass fills empty nodes and tidies; only a pass with nothing to do goes on to roll.
      if decision.isEmpty {
        decision = DaemonSetReconciler.rollingUpdate(set, nodes: nodes, at: now)
      }
      act(on: decision, set, key, cache, now, &plan)
    }
    let status = DaemonSetReconciler.status(of: set, nodes: nodes, at: now)
    if status != set.status {
      var changed = set
      changed.status = status
      plan.then(
        .mutate(
          .updateDaemonSet(
            id, changed, precondition: .resourceVersion(set.metadata.resourceVersion))),
        followsRefusal: true)
    }
    return plan
  }

  private func places(of set: DaemonSet, _ cache: Cluster) -> [DaemonNode] {
    let hash = PodTemplateHash.of(set.template.value)
    var pods: [String: [DaemonPod]] = [:]
    for id in cache.podIDs(ownedBy: set.metadata.uid) {
      guard let pod = cache.pods[id] else { continue }
      let isUpdated = pod.metadata.labels[WellKnownLabel.controllerRevisionHash] == hash
      let daemon = DaemonPod(pod, isUpdated: isUpdated)
      if let node = daemon.node { pods[node, default: []].append(daemon) }
    }
    return cache.nodes.ids.map { id in
      let node = cache.nodes[id]!
      return DaemonNode(node, pods: pods[node.name] ?? [])
    }
  }

  private mutating func act(
    on decision: DaemonSetDecision, _ set: DaemonSet, _ key: UInt32, _ cache: Cluster,
    _ now: SimulationTime, _ plan: inout SyncPlan
  ) {
    let create = decision.create + decision.surgeable.prefix(decision.takeSurgeable)
    let delete = decision.delete + decision.deletable.prefix(decision.takeDeletable)
    guard !create.isEmpty || !delete.isEmpty else { return }
    memories[Int(key)].expectations.expect(
      creations: Int64(create.count), deletions: Int64(delete.count), at: now)
    let requests = create.map { request(for: set, on: $0) }
    for size in SlowStart.batches(Int64(requests.count)) {
      let start = plan.batches.reduce(0) { $0 + $1.requests.count }
      plan.then(together: Array(requests[start..<(start + Int(size))]))
    }
    let deletions = delete.compactMap { name -> ControllerRequest? in
      guard let pod = cache.podID(namespace: set.metadata.namespace, name: name) else {
        return nil
      }
      expectedDeletions[pod] = key
      var request = ControllerRequest(.mutate(.deletePod(pod, graceSeconds: nil)))
      request.toleratesNotFound = true
      request.successEvent = event(
        ReportedEvent(reason: "SuccessfulDelete", message: "Deleted pod: \(name)"), set)
      return request
    }
    plan.then(together: deletions)
  }

  private func event(_ event: ReportedEvent, _ set: DaemonSet) -> KubernetesEvent {
    KubernetesEvent(event, about: set.metadata, kind: "DaemonSet", by: .daemonSet)
  }

  private func request(for set: DaemonSet, on node: String) -> ControllerRequest {
    let owner = OwnerReference(
      kind: .daemonSet, name: set.metadata.name, uid: set.metadata.uid)
    var pod = OwnedPod(
      name: "\(set.metadata.name)-", namespace: set.metadata.namespace, owner: owner,
      template: set.template, onlyNode: node)
    pod.extraTolerations = NodeEligibility.automaticTolerations(
      for: set.template.spec, release: release)
    pod.extraLabels[WellKnownLabel.controllerRevisionHash] = PodTemplateHash.of(
      set.template.value)
    var request = ControllerRequest(.createPod(pod))
    request.successEvent = event(
      ReportedEvent(reason: "SuccessfulCreate", message: "Created pod: %pod"), set)
    request.failureEvent = event(
      ReportedEvent(.warning, reason: "FailedCreate", message: "Error creating: %error"), set)
    return request
  }

  mutating func finished(
    _ request: ControllerRequest, key: UInt32, outcome: RequestOutcome, cache: Cluster,
    now: SimulationTime
  ) {
    if case .done = outcome { return }
    switch request.operation {
    case .createPod: memories[Int(key)].expectations.observeCreation()
    case .mutate(.deletePod(let pod, _)):
      if expectedDeletions.removeValue(forKey: pod) != nil {
        memories[Int(key)].expectations.observeDeletion()
      }
    default: break
    }
  }
}
