import ClusterState
import Kubelet
import KubernetesObjects
import Scenarios
import SimulationKernel
import TimeUnits
import Traces

// A kubelet's life: registration, heartbeats, and the pods that its watch brings.
extension ClusterModel {
  mutating func handle(_ event: KubeletEvent, in context: inout ClusterContext) {
    switch event {
    case .register(let agent, let life):
      if isLive(agent, life) { registerAgain(agent, in: &context) }
    case .nodeReady(let agent, let life):
      if isLive(agent, life) { becomeReady(agent, in: &context) }
    case .heartbeat(let agent, let life):
      guard isLive(agent, life) else { return }
      if touch(agent, at: context.now) {
        begin(.heartbeat, work: heartbeatWork, agent)
      } else {
        beat(agent, in: &context)
      }
    case .machine(let agent, let life):
      guard isLive(agent, life) else { return }
      kubelets.agents[Int(agent)].machineEvent = nil
      _ = touch(agent, at: context.now)
    case .evictionPass(let agent, let life):
      guard isLive(agent, life), touch(agent, at: context.now) else { return }
      begin(.evictionPass, work: loads!.figures[.evictionCPU], agent)
    case .pod(let agent, let pod, let course, let step):
      guard kubelets.agents[Int(agent)].course(of: pod) == course else { return }
      take(step, agent, pod, in: &context)
    case .report(let agent, let pod): report(agent, pod, in: &context)
    case .remove(let agent, let pod): removeRemains(agent, pod, in: &context)
    }
  }

  /// CPU seconds of one heartbeat: a whole node status in 1.11, a lease since 1.14.
  private var heartbeatWork: Double {
    loads!.figures[parameters.release == .v1_11 ? .heartbeatCPU : .leaseCPU]
  }

  private func isLive(_ agent: UInt32, _ life: UInt32) -> Bool {
    kubelets.agents[Int(agent)].isRunning && kubelets.agents[Int(agent)].life == life
  }

  // MARK: Machine

  /// The machine has booted: it registers now and is Ready after `readyAfter` nanoseconds.
  mutating func startKubelet(
    _ agent: UInt32, readyAfter: Int64, in context: inout ClusterContext
  ) {
    kubelets.agents[Int(agent)].isRunning = true
    let life = kubelets.agents[Int(agent)].life
    startMachine(agent, in: &context)
    register(agent, in: &context)
    context.schedule(
      .kubelet(.nodeReady(agent: agent, life: life)), afterNanoseconds: readyAfter)
  }

  /// The machine stops: containers are gone, and nobody tells the API server.
  mutating func stopKubelet(_ agent: UInt32, in context: inout ClusterContext) {
    stopMachine(agent, in: &context)
    kubelets.agents[Int(agent)].isRunning = false
    kubelets.agents[Int(agent)].isReady = false
    kubelets.agents[Int(agent)].life += 1
    kubelets.agents[Int(agent)].workers = [:]
    kubelets.agents[Int(agent)].holdings = PodAdmission.Holdings()
  }

  mutating func register(_ agent: UInt32, in context: inout ClusterContext) {
    var node = kubelets.agents[Int(agent)].registration
    let life = kubelets.agents[Int(agent)].life
    if let known = cluster.nodeID(name: node.name) {
      kubelets.agents[Int(agent)].node = known
    } else {
      node.metadata.uid = identifiers.nextUID()
      node.status.set(
        .ready, .false, reason: "KubeletNotReady",
        message: "container runtime network not ready: NetworkReady=false "
          + "reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not "
          + "initialized", at: context.now)
      // [36] admission TaintNodesByCondition; in 1.11 the scheduler looks at the condition instead.
      if parameters.release != .v1_11 {
        node.taints.append(Taint(key: Taint.Key.notReady, effect: .noSchedule))
      }
      if case .node(let id)? = try? write(.createNode(node), in: &context) {
        kubelets.agents[Int(agent)].node = id
      }
    }
    if kubelets.isGiven(agent) {
      renewForEver(agent, in: &context)
    } else {
      renewLease(agent, in: context)
    }
    for pod in cluster.podIDs(onNode: kubelets.agents[Int(agent)].node!) {
      if let object = cluster.pods[pod] { consider(object, pod, agent, in: &context) }
    }
    if !kubelets.isGiven(agent) { scheduleHeartbeat(agent, life, in: &context) }
  }

  private mutating func becomeReady(_ agent: UInt32, in context: inout ClusterContext) {
    kubelets.agents[Int(agent)].isReady = true
    postReady(agent, in: &context)
    for pod in kubelets.agents[Int(agent)].podIDs
    where !kubelets.agents[Int(agent)].workers[pod]!.hasStarted {
      begin(agent, pod, in: &context)
    }
  }

