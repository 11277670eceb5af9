import ClusterAutoscaler
import ClusterState
import EC2AutoScaling
import KubernetesObjects
import NodeModel
import SimulationKernel
import TimeUnits
import Traces

// cluster-autoscaler's cadence: it runs where its pod runs, and as fast as its machine lets it.
extension ClusterModel {
  mutating func handle(_ event: AutoscalerProcessEvent, in context: inout ClusterContext) {
    switch event {
    case .loop(let life):
      guard life == autoscaler.life, autoscaler.process != nil else { return }
      beginLoop(in: &context)
    case .worked(let life):
      guard life == autoscaler.life, autoscaler.process?.isWorking == true else { return }
      runAutoscalerLoop(in: &context)
    case .deletion(let index): advanceDeletion(Int(index), in: &context)
    }
  }

  /// Takes notice of the program's own pods.
  mutating func noteAutoscaler(
    _ change: WatchChange, _ id: PodID, _ pod: Pod, in context: inout ClusterContext
  ) {
    if change == .added, AutoscalerState.isAutoscaler(pod.spec.value.spec) {
      autoscaler.pods.append(id)
    }
    guard !autoscaler.pods.isEmpty else { return }
    if autoscaler.pods.contains(id) {
      if change == .deleted { autoscaler.pods.removeAll { $0 == id } }
      superviseAutoscaler(in: &context)
    } else if change == .modified, pod.nodeName == nil {
      noteUnschedulable(pod, in: &context)
    }
  }

  private func isRunning(_ pod: Pod) -> Bool {
    pod.status.phase == .running && !pod.metadata.isTerminating
      && pod.status.containers.contains { status in
        if case .running = status.state { true } else { false }
      }
  }

  /// Starts the program when a pod of it runs, and forgets all when that pod stops.
  private mutating func superviseAutoscaler(in context: inout ClusterContext) {
    if let process = autoscaler.process {
      if let pod = cluster.pods[process.pod], isRunning(pod),
        pod.status.containers.first?.restartCount == process.restarts
      {
        return
      }
      if let waiting = process.waiting { context.cancel(waiting) }
      autoscaler.process = nil
      autoscaler.life += 1
    }
    guard
      let id = autoscaler.pods.first(where: { cluster.pods[$0].map(isRunning) ?? false }),
      let pod = cluster.pods[id]
    else { return }
    let release: AutoscalerRelease = parameters.release == .v1_11 ? .v1_13 : .v1_36
    let options = AutoscalerOptions.of(
      pod.spec.value.spec, and: autoscaler.flags, release: release)
    // A wrong expander stops the real program at its start; files are checked before a run.
    guard let loop = try? ClusterAutoscalerLoop(options: options, startedAt: context.now) else {
      return
    }
    autoscaler.life += 1
    autoscaler.process = AutoscalerState.Process(
      pod: id, restarts: pod.status.containers.first?.restartCount ?? 0, loop: loop,
      belief: AWSNodeGroups(options: options))
    scheduleLoop(after: options.scanInterval, in: &context)
  }

  private mutating func scheduleLoop(after wait: Duration, in context: inout ClusterContext) {
    autoscaler.process!.waiting = context.schedule(
      .autoscaler(.loop(life: autoscaler.life)), after: wait, priority: .control)
  }

  /// A pod that has just become unschedulable brings the next loop forward.
  private mutating func noteUnschedulable(_ pod: Pod, in context: inout ClusterContext) {
    guard let process = autoscaler.process, process.loop.options.frequentLoopsEnabled,
      process.loop.options.release != .v1_13,
      let condition = pod.status.condition(.scheduled), condition.status == .false,
      condition.reason == "Unschedulable",
      condition.lastTransition + .seconds(10) >= context.now
    else { return }
    if let waiting = process.waiting {
      context.cancel(waiting)
      scheduleLoop(after: .zero, in: &context)
    } else {
      autoscaler.process!.hasToken = true
    }
  }

  // MARK: One loop

