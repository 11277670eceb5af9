import AWSObjects
import ClusterState
import Kubelet
import KubernetesObjects
import Scenarios
import SimulationKernel
import TimeUnits
import Traces

// A pod's life on its node, step by step: sandbox, images, containers, readiness, restarts, the
// end.
extension ClusterModel {
  /// The pod's sandbox is being made.
  mutating func begin(_ agent: UInt32, _ pod: PodID, in context: inout ClusterContext) {
    guard kubelets.agents[Int(agent)].workers[pod]!.isOver == false else { return }
    kubelets.agents[Int(agent)].workers[pod]!.hasStarted = true
    let delay = kubelets.draw(kubelets.latencies.sandbox.value)
    labor(.sandboxReady, agent, pod, length: delay, in: &context)
  }

  /// A step that the node's daemons work on: it takes `length` nanoseconds on a node that runs
  /// well.
  mutating func labor(
    _ step: PodStep, _ agent: UInt32, _ pod: PodID, length: Int64,
    in context: inout ClusterContext
  ) {
    guard touch(agent, at: context.now) else {
      schedule(step, agent, pod, after: length, in: &context)
      return
    }
    let course = kubelets.agents[Int(agent)].workers[pod]!.course
    begin(.step(pod, course: course, step), work: Double(length) / 1e9, agent)
  }

  mutating func schedule(
    _ step: PodStep, _ agent: UInt32, _ pod: PodID, after delay: Int64,
    in context: inout ClusterContext
  ) {
    let course = kubelets.agents[Int(agent)].workers[pod]!.course
    context.schedule(
      .kubelet(.pod(agent: agent, pod, course: course, step)), afterNanoseconds: delay)
  }

  mutating func take(
    _ step: PodStep, _ agent: UInt32, _ pod: PodID, in context: inout ClusterContext
  ) {
    switch step {
    case .sandboxReady:
      placePod(agent, pod, in: &context)
      startNext(agent, pod, in: &context)
    case .imagePulled(let container, let isInit):
      pulled(agent, pod, Int(container), isInit, in: &context)
    case .started(let container, let isInit):
      started(agent, pod, Int(container), isInit, in: &context)
    case .ready(let container): becameReady(agent, pod, Int(container), in: &context)
    case .exited(let container, let isInit):
      vacate(agent, pod, Int(container), isInit, in: &context)
      // A workload's own exit code is about its containers; its init containers succeed.
      let code = isInit ? 0 : kubelets.agents[Int(agent)].workers[pod]!.behavior?.exitCode ?? 0
      exited(agent, pod, Int(container), isInit, code, in: &context)
    case .noticed(let container):
      exited(agent, pod, Int(container), false, OOMKill.exitCode, in: &context)
    case .restart(let container): prepare(agent, pod, Int(container), false, in: &context)
    case .graceOver:
      guard touch(agent, at: context.now) else { return killed(agent, pod, in: &context) }
      let work = Int64(loads!.figures[.killCPU] * 1e9)
      labor(.killed, agent, pod, length: work, in: &context)
    case .killed: killed(agent, pod, in: &context)
    case .cleanedUp: cleanedUp(agent, pod, in: &context)
    case .evicted: wasEvicted(agent, pod, in: &context)
    }
  }

  // Init containers one after the other, then the containers in their order.
  private mutating func startNext(
    _ agent: UInt32, _ pod: PodID, in context: inout ClusterContext
  ) {
    let worker = kubelets.agents[Int(agent)].workers[pod]!
    for (index, status) in worker.status.initContainers.enumerated() {
      switch status.state {
      case .waiting: return prepare(agent, pod, index, true, in: &context)
      case .running: if !worker.spec.initContainers[index].isSidecar { return }
      case .terminated: continue
      }
    }
    if worker.status.condition(.initialized)?.status == .false {
      kubelets.agents[Int(agent)].workers[pod]!.status.set(.initialized, .true, at: context.now)
    }
    let next = worker.status.containers.firstIndex { status in
      if case .waiting(let reason) = status.state { reason == "ContainerCreating" } else { false }
    }
    if let next { prepare(agent, pod, next, false, in: &context) }
  }

