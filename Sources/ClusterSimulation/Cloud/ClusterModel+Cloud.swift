import AWSObjects
import ClusterState
import EC2AutoScaling
import Kubelet
import KubernetesObjects
import SimulationKernel
import TimeUnits
import Traces

// EC2 and its Auto Scaling groups over time: what a change sets in motion, and when.
extension ClusterModel {
  mutating func handle(_ event: CloudEvent, in context: inout ClusterContext) {
    switch event {
    case .reconcile(let group, let checkingHealth):
      reconcile(Int(group), checkingHealth, in: &context)
    case .instanceRuns(let number): enter(.running, number, in: &context)
    case .instanceStopped(let number): enter(.stopped, number, in: &context)
    case .instanceTerminated(let number): enter(.terminated, number, in: &context)
    case .booted(let number, let readyAfter):
      let state = world.cloud.instances[Int(number)].state
      guard state == .running || state == .pending else { return }
      startKubelet(
        kubelets.agent(ofInstance: number), readyAfter: readyAfter, in: &context)
    case .activityEnds(let number):
      _ = try? change(.activityEnded(ScalingActivity.ID(number)), in: &context)
    case .checkNodes: checkNodes(in: &context)
    case .hookDeadline(let number, let hook): expireHook(number, hook, in: &context)
    case .hookAnswered(let number, let hook): answerHook(number, hook, in: &context)
    case .retryLaunch(let group):
      world.retries[Int(group)] = nil
      reconcile(Int(group), false, in: &context)
    case .rebalance(let group): rebalance(Int(group), in: &context)
    case .spotNotice(let number): noticeInterruption(number, in: &context)
    case .spotTaken(let number):
      _ = try? change(.spotInterrupted(InstanceID(number)), in: &context)
    case .scheduledAction(let group, let action):
      runScheduledAction(Int(group), Int(action), in: &context)
    case .observe(let group): observe(Int(group), in: &context)
    }
  }

  /// The one way to change the cloud: through its door, traced, with what follows scheduled.
  @discardableResult
  mutating func change(
    _ mutation: CloudMutation, in context: inout ClusterContext
  ) throws(AWSError) -> [CloudChange] {
    let changes = try world.cloud.apply(mutation, at: context.now)
    for change in changes { follow(change, in: &context) }
    return changes
  }

  /// A program's API call: the gate of the API first, then the change.
  @discardableResult
  mutating func callCloud(
    _ mutation: CloudMutation, in context: inout ClusterContext
  ) throws(AWSError) -> [CloudChange] {
    try world.cloud.admit(mutation, at: context.now)
    return try change(mutation, in: &context)
  }

  private mutating func enter(
    _ state: InstanceState, _ number: UInt32, in context: inout ClusterContext
  ) {
    // A person may have changed the instance's course meanwhile.
    guard world.cloud.instances[Int(number)].state.successors.contains(state) else { return }
    _ = try? change(.instanceEntered(InstanceID(number), state), in: &context)
  }

  mutating func reconcile(
    _ index: Int, _ checkingHealth: Bool, in context: inout ClusterContext
  ) {
    let group = world.cloud.groups[index]
    var choosing = world.choosing
    let decision = GroupReconciler.decide(
      group, instances: world.cloud.instances, at: context.now, checkingHealth: checkingHealth,
      memory: world.cloud.memories[index], market: world.cloud.market,
      parameters: world.cloud.parameters, choosing: { Int(choosing.next() % UInt64($0)) })
    world.choosing = choosing
    if !decision.isEmpty { _ = try? change(.carryOut(decision), in: &context) }
    followUp(index, checkingHealth, in: &context)
  }

  // MARK: What follows

  private mutating func follow(_ change: CloudChange, in context: inout ClusterContext) {
    switch change {
    case .groupCreated(let name), .boundsChanged(let name, _, _),
      .desiredCapacityChanged(let name, _, _):
      traceCapacity(name, in: &context)
      scheduleReconcile(name, checkingHealth: false, in: &context)
    case .instanceLaunched(let id, let group): launched(id, group, in: &context)
    case .instanceStateChanged(let id, _, let state):
      traceInstance(id, in: &context)
      stateChanged(id, state, in: &context)
    case .activityStarted(let id):
      traceActivity(id, in: &context)
      if world.cloud[id].status == .inProgress { scheduleEnd(of: id, in: &context) }
    case .activityProceeds(let id): scheduleEnd(of: id, in: &context)
    case .activityEnded(let id, let status):
      traceActivity(id, in: &context)
      activityEnded(id, status, in: &context)
    case .healthChanged(_, let group, let healthy):
      if !healthy { scheduleReconcile(group, checkingHealth: true, in: &context) }
    case .processesChanged(let group):
      scheduleReconcile(group, checkingHealth: true, in: &context)
    case .lifecycleHookWaits(let id, let hook, let deadline):
      scheduleHook(id, hook, deadline, in: &context)
    case .spotInterruptionNoticed(let id, let time):
      recordInterruption(id, in: &context)
      if let group = world.cloud.group(of: id), group.capacityRebalance {
        scheduleReconcile(group.name, checkingHealth: false, in: &context)
      }
      context.schedule(.cloud(.spotTaken(number: id.number)), at: time)
    case .warmInstanceTaken(let id, _):
      boot(id, ready: drawBoot(of: id), notBefore: 0, in: &context)
    case .policiesChanged(let group): startObserving(group, in: &context)
    case .lifecycleChanged, .protectionChanged, .launchRefused: break
    }
  }

