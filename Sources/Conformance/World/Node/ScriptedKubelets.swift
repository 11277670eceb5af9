import KubeControllers
import KubernetesObjects
import TimeUnits

/// The scheduler and the kubelets as the driver of the recordings emulates them: by rules.
final class ScriptedKubelets: Watching {
  private unowned let world: World
  private var machines: [String: Machine] = [:]
  /// By pod: raised by whatever makes earlier plans for it void.
  private var plans: [UID: Int] = [:]

  /// A machine with its kubelet; it outlives its Node object but does nothing without one.
  private struct Machine {
    var isRunning = true
    /// What the kubelet itself says.
    var ready = true
    var postedAt: Int64 = 0
    var leasePhase: Int64
    /// Raised when the kubelet stops: ticks planned before are void.
    var generation = 0
  }

  private static let period: Int64 = 10_000_000_000

  init(_ world: World) { self.world = world }

  /// Called before anything else: the nodes of the case are there and Ready.
  func start() {
    guard machines.isEmpty else { return }
    for node in world.recorded.nodes { add(node, isInitial: true) }
  }

  // MARK: Nodes

  func add(_ scripted: ScriptedNode, isInitial: Bool) {
    var labels = scripted.labels
    labels[WellKnownLabel.hostname] = scripted.name
    if let zone = scripted.zone { labels[WellKnownLabel.zone] = zone }
    var node = Node(metadata: ObjectMeta(name: scripted.name, namespace: "", labels: labels))
    node.taints = scripted.taints
    let isReady = isInitial || scripted.readyDelayNanoseconds ?? 0 <= 0
    machines[scripted.name] = Machine(
      ready: isReady, postedAt: world.now, leasePhase: scripted.leasePhaseNanoseconds)
    setConditions(&node, ready: isReady)
    if !isInitial { node.taints.append(Taint(key: Taint.Key.notReady, effect: .noSchedule)) }
    world.heartbeats[scripted.name] = world.now
    if world.recorded.hasLeases { world.leases[scripted.name] = (world.now, world.now) }
    if !isInitial {
      world.observe(
        .nodeReady(
          node: node.name, ready: isReady ? "True/KubeletReady" : "False/KubeletNotReady"))
      world.observe(.nodeTaints(node: node.name, taints: node.taints.map(World.text).sorted()))
    }
    world.createNode(node)
    if !isInitial, !world.recorded.controllers.contains("nodelifecycle") {
      // Nobody else would take the taint away.
      world.changeNode(node.name) { $0.taints.removeAll { $0.key == Taint.Key.notReady } }
    }
    if world.recorded.hasLeases { scheduleTick(scripted.name, from: world.now) }
    guard !isReady, let delay = scripted.readyDelayNanoseconds else { return }
    world.after(delay) { [unowned self] in
      guard machines[scripted.name]?.isRunning ?? false else { return }
      post(scripted.name, ready: true)
    }
  }

  private func setConditions(_ node: inout Node, ready: Bool) {
    let now = world.apiTime
    node.status.set(.memoryPressure, .false, reason: "KubeletHasSufficientMemory", at: now)
    node.status.set(.diskPressure, .false, reason: "KubeletHasNoDiskPressure", at: now)
    node.status.set(.pidPressure, .false, reason: "KubeletHasSufficientPID", at: now)
    node.status.set(
      .ready, ready ? .true : .false, reason: ready ? "KubeletReady" : "KubeletNotReady", at: now)
  }

  /// The kubelet posts its status at once, with this Ready.
  func post(_ name: String, ready: Bool) {
    machines[name]?.ready = ready
    machines[name]?.postedAt = world.now
    world.heartbeats[name] = world.now
    world.changeNode(name) { setConditions(&$0, ready: ready) }
  }

  func stop(_ name: String) {
    machines[name]?.isRunning = false
    machines[name]?.generation += 1
  }

