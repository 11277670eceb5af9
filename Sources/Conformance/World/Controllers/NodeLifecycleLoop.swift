import KubeControllers
import KubernetesObjects
import TimeUnits

/// The node lifecycle controller in a recorded world: a look at all nodes every five seconds, one
/// at the eviction queues every tenth of a second, and workers that follow changes of nodes.
final class NodeLifecycleLoop: QueueLoop {
  private let options = NodeLifecycleOptions()
  private var health: [String: NodeHealth] = [:]
  private var known: [String] = []
  private var zones = ZoneStates()
  private var queues: [(zone: String, queue: RateLimitedNodeQueue)] = []
  /// When the last look at the eviction queues ended.
  private var passEnded: Int64 = 0
  private var passIsPlanned = false
  private var isPassing = false

  init(_ world: World) { super.init(world, client: Client(world, extra: 100_000), workers: 8) }

  override func start() { world.at(0) { [unowned self] in monitor() } }

  // MARK: Monitoring

  private func monitor() {
    let nodes = world.nodes.all
    for node in nodes where !known.contains(node.name) {
      known.append(node.name)
      queueIndex(of: Self.zone(of: node))
      client.report(
        ReportedEvent(
          reason: "RegisteredNode",
          message: "Node \(node.name) event: Registered Node \(node.name) in Controller"),
        kind: "Node", name: node.name)
    }
    for name in known where world.nodes[name] == nil {
      known.removeAll { $0 == name }
      health[name] = nil
      client.report(
        ReportedEvent(
          reason: "RemovingNode",
          message: "Node \(name) event: Removing Node \(name) from Controller"),
        kind: "Node", name: name)
    }
    var judged: [(node: Node, ready: ConditionStatus)] = []
    var left = nodes[...]
    var working = 0
    let finish = { [unowned self] in
      handleDisruption(judged) { [unowned self] in
        world.after(options.nodeMonitorPeriod) { [unowned self] in monitor() }
      }
    }
    guard !nodes.isEmpty else { return finish() }
    // Eight nodes at a time.
    func takeNext() {
      guard let node = left.popFirst() else {
        working -= 1
        if working == 0 { finish() }
        return
      }
      look(at: node) { ready in
        if let ready { judged.append((node, ready)) }
        takeNext()
      }
    }
    working = min(8, nodes.count)
    for _ in 0..<working { takeNext() }
  }

  private static func zone(of node: Node) -> String { node.zone ?? "" }

  private func look(at node: Node, done: @escaping (ConditionStatus?) -> Void) {
    let name = node.name
    let observation = NodeObservation(
      name: name, zone: Self.zone(of: node), created: node.metadata.creationTime,
      taints: node.taints, conditions: node.status.conditions,
      heartbeat: world.heartbeats[name].map { SimulationTime(nanoseconds: $0) },
      leaseRenewal: seenRenewal(of: name))
    var memory = health[name]
    let judgement = NodeMonitor.judge(
      observation, health: &memory, options: options, at: world.time)
    guard let conditions = judgement.conditions else {
      health[name] = memory
      return act(on: judgement, node, done)
    }
    writeConditions(conditions, node, attempt: 0) { [unowned self] written in
      guard written else { return done(nil) }
      health[name] = memory
      act(on: judgement, node, done)
    }
  }

  // A renewal in the very instant of the look is not seen yet.
  private func seenRenewal(of name: String) -> SimulationTime? {
    world.leases[name].map {
      SimulationTime(nanoseconds: $0.last == world.now ? $0.before : $0.last)
    }
  }

  // Five attempts, 20 ms apart.
  private func writeConditions(
    _ conditions: [NodeCondition], _ node: Node, attempt: Int, done: @escaping (Bool) -> Void
  ) {
    client.request { [unowned self] in
      let result = world.changeNode(node.name, expecting: node.metadata.resourceVersion) {
        $0.status.conditions = conditions.map { condition in
          var condition = condition
          condition.lastTransition = world.apiTime(condition.lastTransition)
          return condition
        }
      }
      if case .success = result { return done(true) }
      guard attempt < 4, let fresh = world.nodes[node.name] else { return done(false) }
      client.request { [unowned self] in
        world.after(20_000_000) { [unowned self] in
          writeConditions(conditions, fresh, attempt: attempt + 1, done: done)
        }
      }
    }
  }