  /// The loop's computing goes through the queue of its container, and waits as the machine makes
  /// it wait.
  private mutating func beginLoop(in context: inout ClusterContext) {
    autoscaler.process!.waiting = nil
    autoscaler.process!.isWorking = true
    autoscaler.process!.loopStart = context.now
    let pending = pendingPods.count
    let work = AutoscalerState.work(
      pending: pending, groups: autoscaler.process!.belief.groups.count)
    if let (agent, place) = autoscalerPlace, touch(agent, at: context.now) {
      kubelets.agents[Int(agent)].machine!.arrive(
        AutoscalerState.workRequest, cpuSeconds: work, at: place)
      return
    }
    context.schedule(
      .autoscaler(.worked(life: autoscaler.life)), after: .rounded(seconds: work),
      priority: .control)
  }

  /// Where the program's container runs, if its machine is modeled.
  private var autoscalerPlace: (agent: UInt32, place: UInt32)? {
    guard loads != nil, let process = autoscaler.process,
      let name = cluster.pods[process.pod]?.nodeName, let agent = kubelets.agentsByNode[name],
      kubelets.agents[Int(agent)].hasMachine,
      let worker = kubelets.agents[Int(agent)].workers[process.pod]
    else { return nil }
    for place in worker.places {
      if let place, kubelets.agents[Int(agent)].machine!.serves(at: place) {
        return (agent, place)
      }
    }
    return nil
  }

  /// The computing of a loop is done: it acts, and the next is planned.
  mutating func runAutoscalerLoop(in context: inout ClusterContext) {
    guard autoscaler.process?.isWorking == true else { return }
    autoscaler.process!.isWorking = false
    let start = autoscaler.process!.loopStart
    actOnLoop(in: &context)
    guard autoscaler.process != nil else { return }
    let wait = autoscaler.process!.loop.wait(afterLoopStartedAt: start)
    let isTriggered = autoscaler.process!.hasToken
    autoscaler.process!.hasToken = false
    scheduleLoop(after: isTriggered ? .zero : wait, in: &context)
  }

  private mutating func actOnLoop(in context: inout ClusterContext) {
    var process = autoscaler.process!
    let options = process.loop.options
    do throws(AWSError) {
      try process.belief.refresh(
        from: &world.cloud, machines: autoscaler.machines, at: context.now)
    } catch {
      // The loop ends here: only the metric tells.
      autoscaler.totals.errors += 1
      autoscaler.process = process
      recordTotals(in: &context)
      return
    }
    let observation = observe(process, at: context.now)
    // One value a loop, so that what is left to chance in one loop does not move the next.
    var ties = RandomStream(key: autoscaler.ties.next())
    swap(&ties, &autoscaler.ties)
    var actions = AutoscalerActions(
      cloud: world.cloud, belief: process.belief, ties: autoscaler.ties,
      totals: autoscaler.totals, options: options, now: context.now)
    swap(&ties, &autoscaler.ties)
    let report = process.loop.runOnce(observation, in: &actions)
    process.belief = actions.belief
    autoscaler.totals = actions.totals
    autoscaler.process = process
    for action in actions.actions { perform(action, observation.groups, in: &context) }
    record(report, observation, in: &context)
  }

  private mutating func perform(
    _ action: AutoscalerActions.Action, _ groups: [NodeGroup], in context: inout ClusterContext
  ) {
    switch action {
    case .call(let mutation): _ = try? callCloud(mutation, in: &context)
    case .describe(let group):
      _ = try? world.cloud.describeAutoScalingGroups([group], at: context.now)
    case .begin(let deletion, let drains):
      begin(deletion, groups[deletion.group].id, drains: drains, in: &context)
    case .untaint(let names):
      for name in names {
        guard let id = cluster.nodeID(name: name) else { continue }
        removeDeletionTaint(id, in: &context)
      }
    case .mark(let adding, let removing):
      let taint = Taint(key: AutoscalerTaint.deletionCandidate, effect: .preferNoSchedule)
      for name in removing {
        guard let id = cluster.nodeID(name: name) else { continue }
        _ = try? write(.patchNodeTaints(id, add: [], remove: [taint]), in: &context)
      }
      for name in adding {
        guard let id = cluster.nodeID(name: name) else { continue }
        _ = try? write(.patchNodeTaints(id, add: [taint], remove: []), in: &context)
      }
    case .tell(let event): tell(event, in: &context)
    }
  }
}