  // MARK: Images

  private mutating func prepare(
    _ agent: UInt32, _ pod: PodID, _ index: Int, _ isInit: Bool,
    in context: inout ClusterContext
  ) {
    let worker = kubelets.agents[Int(agent)].workers[pod]!
    let container = isInit ? worker.spec.initContainers[index] : worker.spec.containers[index]
    let here = kubelets.agents[Int(agent)].images[container.image]
    let step = PodStep.imagePulled(container: UInt16(index), isInit: isInit)
    if let here, here <= context.now {
      sayAsKubelet(
        worker, "Pulled",
        "Container image \"\(container.image)\" already present on machine", in: &context)
      createContainer(agent, pod, index, isInit, in: &context)
    } else if let here {
      // Another pod's pull of the same image is under way.
      schedule(step, agent, pod, after: (here - context.now).nanoseconds, in: &context)
    } else if let done = kubelets.agents[Int(agent)].pulls[container.image] {
      wait(for: done, step, agent, pod, at: context.now)
    } else {
      sayAsKubelet(worker, "Pulling", "Pulling image \"\(container.image)\"", in: &context)
      let delay = kubelets.draw(kubelets.latencies.imagePull.value)
      notePull(of: container.image, length: delay, agent, at: context.now)
      labor(step, agent, pod, length: delay, in: &context)
    }
  }

  private mutating func pulled(
    _ agent: UInt32, _ pod: PodID, _ index: Int, _ isInit: Bool,
    in context: inout ClusterContext
  ) {
    let worker = kubelets.agents[Int(agent)].workers[pod]!
    let container = isInit ? worker.spec.initContainers[index] : worker.spec.containers[index]
    if kubelets.agents[Int(agent)].pulls.removeValue(forKey: container.image) != nil {
      kubelets.agents[Int(agent)].images[container.image] = context.now
    }
    sayAsKubelet(
      worker, "Pulled", "Successfully pulled image \"\(container.image)\"", in: &context)
    createContainer(agent, pod, index, isInit, in: &context)
  }

  private mutating func createContainer(
    _ agent: UInt32, _ pod: PodID, _ index: Int, _ isInit: Bool,
    in context: inout ClusterContext
  ) {
    let delay = kubelets.draw(kubelets.latencies.containerStart.value)
    labor(
      .started(container: UInt16(index), isInit: isInit), agent, pod, length: delay, in: &context)
  }

  // MARK: Running

  private mutating func started(
    _ agent: UInt32, _ pod: PodID, _ index: Int, _ isInit: Bool,
    in context: inout ClusterContext
  ) {
    let worker = kubelets.agents[Int(agent)].workers[pod]!
    let container = isInit ? worker.spec.initContainers[index] : worker.spec.containers[index]
    sayAsKubelet(worker, "Created", "Created container \(container.name)", in: &context)
    sayAsKubelet(worker, "Started", "Started container \(container.name)", in: &context)
    change(agent, pod, isInit, index) { $0.state = .running(since: context.now) }
    occupy(agent, pod, index, isInit, in: &context)
    if isInit, !container.isSidecar {
      let run = kubelets.draw(worker.behavior?.runsFor ?? kubelets.latencies.initRun.value)
      schedule(
        .exited(container: UInt16(index), isInit: true), agent, pod, after: run, in: &context)
      return
    }
    if !isInit {
      if let law = worker.behavior?.runsFor {
        schedule(
          .exited(container: UInt16(index), isInit: false), agent, pod,
          after: kubelets.draw(law), in: &context)
      }
      scheduleReadiness(agent, pod, index, container, worker.behavior, in: &context)
    }
    updatePhase(agent, pod, in: &context)
    startNext(agent, pod, in: &context)
  }