  private func act(
    on judgement: NodeJudgement, _ node: Node, _ done: @escaping (ConditionStatus?) -> Void
  ) {
    let name = node.name
    let zone = queueIndex(of: Self.zone(of: node))
    let next = { [unowned self] in
      guard judgement.becameNotReady else { return done(judgement.after) }
      client.report(NodeMonitor.statusEvent(node: name), kind: "Node", name: name)
      markPodsNotReady(world.pods(on: name)[...]) { done(judgement.after) }
    }
    switch judgement.evictionTaint {
    case .none: next()
    case .queue:
      let key = NodeMonitor.noExecuteKey(for: judgement.after) ?? ""
      if !node.taints.contains(where: { $0.key == key && $0.effect == .noExecute }) {
        queues[zone].queue.forget(name)
      }
      queues[zone].queue.add(name, at: world.time)
      planPass()
      next()
    case .swap(let to, let from):
      // Against the NoSchedule patch of the same instant either may win.
      if world.hints.nextTaints(of: name, after: world.now, include: to) {
        swapTaints(name, to: to, from: from) { next() }
      } else {
        world.after(1) { [unowned self] in swapTaints(name, to: to, from: from) { next() } }
      }
    case .remove: markReachable(name, then: next)
    }
  }

  private func markPodsNotReady(_ pods: ArraySlice<WorldPod>, then next: @escaping () -> Void) {
    guard let pod = pods.first else { return next() }
    let rest = pods.dropFirst()
    guard let current = world.pods[pod.name], current.pod.status.isReady else {
      return markPodsNotReady(rest, then: next)
    }
    client.request { [unowned self] in
      world.kubelets.markedNotReady.insert(pod.uid)
      world.setReady(pod.name, false)
      client.report(NodeMonitor.podEvent, kind: "Pod", name: pod.name)
      markPodsNotReady(rest, then: next)
    }
  }

  // A pod that is bound to a node known as not ready is marked at once.
  override func podChanged(_ old: WorldPod?, _ new: WorldPod?) {
    guard let new, let node = new.pod.nodeName, old?.pod.nodeName != node,
      let ready = health[node]?.ready, ready != .true
    else { return }
    markPodsNotReady([new]) {}
  }

  // MARK: Disruption

  private func handleDisruption(
    _ judged: [(node: Node, ready: ConditionStatus)], then next: @escaping () -> Void
  ) {
    var census: [ZoneCensus] = []
    for (node, ready) in judged {
      let zone = Self.zone(of: node)
      let index = census.firstIndex { $0.zone == zone }
      if let index {
        census[index].ready += ready == .true ? 1 : 0
        census[index].notReady += ready == .true ? 0 : 1
      } else {
        census.append(
          ZoneCensus(
            zone: zone, ready: ready == .true ? 1 : 0, notReady: ready == .true ? 0 : 1))
      }
    }
    let changes = zones.update(census, options: options)
    apply(changes[...], to: judged.map(\.node.name), then: next)
  }

  private func apply(
    _ changes: ArraySlice<ZoneStates.Change>, to nodes: [String], then next: @escaping () -> Void
  ) {
    guard let change = changes.first else { return next() }
    let rest = { [unowned self] in apply(changes.dropFirst(), to: nodes, then: next) }
    switch change {
    case .stopEvictions: markAllReachable(nodes[...], then: rest)
    case .restartProbes:
      for name in nodes {
        health[name]?.probe = world.time
        health[name]?.readyTransition = world.time
      }
      rest()
    case .setRate(let zone, let rate):
      queues[queueIndex(of: zone)].queue.setRate(rate, at: world.time)
      planPass()
      rest()
    }
  }

  private func markAllReachable(_ nodes: ArraySlice<String>, then next: @escaping () -> Void) {
    guard let name = nodes.first else { return next() }
    markReachable(name) { [unowned self] in markAllReachable(nodes.dropFirst(), then: next) }
  }

  // MARK: Taints

  private func markReachable(_ name: String, then next: @escaping () -> Void) {
    removeTaints([Taint(key: Taint.Key.unreachable, effect: .noExecute)], name) { [unowned self] in
      removeTaints([Taint(key: Taint.Key.notReady, effect: .noExecute)], name) { [unowned self] in
        if let node = world.nodes[name] {
          queues[queueIndex(of: Self.zone(of: node))].queue.remove(name)
        }
        next()
      }
    }
  }