  mutating func scheduleReconcile(
    _ group: String, checkingHealth: Bool, in context: inout ClusterContext
  ) {
    guard let index = world.cloud.groups.firstIndex(where: { $0.name == group }) else { return }
    let latency = world.latency
    let delay: Int64
    if checkingHealth {
      delay =
        latency.healthNotice.value.sampleNanoseconds(using: &world.reconciling)
        + latency.replacementDelay.value.sampleNanoseconds(using: &world.reconciling)
    } else {
      delay =
        latency.reconcileDelay.value.sampleNanoseconds(using: &world.reconciling)
        + latency.runInstancesDelay.value.sampleNanoseconds(using: &world.reconciling)
    }
    context.schedule(
      .cloud(.reconcile(group: UInt16(index), checkingHealth: checkingHealth)),
      afterNanoseconds: delay)
  }

  private mutating func launched(
    _ id: InstanceID, _ group: String, in context: inout ClusterContext
  ) {
    traceInstance(id, in: &context)
    let running = world.latency.pendingToRunning.value.sampleNanoseconds(
      using: &world.reconciling)
    let ready = world.drawBoot()
    context.schedule(.cloud(.instanceRuns(number: id.number)), afterNanoseconds: running)
    addKubelet(id, group)
    scheduleInterruption(of: id, in: &context)
    // An instance of the warm pool joins the cluster when it goes into service.
    guard !isWarmed(id) else { return }
    boot(id, ready: ready, notBefore: running, in: &context)
  }

  // The machine registers some time before it is Ready, but never before it runs.
  mutating func boot(
    _ id: InstanceID, ready: Int64, notBefore running: Int64, in context: inout ClusterContext
  ) {
    let gap = kubelets.draw(kubelets.latencies.registrationToReady.value)
    let registers = max(running + 1, ready - gap)
    context.schedule(
      .cloud(
        .booted(number: id.number, readyAfterNanoseconds: max(0, ready - registers))),
      afterNanoseconds: registers)
  }

  /// Gives an instance the kubelet that will start when it has booted.
  mutating func addKubelet(_ id: InstanceID, _ group: String) {
    let instance = world.cloud[id]
    let node = world.registration(of: instance, group: group) { name in
      kubelets.agentsByNode[name].map(kubelets.isGiven) ?? false
    }
    kubelets.add(
      KubeletAgent(registration: node, client: parameters.kubeletClient, group: group),
      ofInstance: id.number)
  }

  private mutating func stateChanged(
    _ id: InstanceID, _ state: InstanceState, in context: inout ClusterContext
  ) {
    switch state {
    case .stopping:
      stopKubelet(kubelets.agent(ofInstance: id.number), in: &context)
      let delay = world.latency.stopping.value.sampleNanoseconds(using: &world.reconciling)
      context.schedule(.cloud(.instanceStopped(number: id.number)), afterNanoseconds: delay)
      noticeLater(id, in: &context)
    case .shuttingDown:
      stopKubelet(kubelets.agent(ofInstance: id.number), in: &context)
      let law = world.latency.terminateActivity.value
      let delay = law.sampleNanoseconds(using: &world.reconciling)
      context.schedule(.cloud(.instanceTerminated(number: id.number)), afterNanoseconds: delay)
      noticeLater(id, in: &context)
    case .pending:
      // Started again by hand: the same machine boots anew.
      let running = world.latency.pendingToRunning.value.sampleNanoseconds(
        using: &world.reconciling)
      let ready = drawBoot(of: id)
      context.schedule(.cloud(.instanceRuns(number: id.number)), afterNanoseconds: running)
      boot(id, ready: ready, notBefore: running, in: &context)
    case .running, .stopped, .terminated: break
    }
  }

  // The group's health check finds it; an instance the group itself takes out has no finding left.
  private mutating func noticeLater(_ id: InstanceID, in context: inout ClusterContext) {
    guard let group = world.cloud.group(of: id) else { return }
    scheduleReconcile(group.name, checkingHealth: true, in: &context)
  }

  private mutating func scheduleEnd(
    of id: ScalingActivity.ID, in context: inout ClusterContext
  ) {
    let activity = world.cloud[id]
    guard let instance = activity.instance else { return }
    let law: DelayLaw
    switch activity.kind {
    case .launch: law = world.latency.launchActivity.value
    case .terminate:
      let state = world.cloud[instance].state
      law =
        state == .terminated || state == .stopped
        ? world.latency.terminateActivityGone.value : world.latency.terminateActivity.value
    }
    context.schedule(
      .cloud(.activityEnds(number: id.number)),
      afterNanoseconds: law.sampleNanoseconds(using: &world.reconciling))
  }

  // MARK: Trace

  private func traceCapacity(_ name: String, in context: inout ClusterContext) {
    guard let group = world.cloud.group(named: name) else { return }
    context.record(
      .groupCapacity(
        name: name, min: Int64(group.minSize), desired: Int64(group.desiredCapacity),
        max: Int64(group.maxSize)))
  }

  func traceInstance(_ id: InstanceID, in context: inout ClusterContext) {
    let instance = world.cloud[id]
    context.record(
      .instance(
        id: "\(id)", group: world.cloud.group(of: id)?.name ?? "",
        instanceType: instance.instanceType, zone: instance.zone.name,
        state: instance.state.rawValue))
  }

  private func traceActivity(_ id: ScalingActivity.ID, in context: inout ClusterContext) {
    let activity = world.cloud[id]
    context.record(
      .scalingActivity(
        group: activity.group, description: activity.description, cause: activity.cause,
        status: activity.status.rawValue))
  }
}