  /// The kubelet is back a millisecond before its next tick.
  func resume(_ name: String) {
    guard let machine = machines[name], !machine.isRunning else { return }
    let tick = nextTick(machine, after: world.now)
    let back = max(world.now, tick - 1_000_000)
    world.at(back) { [unowned self] in
      guard world.nodes[name] != nil else { return }
      machines[name]?.isRunning = true
      machines[name]?.generation += 1
      for pod in world.pods(on: name) { plan(pod) }
      scheduleTick(name, from: world.now)
    }
  }

  private func nextTick(_ machine: Machine, after time: Int64) -> Int64 {
    let past = time - machine.leasePhase
    guard past >= 0 else { return machine.leasePhase }
    return machine.leasePhase + (past / Self.period + 1) * Self.period
  }

  private func scheduleTick(_ name: String, from time: Int64) {
    guard let machine = machines[name] else { return }
    let generation = machine.generation
    world.at(nextTick(machine, after: time)) { [unowned self] in
      guard machines[name]?.generation == generation, world.nodes[name] != nil else { return }
      tick(name)
      scheduleTick(name, from: world.now)
    }
  }

  private func tick(_ name: String) {
    guard let machine = machines[name], machine.isRunning, let node = world.nodes[name] else {
      return
    }
    world.leases[name] = (world.now, world.leases[name]?.last ?? world.now)
    let own: ConditionStatus = machine.ready ? .true : .false
    let differs = node.status.condition(.ready)?.status != own
    guard differs || world.now - machine.postedAt >= 300_000_000_000 else { return }
    post(name, ready: machine.ready)
    for pod in world.pods(on: name) where markedNotReady.contains(pod.uid) && !pod.isTerminating {
      world.setReady(pod.name, true)
      markedNotReady.remove(pod.uid)
    }
  }

  /// Pods that the control plane marked not ready although their kubelet says otherwise.
  var markedNotReady: Set<UID> = []

  func isRunning(_ node: String?) -> Bool {
    guard let node else { return true }
    return world.nodes[node] != nil && machines[node]?.isRunning ?? false
  }

  // MARK: Pods

  func podChanged(_ old: WorldPod?, _ new: WorldPod?) {
    guard let new else {
      if let old { plans[old.uid] = nil }
      return
    }
    guard let old else {
      scheduleBinding(new)
      return
    }
    let deleted = !old.isTerminating && new.isTerminating
    let bound = old.pod.nodeName == nil && new.pod.nodeName != nil
    if deleted || bound { plan(new) }
  }

  private func delay(_ list: [Double], _ pod: WorldPod) -> Int64? {
    guard !list.isEmpty else { return nil }
    let seconds = list[pod.number % list.count]
    guard seconds >= 0 else { return nil }
    return nanoseconds(seconds) + world.recorded.skewNanoseconds * Int64(pod.number % 600)
  }

  private func plan(_ pod: WorldPod, after delay: Int64, _ action: @escaping (WorldPod) -> Void) {
    let current = plans[pod.uid, default: 0]
    // A nanosecond late: of timers for one instant the controllers' fire first.
    world.after(delay + 1) { [unowned self] in
      guard plans[pod.uid, default: 0] == current, let pod = world.pods[pod.name],
        isRunning(pod.pod.nodeName)
      else { return }
      action(pod)
    }
  }

  // What the kubelet does next with a pod, from now on.
  private func plan(_ pod: WorldPod) {
    guard pod.pod.nodeName != nil else { return }
    plans[pod.uid, default: 0] += 1
    if pod.isTerminating {
      terminate(pod)
    } else if pod.pod.status.phase == .pending {
      guard let delay = delay(pod.rule.startDelay, pod) else { return }
      plan(pod, after: delay) { [unowned self] in run($0) }
    } else if pod.pod.status.phase == .running, !pod.pod.status.isReady {
      if markedNotReady.contains(pod.uid) { return }
      becomeReady(pod)
    }
  }