  private func swapTaints(
    _ name: String, to: String, from: String, then next: @escaping () -> Void
  ) {
    addTaints([Taint(key: to, effect: .noExecute)], name) { [unowned self] in
      removeTaints([Taint(key: from, effect: .noExecute)], name, then: next)
    }
  }

  private func addTaints(_ taints: [Taint], _ name: String, then next: @escaping () -> Void) {
    patchTaints(name, then: next) { node in
      node.taints.removeAll { old in
        taints.contains { $0.key == old.key && $0.effect == old.effect }
      }
      node.taints += taints
    }
  }

  private func removeTaints(_ taints: [Taint], _ name: String, then next: @escaping () -> Void) {
    func isMeant(_ taint: Taint) -> Bool {
      taints.contains { $0.key == taint.key && $0.effect == taint.effect }
    }
    // Nothing to remove costs no request.
    guard world.nodes[name]?.taints.contains(where: isMeant) ?? false else { return next() }
    patchTaints(name, then: next) { $0.taints.removeAll(where: isMeant) }
  }

  // A GET, then a PATCH on that version; a 409 is tried again after 100 to 200 ms, by chance.
  private func patchTaints(
    _ name: String, then next: @escaping () -> Void, _ body: @escaping (inout Node) -> Void
  ) {
    client.request { [unowned self] in
      guard let version = world.nodes[name]?.metadata.resourceVersion else { return next() }
      client.request { [unowned self] in
        let result = world.changeNode(name, expecting: version, body)
        guard case .failure(.conflict) = result else { return next() }
        world.hasRetriedByChance = true
        world.after(125_000_000) { [unowned self] in patchTaints(name, then: next, body) }
      }
    }
  }

  // MARK: NoSchedule

  override func nodeChanged(_ old: Node?, _ new: Node?) {
    if let new { enqueue(new.name) }
  }

  override func sync(_ key: String, done: @escaping (Bool) -> Void) {
    guard let node = world.nodes[key],
      let change = ConditionTaints(
        conditions: node.status.conditions, unschedulable: node.unschedulable,
        taints: node.taints)
    else { return done(true) }
    let remove = { [unowned self] in
      removeTaints(change.remove, key) { done(true) }
    }
    if change.add.isEmpty { remove() } else { addTaints(change.add, key, then: remove) }
  }

  // MARK: NoExecute

  private static let passPeriod: Int64 = 100_000_000

  @discardableResult
  private func queueIndex(of zone: String) -> Int {
    if let index = queues.firstIndex(where: { $0.zone == zone }) { return index }
    queues.append(
      (zone, RateLimitedNodeQueue(nodesPerSecond: options.nodeEvictionRate, at: world.time)))
    return queues.count - 1
  }

  // Passes with nothing to do take no time, so that only the next useful one is played.
  private func planPass() {
    guard !passIsPlanned, !isPassing,
      queues.contains(where: { !$0.queue.isEmpty && $0.queue.rate > 0 })
    else { return }
    passIsPlanned = true
    var periods = (world.now - passEnded + Self.passPeriod - 1) / Self.passPeriod
    // A pass in this very instant may have come too early for who was added just now.
    if passEnded + periods * Self.passPeriod == world.now,
      !world.hints.taintsSoon(world.nodes.names, after: world.now)
    {
      periods += 1
    }
    world.at(passEnded + max(1, periods) * Self.passPeriod) { [unowned self] in
      passIsPlanned = false
      pass()
    }
  }

  private func pass() {
    isPassing = true
    passZone(Array(queues.indices)[...]) { [unowned self] in
      isPassing = false
      passEnded = world.now
      planPass()
    }
  }

  private func passZone(_ indices: ArraySlice<Int>, then next: @escaping () -> Void) {
    guard let index = indices.first else { return next() }
    let rest = { [unowned self] in passZone(indices.dropFirst(), then: next) }
    let candidates = queues[index].queue.next(at: world.time)
    guard let name = world.hints.byEvictionTaint(candidates, after: world.now).first else {
      return rest()
    }
    queues[index].queue.finish(name)
    let ready = world.nodes[name]?.status.condition(.ready)?.status
    guard let key = NodeMonitor.noExecuteKey(for: ready) else { return rest() }
    let other = key == Taint.Key.notReady ? Taint.Key.unreachable : Taint.Key.notReady
    swapTaints(name, to: key, from: other, then: rest)
  }
}