  // Without a readiness probe a container is ready as it starts; with one, at the first probe after
  // its initial delay that finds the application up.
  mutating func scheduleReadiness(
    _ agent: UInt32, _ pod: PodID, _ index: Int, _ container: Container,
    _ behavior: ContainerBehavior?, in context: inout ClusterContext
  ) {
    guard let probe = container.readinessProbe ?? container.startupProbe else {
      becameReady(agent, pod, index, in: &context)
      return
    }
    let startup = kubelets.draw(behavior?.startup ?? kubelets.latencies.startup.value)
    let second: Int64 = 1_000_000_000
    let first = probe.initialDelaySeconds * second
    let period = max(probe.periodSeconds, 1) * second
    let probes =
      max(0, (startup - first + period - 1) / period) + max(probe.successThreshold, 1) - 1
    schedule(
      .ready(container: UInt16(index)), agent, pod, after: first + probes * period, in: &context)
  }

  private mutating func becameReady(
    _ agent: UInt32, _ pod: PodID, _ index: Int, in context: inout ClusterContext
  ) {
    guard case .running = kubelets.agents[Int(agent)].workers[pod]!.status.containers[index].state
    else { return }
    change(agent, pod, false, index) { $0.ready = true }
    updatePhase(agent, pod, in: &context)
  }

  private mutating func change(
    _ agent: UInt32, _ pod: PodID, _ isInit: Bool, _ index: Int,
    _ body: (inout ContainerStatus) -> Void
  ) {
    if isInit {
      body(&kubelets.agents[Int(agent)].workers[pod]!.status.initContainers[index])
    } else {
      body(&kubelets.agents[Int(agent)].workers[pod]!.status.containers[index])
    }
  }

  /// Recomputes phase and readiness from the containers, and reports what changed.
  mutating func updatePhase(_ agent: UInt32, _ pod: PodID, in context: inout ClusterContext) {
    var worker = kubelets.agents[Int(agent)].workers[pod]!
    worker.status.phase = PodPhase.decide(worker.status, spec: worker.spec)
    let ready =
      worker.status.phase == .running && worker.status.containers.allSatisfy(\.ready)
      && !worker.isTerminating
    for condition in [PodCondition.Kind.containersReady, .ready] {
      worker.status.set(
        condition, ready ? .true : .false, reason: ready ? "" : "ContainersNotReady",
        at: context.now)
    }
    if worker.status.phase.isTerminal, !worker.isOver {
      worker.isOver = true
      worker.course += 1
      kubelets.agents[Int(agent)].holdings.remove(worker.blueprint.value)
      kubelets.agents[Int(agent)].workers[pod] = worker
      leaveMachine(agent, pod, in: &context)
    } else {
      kubelets.agents[Int(agent)].workers[pod] = worker
    }
    scheduleReport(agent, pod, in: &context)
  }

  // MARK: Ends

  private mutating func exited(
    _ agent: UInt32, _ pod: PodID, _ index: Int, _ isInit: Bool, _ code: Int32,
    in context: inout ClusterContext
  ) {
    let worker = kubelets.agents[Int(agent)].workers[pod]!
    let killed = isInit ? "" : worker.killReasons[index]
    if !isInit { kubelets.agents[Int(agent)].workers[pod]!.killReasons[index] = "" }
    change(agent, pod, isInit, index) { Self.end(&$0, code, reason: killed, at: context.now) }
    if isInit {
      updatePhase(agent, pod, in: &context)
      startNext(agent, pod, in: &context)
      return
    }
    let policy = worker.spec.restartPolicy
    if !worker.isTerminating, policy == .always || (policy == .onFailure && code != 0) {
      restart(agent, pod, index, in: &context)
    }
    updatePhase(agent, pod, in: &context)
  }

  static func end(
    _ status: inout ContainerStatus, _ code: Int32, reason: String = "", at now: SimulationTime
  ) {
    var startedAt = now
    if case .running(let since) = status.state { startedAt = since }
    let termination = ContainerStatus.Termination(
      exitCode: code, reason: reason.isEmpty ? code == 0 ? "Completed" : "Error" : reason,
      startedAt: startedAt, finishedAt: now)
    status.state = .terminated(termination)
    status.lastTermination = termination
    status.ready = false
  }