  private func run(_ pod: WorldPod) {
    let name = pod.name
    world.changePod(name) {
      $0.pod.status.phase = .running
      $0.pod.status.startTime = world.apiTime
      $0.pod.status.set(.ready, .false, reason: "ContainersNotReady", at: world.apiTime)
      let containers = $0.pod.spec.value.spec.containers
      $0.pod.status.containers = containers.map { ContainerStatus(name: $0.name) }
    }
    guard let pod = world.pods[name] else { return }
    becomeReady(pod)
    exit(pod, restartsLeft: pod.rule.restarts[pod.number % pod.rule.restarts.count])
  }

  // The container ends after its time; while restarts are left it begins again in its place.
  private func exit(_ pod: WorldPod, restartsLeft: Int64) {
    guard let delay = delay(pod.rule.exitAfter, pod) else { return }
    plan(pod, after: delay) { [unowned self] pod in
      guard pod.pod.status.phase == .running else { return }
      if restartsLeft > 0 {
        world.changePod(pod.name) { $0.pod.status.containers[0].restartCount += 1 }
        exit(pod, restartsLeft: restartsLeft - 1)
        return
      }
      end(pod.name, code: pod.rule.exitCode[pod.number % pod.rule.exitCode.count])
    }
  }

  private func end(_ name: String, code: Int64) {
    world.changePod(name) {
      $0.pod.status.phase = code == 0 ? .succeeded : .failed
      $0.pod.status.set(.ready, .false, reason: "PodCompleted", at: world.apiTime)
      Self.terminateContainers(&$0.pod, code: code, at: world.apiTime)
    }
  }

  private static func terminateContainers(_ pod: inout Pod, code: Int64, at time: SimulationTime) {
    for index in pod.status.containers.indices {
      pod.status.containers[index].state = .terminated(
        ContainerStatus.Termination(
          exitCode: Int32(clamping: code), reason: code == 0 ? "Completed" : "Error",
          startedAt: time, finishedAt: time))
    }
  }

  private func becomeReady(_ pod: WorldPod) {
    guard let delay = delay(pod.rule.readyDelay, pod) else { return }
    plan(pod, after: delay) { [unowned self] pod in
      guard pod.pod.status.phase == .running else { return }
      world.setReady(pod.name, true)
    }
  }

  private func terminate(_ pod: WorldPod) {
    let grace = (pod.pod.metadata.deletionGracePeriodSeconds ?? 30) * 1_000_000_000
    guard let delay = delay(pod.rule.termination, pod) else { return }
    plan(pod, after: min(delay, grace)) { [unowned self] in finishTermination($0) }
  }

  /// The containers have ended: the pod is Succeeded or Failed, and then gone.
  func finishTermination(_ pod: WorldPod) {
    world.changePod(pod.name) {
      $0.pod.status.phase = $0.rule.terminationExitCode == 0 ? .succeeded : .failed
      Self.terminateContainers(&$0.pod, code: $0.rule.terminationExitCode, at: world.apiTime)
      $0.pod.status.set(.ready, .false, reason: "PodCompleted", at: world.apiTime)
    }
    world.removePod(pod.name)
  }

  // MARK: Binding

  private func scheduleBinding(_ pod: WorldPod) {
    if pod.pod.nodeName != nil {
      plan(pod)
      return
    }
    guard !pod.rule.neverBinds, let delay = delay(pod.rule.bindDelay, pod) else { return }
    tryBinding(pod, after: delay)
  }

  private func tryBinding(_ pod: WorldPod, after delay: Int64) {
    let uid = pod.uid
    world.after(delay) { [unowned self] in
      guard let pod = world.pods[pod.name], pod.uid == uid, pod.pod.nodeName == nil,
        !pod.isTerminating, !pod.pod.status.phase.isTerminal
      else { return }
      guard let node = ScriptedBinding.node(for: pod, in: world) else {
        tryBinding(pod, after: 1_000_000_000)
        return
      }
      world.changePod(pod.name) {
        $0.pod.nodeName = node
        $0.pod.status.set(.scheduled, .true, at: world.apiTime)
      }
    }
  }
}