  mutating func postReady(_ agent: UInt32, in context: inout ClusterContext) {
    guard let id = kubelets.agents[Int(agent)].node, let node = cluster.nodes[id] else { return }
    let ready = NodeCondition(
      type: .ready, status: .true, reason: "KubeletReady",
      message: "kubelet is posting ready status", lastTransition: context.now)
    guard !node.status.isReady else { return }
    _ = try? write(.setNodeConditions(id, [ready]), in: &context)
    context.record(
      .event(
        KubernetesEvent(
          reason: "NodeReady", message: "Node \(node.name) status is now: NodeReady",
          kind: "Node", namespace: "", name: node.name, source: "kubelet"), count: 1))
  }

  // MARK: Heartbeat

  // [36] client-go `component-helpers/apimachinery/lease`: every 10 s with 4 % of jitter.
  private mutating func scheduleHeartbeat(
    _ agent: UInt32, _ life: UInt32, in context: inout ClusterContext
  ) {
    let jitter = streams.heartbeatJitter()
    context.schedule(
      .kubelet(.heartbeat(agent: agent, life: life)),
      afterNanoseconds: 10_000_000_000 + Int64(400_000_000 * jitter))
  }

  mutating func beat(_ agent: UInt32, in context: inout ClusterContext) {
    let life = kubelets.agents[Int(agent)].life
    scheduleHeartbeat(agent, life, in: &context)
    if let id = kubelets.agents[Int(agent)].node, !cluster.nodes.contains(id) {
      // Somebody deleted the Node object; a living kubelet registers again.
      register(agent, in: &context)
    }
    renewLease(agent, in: context)
    guard kubelets.agents[Int(agent)].isReady, let id = kubelets.agents[Int(agent)].node else {
      return
    }
    postPressure(agent, id, in: &context)
    if postRuntimeDown(agent, id, in: &context) { return }
    guard !cluster.nodeSummaries[Int(id.raw)].isReady else { return }
    postReady(agent, in: &context)
    restoreReadiness(agent, in: &context)
  }

  // The node controller marked the pods not ready while it heard nothing; the kubelet knows better.
  private mutating func restoreReadiness(_ agent: UInt32, in context: inout ClusterContext) {
    for pod in kubelets.agents[Int(agent)].podIDs {
      let worker = kubelets.agents[Int(agent)].workers[pod]!
      guard let stored = cluster.pods[pod], stored.status.isReady != worker.status.isReady else {
        continue
      }
      scheduleReport(agent, pod, in: &context)
    }
  }

  // A lease goes to the API server and to the node controller's cache at once: beside its look
  // every five seconds the milliseconds of a watch do not show.
  private mutating func renewLease(_ agent: UInt32, in context: borrowing ClusterContext) {
    guard let id = kubelets.agents[Int(agent)].node else { return }
    cluster.renewLease(id, at: context.now)
    controllerManager.cache.renewLease(id, at: context.now)
  }

  // MARK: Watch

  /// What a kubelet's watch brings about a pod of its node.
  mutating func observeAsKubelet(_ event: WatchEvent, in context: inout ClusterContext) {
    if case .node(.deleted, _, let node) = event { missNode(node, in: &context) }
    guard case .pod(let change, let id, let pod) = event, let node = pod.nodeName,
      let agent = kubelets.agentsByNode[node], kubelets.agents[Int(agent)].isRunning
    else { return }
    if change == .deleted {
      forget(agent, id, in: &context)
      return
    }
    consider(pod, id, agent, in: &context)
  }

  private mutating func consider(
    _ pod: Pod, _ id: PodID, _ agent: UInt32, in context: inout ClusterContext
  ) {
    if kubelets.agents[Int(agent)].workers[id] == nil {
      guard !pod.status.phase.isTerminal else { return }
      admit(pod, id, agent, in: &context)
    }
    if pod.metadata.isTerminating {
      beginTermination(
        agent, id, graceSeconds: pod.metadata.deletionGracePeriodSeconds ?? 30, in: &context)
    }
  }

