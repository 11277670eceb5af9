import ClusterState
import Kubelet
import KubernetesObjects
import NodeModel
import Scenarios
import SimulationKernel
import TimeUnits
import Traces

// The eviction manager's loop on a loaded node: a pass is a job of the daemons; after an eviction
// it waits for the pod's end and goes on, else it rests for ten seconds.
extension ClusterModel {
  /// A pass has gathered its statistics, and decides.
  mutating func passEviction(_ agent: UInt32, in context: inout ClusterContext) {
    guard touch(agent, at: context.now) else { return }
    let observations = observations(agent, at: context.now)
    var memory = kubelets.agents[Int(agent)].evictionMemory
    // Only limits of local storage would need the pods here, and disks are not modeled.
    let manager = loads!.evictionManager
    let decision = manager.synchronize(
      &memory, observations: observations, pods: [], at: context.now)
    kubelets.agents[Int(agent)].evictionMemory = memory
    guard case .starved(let starvations) = decision, let starvation = starvations.first else {
      scheduleEvictionPass(agent, after: EvictionManager.monitoringInterval, in: &context)
      return
    }
    sayOfNode(
      agent, Starvation.eventReason, starvation.eventMessage, type: .warning, in: &context)
    let (ids, pods) = evictionPods(agent)
    let victims = manager.victims(
      of: starvation, among: starvations, observations: observations, pods: pods)
    guard let victim = victims.best.first else {
      scheduleEvictionPass(agent, after: EvictionManager.monitoringInterval, in: &context)
      return
    }
    evict(victim, ids[victim.pod], agent, in: &context)
  }

  private mutating func scheduleEvictionPass(
    _ agent: UInt32, after delay: Duration, in context: inout ClusterContext
  ) {
    context.schedule(
      .kubelet(.evictionPass(agent: agent, life: kubelets.agents[Int(agent)].life)), after: delay)
  }

  private func observations(_ agent: UInt32, at now: SimulationTime) -> SignalObservations {
    func bytes(_ mebibytes: Double) -> Int64 { Int64(mebibytes * 256) * 4_096 }
    let hardware = kubelets.agents[Int(agent)].machine!.hardware
    var observations = SignalObservations()
    observations[.memoryAvailable] = SignalObservations.Observation(
      available: bytes(kubelets.agents[Int(agent)].machine!.availableMemory),
      capacity: bytes(hardware.memory), time: now)
    let limit = hardware.podMemoryLimit ?? hardware.memory
    let left = limit - kubelets.agents[Int(agent)].machine!.podMemory
    observations[.allocatableMemoryAvailable] = SignalObservations.Observation(
      available: bytes(max(0, left)), capacity: bytes(limit), time: now)
    return observations
  }

  /// The pods that run, oldest first, with what they use.
  private func evictionPods(_ agent: UInt32) -> (ids: [PodID], pods: [EvictionPod]) {
    let home = Int(agent)
    let ids = kubelets.agents[home].workers.compactMap { id, worker in
      !worker.isOver && worker.cgroup != nil ? id : nil
    }.sorted()
    let overhead = Int64(loads!.parameters.podOverhead * 1_048_576)
    let pods = ids.map { id in
      let worker = kubelets.agents[home].workers[id]!
      var usage = PodUsage()
      for (index, container) in worker.spec.containers.enumerated() {
        guard let place = worker.places[index] else { continue }
        var part = PodUsage.ContainerUsage(name: container.name)
        part.memory =
          Int64(kubelets.agents[home].machine!.usage(of: place).memory * 256) * 4_096
        usage.memory += part.memory
        usage.containers.append(part)
      }
      usage.memory += overhead
      return EvictionPod(name: worker.name, spec: worker.spec, usage: usage)
    }
    return (ids, pods)
  }

  // The manager waits while the pod's containers are ended; hardly any time is granted to them.
  private mutating func evict(
    _ eviction: PodEviction, _ pod: PodID, _ agent: UInt32, in context: inout ClusterContext
  ) {
    let message = eviction.texts.first?.message ?? ""
    kubelets.agents[Int(agent)].workers[pod]!.eviction = message
    kubelets.agents[Int(agent)].workers[pod]!.course += 1
    sayAsKubelet(
      kubelets.agents[Int(agent)].workers[pod]!, PodEviction.reason, message, type: .warning,
      in: &context)
    for container in kubelets.agents[Int(agent)].workers[pod]!.spec.containers {
      sayAsKubelet(
        kubelets.agents[Int(agent)].workers[pod]!, "Killing",
        "Stopping container \(container.name)", in: &context)
    }
    labor(
      .evicted, agent, pod, length: Int64(loads!.figures[.killCPU] * 1e9), in: &context)
  }

  /// The containers of an evicted pod have ended: the pod is Failed, and stays as an object.
  mutating func wasEvicted(
    _ agent: UInt32, _ pod: PodID, in context: inout ClusterContext
  ) {
    leaveMachine(agent, pod, in: &context)
    var worker = kubelets.agents[Int(agent)].workers[pod]!
    for index in worker.status.containers.indices {
      if case .terminated = worker.status.containers[index].state { continue }
      Self.end(&worker.status.containers[index], OOMKill.exitCode, at: context.now)
    }
    // [11] the status of an evicted pod says nothing of its containers.
    if parameters.release == .v1_11 { worker.status.containers = [] }
    worker.isOver = true
    // Whatever was on its way to this pod comes too late.
    worker.course += 1
    worker.status.phase = .failed
    worker.status.reason = PodEviction.reason
    worker.status.message = worker.eviction ?? ""
    for condition in [PodCondition.Kind.containersReady, .ready] {
      worker.status.set(condition, .false, reason: "PodFailed", at: context.now)
    }
    kubelets.agents[Int(agent)].holdings.remove(worker.blueprint.value)
    kubelets.agents[Int(agent)].workers[pod] = worker
    scheduleReport(agent, pod, in: &context)
    if worker.isTerminating { schedule(.graceOver, agent, pod, after: 0, in: &context) }
    resumeEviction(agent, in: &context)
  }

  /// An evicted pod is gone: the next pass begins when the manager looks again.
  mutating func resumeEviction(_ agent: UInt32, in context: inout ClusterContext) {
    scheduleEvictionPass(agent, after: EvictionManager.cleanupPollInterval, in: &context)
  }
}