  private mutating func restart(
    _ agent: UInt32, _ pod: PodID, _ index: Int, in context: inout ClusterContext
  ) {
    let wait = kubelets.agents[Int(agent)].workers[pod]!.backoffs[index].nextDelay(
      finishedAt: context.now)
    let worker = kubelets.agents[Int(agent)].workers[pod]!
    let container = worker.spec.containers[index].name
    change(agent, pod, false, index) { status in
      status.restartCount += 1
      if wait > .zero { status.state = .waiting(reason: "CrashLoopBackOff") }
    }
    if wait > .zero {
      sayAsKubelet(
        worker, "BackOff",
        "Back-off restarting failed container \(container) in pod \(worker.name)_"
          + "\(worker.namespace)", type: .warning, in: &context)
    }
    context.record(
      .podRestarted(
        PodName(namespace: worker.namespace, name: worker.name), container: container,
        reason: wait > .zero ? "CrashLoopBackOff" : "Restarted"))
    schedule(
      .restart(container: UInt16(index)), agent, pod, after: wait.nanoseconds, in: &context)
  }

  /// A deletion has been seen: containers get SIGTERM, and SIGKILL when the grace is over.
  mutating func beginTermination(
    _ agent: UInt32, _ pod: PodID, graceSeconds: Int64, in context: inout ClusterContext
  ) {
    guard var worker = kubelets.agents[Int(agent)].workers[pod], !worker.isTerminating else {
      return
    }
    worker.isTerminating = true
    if worker.eviction != nil, !worker.isOver {
      // Its containers are being ended already; what remains is removed after that.
      kubelets.agents[Int(agent)].workers[pod] = worker
      return
    }
    worker.course += 1
    kubelets.agents[Int(agent)].workers[pod] = worker
    for container in worker.spec.containers where worker.hasStarted && !worker.isOver {
      sayAsKubelet(worker, "Killing", "Stopping container \(container.name)", in: &context)
    }
    guard worker.hasStarted, !worker.isOver else {
      schedule(.killed, agent, pod, after: 0, in: &context)
      return
    }
    let own = kubelets.draw(worker.behavior?.termination ?? kubelets.latencies.termination.value)
    let preStop = worker.spec.containers.compactMap(\.preStopSeconds).max() ?? 0
    // The runtime gives at least two seconds after SIGTERM ([36] `kuberuntime_container.go`).
    let grace = max(graceSeconds, 2) * 1_000_000_000
    let needed = preStop * 1_000_000_000 + own
    schedule(.graceOver, agent, pod, after: min(needed, grace), in: &context)
    updatePhase(agent, pod, in: &context)
  }

  private mutating func killed(
    _ agent: UInt32, _ pod: PodID, in context: inout ClusterContext
  ) {
    leaveMachine(agent, pod, in: &context)
    var worker = kubelets.agents[Int(agent)].workers[pod]!
    for index in worker.status.containers.indices {
      if case .terminated = worker.status.containers[index].state { continue }
      Self.end(&worker.status.containers[index], 0, at: context.now)
    }
    worker.course += 1
    if !worker.isOver {
      worker.isOver = true
      kubelets.agents[Int(agent)].holdings.remove(worker.blueprint.value)
      // [36] a pod that ends its containers well while being deleted is Succeeded.
      worker.status.phase = .succeeded
    }
    kubelets.agents[Int(agent)].workers[pod] = worker
    scheduleReport(agent, pod, in: &context)
    let cleanup = kubelets.draw(kubelets.latencies.cleanup.value)
    if touch(agent, at: context.now) {
      labor(.cleanedUp, agent, pod, length: cleanup, in: &context)
      return
    }
    let effect = kubelets.agents[Int(agent)].client.effectTime(
      of: context.now.advanced(byNanoseconds: cleanup))
    context.schedule(.kubelet(.remove(agent: agent, pod)), at: effect)
  }

  private mutating func cleanedUp(
    _ agent: UInt32, _ pod: PodID, in context: inout ClusterContext
  ) {
    let effect = kubelets.agents[Int(agent)].client.effectTime(of: context.now)
    context.schedule(.kubelet(.remove(agent: agent, pod)), at: effect)
  }

  mutating func removeRemains(
    _ agent: UInt32, _ pod: PodID, in context: inout ClusterContext
  ) {
    guard kubelets.agents[Int(agent)].isRunning == true, cluster.pods.contains(pod) else { return }
    _ = try? write(.deletePod(pod, graceSeconds: 0), in: &context)
  }
}
