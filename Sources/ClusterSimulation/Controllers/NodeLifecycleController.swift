import ClusterState
import KubeControllers
import KubernetesObjects
import TimeUnits

/// Watches over heartbeats, taints silent nodes and marks their pods:
/// `node_lifecycle_controller.go`.
///
/// Key 0 is the eviction pass over the zones' queues; key n + 1 is the NoSchedule pass of node n.
struct NodeLifecycleController: Controller {
  static let name = ControllerName.nodeLifecycle
  let release: KubernetesRelease
  private let options: NodeLifecycleOptions
  /// By node id.
  private var healths: [NodeHealth?] = []
  /// Each node's place in `queues`, by node id; -1 before it was looked up.
  private var places: [Int32] = []
  private var zones = ZoneStates()
  /// In the order the zones were first seen.
  private var queues: [(zone: String, queue: RateLimitedNodeQueue)] = []
  /// Whether the last look found nothing to do and no later one can, until a node changes: no lease
  /// ever ends. A run of months on a dump's nodes would else spend its time on looks.
  private var isStill = false

  init(release: KubernetesRelease) {
    self.release = release
    options = NodeLifecycleOptions(release: release)
  }

  var periodSeconds: Int64? { options.nodeMonitorPeriod / 1_000_000_000 }

  mutating func observe(
    _ change: ObservedChange, cache: Cluster, now: SimulationTime, keys: inout KeyRequests
  ) {
    guard case .node(let id, let old, let node, let kind) = change else { return }
    isStill = false
    if kind == .deleted {
      if Int(id.raw) < healths.count { healths[Int(id.raw)] = nil }
      for index in queues.indices { queues[index].queue.remove(node.name) }
      return
    }
    // Taints follow conditions from 1.12 on.
    guard release != .v1_11 else { return }
    if let old, old.status.conditions == node.status.conditions, old.taints == node.taints,
      old.unschedulable == node.unschedulable
    {
      return
    }
    keys.add(id.raw + 1)
  }

  mutating func sync(_ key: UInt32, cache: Cluster, now: SimulationTime) -> SyncPlan {
    key == 0 ? evictionPass(cache, now) : noSchedulePass(NodeID(raw: key - 1), cache)
  }

  private func noSchedulePass(_ id: NodeID, _ cache: Cluster) -> SyncPlan {
    var plan = SyncPlan()
    guard let node = cache.nodes[id],
      let taints = ConditionTaints(
        conditions: node.status.conditions, unschedulable: node.unschedulable,
        taints: node.taints)
    else { return plan }
    plan.then(.mutate(.patchNodeTaints(id, add: taints.add, remove: taints.remove)))
    return plan
  }

  // MARK: Monitoring

  mutating func tick(
    cache: Cluster, now: SimulationTime, keys: inout KeyRequests
  ) -> SyncPlan {
    var plan = SyncPlan()
    if isStill { return plan }
    var endsNever = true
    var censuses = queues.map { ZoneCensus(zone: $0.zone, ready: 0, notReady: 0) }
    for (raw, summary) in cache.nodeSummaries.enumerated() where summary.exists {
      let id = NodeID(raw: UInt32(raw))
      if endsNever { endsNever = cache.leaseRenewal(of: id) == .distantFuture }
      let zone = zonePlace(of: id, cache, now)
      while censuses.count <= zone {
        censuses.append(ZoneCensus(zone: queues[censuses.count].zone, ready: 0, notReady: 0))
      }
      if isQuiet(id, summary, cache, now) || judge(id, cache, now, &plan, &keys) {
        censuses[zone].ready += 1
      } else {
        censuses[zone].notReady += 1
      }
    }
    censuses.removeAll { $0.ready + $0.notReady == 0 }
    for change in zones.update(censuses, options: options) {
      apply(change, cache, now, &plan)
    }
    if queues.contains(where: { !$0.queue.isEmpty }) { keys.add(0) }
    // [11] empties a node that has not been Ready for a while: there time alone brings something.
    isStill =
      endsNever && plan.batches.isEmpty && keys.now.isEmpty
      && (release != .v1_11 || censuses.allSatisfy { $0.notReady == 0 })
    return plan
  }