  private mutating func admit(
    _ pod: Pod, _ id: PodID, _ agent: UInt32, in context: inout ClusterContext
  ) {
    guard let nodeID = kubelets.agents[Int(agent)].node, let node = cluster.nodes[nodeID] else {
      return
    }
    let found = kubelets.agents[Int(agent)]
    let names = ownNames(of: pod)
    var worker = PodWorker(pod, workload: names[0], behavior: behavior(of: pod, names))
    let decision = PodAdmission.decide(
      pod.spec.value, on: node, allocatable: found.allocatable, maxPods: found.maxPods,
      beside: found.holdings)
    if let refusal = refusal(decision, pod.spec.value.spec, agent) {
      let (reason, message) = refusal
      worker.isOver = true
      worker.status.phase = .failed
      worker.status.reason = reason
      worker.status.message = message
      worker.status.startTime = context.now
      kubelets.agents[Int(agent)].workers[id] = worker
      sayAsKubelet(worker, reason, message, type: .warning, in: &context)
      scheduleReport(agent, id, in: &context)
      return
    }
    kubelets.agents[Int(agent)].holdings.add(pod.spec.value)
    worker.status.startTime = context.now
    for condition in [PodCondition.Kind.initialized, .ready, .containersReady] {
      let isInit = condition == .initialized
      worker.status.set(
        condition, isInit && worker.spec.initContainers.isEmpty ? .true : .false,
        reason: isInit ? "" : "ContainersNotReady", at: context.now)
    }
    kubelets.agents[Int(agent)].workers[id] = worker
    scheduleReport(agent, id, in: &context)
    // Pods on the host's network do not wait for the node's; what keeps a given node from being
    // Ready is not known, and nothing starts on it.
    if found.isReady || worker.spec.hostNetwork && !kubelets.isGiven(agent) {
      begin(agent, id, in: &context)
    }
  }

  /// Why the kubelet refuses a pod: it has no room, or it is under pressure.
  private func refusal(
    _ decision: PodAdmission.Decision, _ spec: PodSpec, _ agent: UInt32
  ) -> (reason: String, message: String)? {
    if case .reject(let reason, let message) = decision { return (reason, message) }
    let conditions = kubelets.agents[Int(agent)].evictionMemory.conditions
    if conditions.isEmpty { return nil }
    let isCritical = EvictionPod(name: "", spec: spec).isCritical
    switch PressureAdmission.decide(spec, isCritical: isCritical, under: conditions) {
    case .admit: return nil
    case .reject(let messages): return (PodEviction.reason, messages[0])
    }
  }

  /// The workload a pod belongs to, then what else it may be called by: its Deployment, its owner,
  /// itself.
  func ownNames(of pod: Pod) -> [String] {
    guard let owner = pod.metadata.owner else { return [pod.metadata.name] }
    var names = [owner.name, pod.metadata.name]
    if owner.kind == .replicaSet,
      let id = cluster.replicaSetID(namespace: pod.metadata.namespace, name: owner.name),
      let deployment = cluster.replicaSets[id]?.metadata.owner
    {
      names.insert(deployment.name, at: 0)
    }
    return names
  }

  func behavior(of pod: Pod, _ names: [String]) -> ContainerBehavior? {
    guard !kubelets.behaviors.isEmpty else { return nil }
    let all = names + pod.spec.value.spec.containers.map(\.name)
    return all.lazy.compactMap { kubelets.behaviors[$0] }.first
  }

  mutating func forget(_ agent: UInt32, _ id: PodID, in context: inout ClusterContext) {
    leaveMachine(agent, id, in: &context)
    guard let worker = kubelets.agents[Int(agent)].workers.removeValue(forKey: id) else { return }
    if !worker.isOver { kubelets.agents[Int(agent)].holdings.remove(worker.blueprint.value) }
    // Its eviction will not come to an end of its own: the manager goes on.
    if worker.eviction != nil, !worker.isOver { resumeEviction(agent, in: &context) }
  }

  // MARK: Reporting

  func sayAsKubelet(
    _ worker: PodWorker, _ reason: String, _ message: String,
    type: KubernetesEvent.Kind = .normal, in context: inout ClusterContext
  ) {
    guard context.isRecording else { return }
    context.record(
      .event(
        KubernetesEvent(
          type: type, reason: reason, message: message, kind: "Pod",
          namespace: worker.namespace, name: worker.name, source: "kubelet"), count: 1))
  }

  /// Lines up a status write; changes until it goes out travel with it.
  mutating func scheduleReport(
    _ agent: UInt32, _ pod: PodID, in context: inout ClusterContext
  ) {
    guard !kubelets.agents[Int(agent)].workers[pod]!.isReporting else { return }
    kubelets.agents[Int(agent)].workers[pod]!.isReporting = true
    let effect = kubelets.agents[Int(agent)].client.effectTime(of: context.now)
    context.schedule(.kubelet(.report(agent: agent, pod)), at: effect)
  }

  // The kubelet owns the status but for the conditions that others set.
  private mutating func report(_ agent: UInt32, _ pod: PodID, in context: inout ClusterContext) {
    guard let worker = kubelets.agents[Int(agent)].workers[pod], let stored = cluster.pods[pod]
    else { return }
    kubelets.agents[Int(agent)].workers[pod]!.isReporting = false
    var status = worker.status
    for condition in stored.status.conditions
    where condition.type == .scheduled || condition.type == .disruptionTarget {
      status.set(
        condition.type, condition.status, reason: condition.reason, message: condition.message,
        at: condition.lastTransition)
    }
    status.nominatedNodeName = stored.status.nominatedNodeName
    _ = try? write(.setPodStatus(pod, status), in: &context)
  }
}