  /// Whether a node needs no judgement: it is Ready, bears no taint and has just renewed its lease.
  private mutating func isQuiet(
    _ id: NodeID, _ summary: NodeSummary, _ cache: Cluster, _ now: SimulationTime
  ) -> Bool {
    let index = Int(id.raw)
    guard summary.isReady, !summary.hasTaints, index < healths.count,
      healths[index]?.ready == .true
    else { return false }
    let renewal = cache.leaseRenewal(of: id)
    if renewal == .distantFuture { return true }
    if healths[index]!.leaseRenewal != renewal {
      healths[index]!.leaseRenewal = renewal
      healths[index]!.probe = now
      return true
    }
    // Nothing new, but nothing overdue either.
    return now.nanoseconds - healths[index]!.probe.nanoseconds < options.nodeMonitorGracePeriod
  }

  /// The place of a node's zone among the queues, looked up once a node.
  private mutating func zonePlace(
    of id: NodeID, _ cache: Cluster, _ now: SimulationTime
  ) -> Int {
    while places.count <= Int(id.raw) { places.append(-1) }
    if places[Int(id.raw)] < 0, let node = cache.nodes[id] {
      places[Int(id.raw)] = Int32(queueIndex(of: node, now))
    }
    return Int(places[Int(id.raw)])
  }

  private mutating func judge(
    _ id: NodeID, _ cache: Cluster, _ now: SimulationTime, _ plan: inout SyncPlan,
    _ keys: inout KeyRequests
  ) -> Bool {
    guard let node = cache.nodes[id] else { return false }
    while healths.count <= Int(id.raw) { healths.append(nil) }
    let judgement = NodeMonitor.judge(
      NodeObservation(
        name: node.name, zone: Self.zone(of: node), created: node.metadata.creationTime,
        taints: node.taints, conditions: node.status.conditions, heartbeat: nil,
        leaseRenewal: renewal(of: id, cache, now)),
      health: &healths[Int(id.raw)], options: options, at: now)
    if let conditions = judgement.conditions {
      plan.then(.mutate(.setNodeConditions(id, conditions)))
    }
    if judgement.becameNotReady { markPods(of: node, id, cache, now, &plan) }
    follow(judgement, node, id, now, &plan)
    return judgement.after == .true
  }

  /// A lease that never ends has always just been renewed.
  private func renewal(
    of id: NodeID, _ cache: Cluster, _ now: SimulationTime
  ) -> SimulationTime? {
    cache.leaseRenewal(of: id).map { min($0, now) }
  }

  private mutating func follow(
    _ judgement: NodeJudgement, _ node: Node, _ id: NodeID, _ now: SimulationTime,
    _ plan: inout SyncPlan
  ) {
    if release == .v1_11 {
      // The controller itself evicts what has been silent for the eviction timeout.
      let index = queueIndex(of: node, now)
      if judgement.after == .true {
        queues[index].queue.remove(node.name)
      } else if let health = healths[Int(id.raw)],
        health.readyTransition.advanced(byNanoseconds: options.podEvictionTimeout) < now
      {
        queues[index].queue.add(node.name, at: now)
      }
      return
    }
    switch judgement.evictionTaint {
    case .none: break
    case .queue: queues[queueIndex(of: node, now)].queue.add(node.name, at: now)
    case .swap(let to, let from):
      plan.then(
        .mutate(
          .patchNodeTaints(
            id, add: [Taint(key: to, effect: .noExecute)],
            remove: [Taint(key: from, effect: .noExecute)])))
    case .remove:
      queues[queueIndex(of: node, now)].queue.remove(node.name)
      removeNoExecute(from: node, id, &plan)
    }
  }

  private func removeNoExecute(from node: Node, _ id: NodeID, _ plan: inout SyncPlan) {
    let gone = node.taints.filter {
      $0.effect == .noExecute && ($0.key == Taint.Key.notReady || $0.key == Taint.Key.unreachable)
    }
    if !gone.isEmpty { plan.then(.mutate(.patchNodeTaints(id, add: [], remove: gone))) }
  }

  private func markPods(
    of node: Node, _ id: NodeID, _ cache: Cluster, _ now: SimulationTime, _ plan: inout SyncPlan
  ) {
    plan.then(
      .say(
        KubernetesEvent(
          NodeMonitor.statusEvent(node: node.name), about: node.metadata, kind: "Node",
          by: .nodeLifecycle)))
    for podID in cache.podIDs(onNode: id) {
      guard let pod = cache.pods[podID], pod.status.isReady else { continue }
      let notReady = PodCondition(
        type: .ready, status: .false, lastTransition: now)
      var request = ControllerRequest.mutate(
        .setPodConditions(podID, [notReady]),
        says: KubernetesEvent(
          NodeMonitor.podEvent, about: pod.metadata, kind: "Pod", by: .nodeLifecycle))
      request.toleratesNotFound = true
      plan.then(request)
    }
  }

  // MARK: Zones

  private static func zone(of node: Node) -> String {
    let labels = node.metadata.labels
    let region = labels[WellKnownLabel.region] ?? labels[WellKnownLabel.regionBeta] ?? ""
    let zone = labels[WellKnownLabel.zone] ?? labels[WellKnownLabel.zoneBeta] ?? ""
    return region.isEmpty && zone.isEmpty ? "" : "\(region):\(zone)"
  }

  private mutating func queueIndex(of node: Node, _ now: SimulationTime) -> Int {
    queueIndex(zone: Self.zone(of: node), now)
  }

  private mutating func queueIndex(zone: String, _ now: SimulationTime) -> Int {
    if let index = queues.firstIndex(where: { $0.zone == zone }) { return index }
    queues.append(
      (zone, RateLimitedNodeQueue(nodesPerSecond: options.nodeEvictionRate, at: now)))
    return queues.count - 1
  }

  private mutating func apply(
    _ change: ZoneStates.Change, _ cache: Cluster, _ now: SimulationTime, _ plan: inout SyncPlan
  ) {
    switch change {
    case .setRate(let zone, let rate):
      queues[queueIndex(zone: zone, now)].queue.setRate(rate, at: now)
    case .restartProbes:
      for index in healths.indices {
        healths[index]?.probe = now
        healths[index]?.readyTransition = now
      }
    case .stopEvictions:
      cache.nodes.forEach { id, node in
        if release != .v1_11 { removeNoExecute(from: node, id, &plan) }
        queues[queueIndex(of: node, now)].queue.remove(node.name)
      }
    }
  }

  // MARK: Evicting

  // The queues are polled every 100 ms while anything waits in them.
  private mutating func evictionPass(_ cache: Cluster, _ now: SimulationTime) -> SyncPlan {
    var plan = SyncPlan()
    for index in queues.indices {
      guard let name = queues[index].queue.next(at: now).first else { continue }
      queues[index].queue.finish(name)
      guard let id = cache.nodeID(name: name), let node = cache.nodes[id] else { continue }
      if release == .v1_11 {
        evictPods(of: id, cache, &plan)
        continue
      }
      guard
        let key = NodeMonitor.noExecuteKey(for: node.status.condition(.ready)?.status)
      else { continue }
      let other = key == Taint.Key.notReady ? Taint.Key.unreachable : Taint.Key.notReady
      plan.then(
        .mutate(
          .patchNodeTaints(
            id, add: [Taint(key: key, effect: .noExecute)],
            remove: [Taint(key: other, effect: .noExecute)])))
    }
    if queues.contains(where: { !$0.queue.isEmpty }) {
      plan.requeueAfterNanoseconds = 100_000_000
    }
    return plan
  }

  private func evictPods(of id: NodeID, _ cache: Cluster, _ plan: inout SyncPlan) {
    for podID in cache.podIDs(onNode: id) {
      guard let pod = cache.pods[podID], !pod.metadata.isTerminating,
        pod.metadata.owner?.kind != .daemonSet
      else { continue }
      var request = ControllerRequest.mutate(
        .deletePod(podID, graceSeconds: nil),
        says: KubernetesEvent(
          ReportedEvent(
            reason: "NodeControllerEviction",
            message: "Marking for deletion Pod \(pod.metadata.name) from Node \(pod.nodeName ?? "")"
          ), about: pod.metadata, kind: "Pod", by: .nodeLifecycle))
      request.toleratesNotFound = true
      plan.then(request)
    }
  }
}
