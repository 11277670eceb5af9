import ClusterState
import KubeControllers
import Kubelet
import KubernetesObjects
import SimulationKernel
import TimeUnits

// The objects that a run starts with. Of a dump, owners keep what they own and bound pods run where
// they ran; everything else is created anew.
extension ClusterModel {
  mutating func startObjects(_ objects: [ManifestObject], in context: inout ClusterContext) {
    for object in GivenOwners.resolve(objects, identifiers: &identifiers) {
      switch object {
      case .node: continue
      case .pod(let pod) where pod.nodeName != nil || pod.status.phase.isTerminal:
        keep(pod, in: &context)
      default:
        if case .failure(let refusal) = apply(object, in: &context) {
          refuse(object.kind, object.metadata, refusal)
        }
      }
    }
  }

  /// Stores a pod that was bound before the run.
  private mutating func keep(_ given: Pod, in context: inout ClusterContext) {
    var pod = admittedBefore(given)
    let agent = pod.nodeName.flatMap { kubelets.agentsByNode[$0] }
    let isHere = agent.map(kubelets.isGiven) ?? false
    if let agent, !kubelets.isGiven(agent) {
      // A machine of the run's own has run nothing before it.
      pod.status = PodStatus()
    } else if pod.status.phase == .running {
      pod.status.runBefore(context.now, pod.spec.value.spec)
    }
    pod.status.bound(by: context.now)
    let birth = min(pod.metadata.creationTime, context.now)
    do throws(Refusal) {
      guard case .pod(let id) = try write(.createPod(pod), at: birth, in: &context) else { return }
      if isHere, let agent, pod.status.phase == .running, kubelets.agents[Int(agent)].isRunning {
        goOn(pod, id, agent, in: &context)
      }
    } catch { refuse("Pod", pod.metadata, error) }
  }

  // Admission adds nothing to what it has seen. A manifest that was shortened gets what it lacks,
  // such as the tolerations; what would be refused today was admitted when it came.
  private func admittedBefore(_ given: Pod) -> Pod {
    let metadata = given.metadata
    guard
      let admitted = try? BlueprintCache.admit(
        given.spec.value.spec, metadata.name, metadata.namespace,
        policies(in: metadata.namespace))
    else { return given }
    var pod = given
    pod.spec = admitted.blueprint
    return pod
  }

  /// The pod's kubelet goes on where it was.
  private mutating func goOn(
    _ pod: Pod, _ id: PodID, _ agent: UInt32, in context: inout ClusterContext
  ) {
    let names = ownNames(of: pod)
    var worker = PodWorker(pod, workload: names[0], behavior: behavior(of: pod, names))
    worker.status = pod.status
    worker.hasStarted = true
    kubelets.agents[Int(agent)].holdings.add(pod.spec.value)
    kubelets.agents[Int(agent)].workers[id] = worker
    for container in pod.spec.value.spec.containers + pod.spec.value.spec.initContainers {
      kubelets.agents[Int(agent)].keepImage(container.image)
    }
    guard kubelets.agents[Int(agent)].isReady, !pod.metadata.isTerminating else { return }
    for (index, container) in pod.spec.value.spec.containers.enumerated() {
      let status = worker.status.containers[index]
      switch status.state {
      case .running:
        if !status.ready {
          scheduleReadiness(agent, id, index, container, worker.behavior, in: &context)
        }
        if let law = worker.behavior?.runsFor {
          schedule(
            .exited(container: UInt16(index), isInit: false), agent, id,
            after: kubelets.draw(law), in: &context)
        }
      case .waiting: schedule(.restart(container: UInt16(index)), agent, id, after: 0, in: &context)
      case .terminated(let ended):
        let policy = pod.spec.value.spec.restartPolicy
        if policy == .always || policy == .onFailure && ended.exitCode != 0 {
          schedule(.restart(container: UInt16(index)), agent, id, after: 0, in: &context)
        }
      }
    }
  }
}

extension PodStatus {
  /// Fills in what a dump leaves out about a pod that runs: its containers run and are ready.
  fileprivate mutating func runBefore(_ now: SimulationTime, _ spec: PodSpec) {
    startTime = startTime ?? now
    func align(
      _ containers: [Container], _ known: [ContainerStatus], _ state: ContainerStatus.State
    ) -> [ContainerStatus] {
      // In the order of the spec: the API lists them by name.
      containers.map { container in
        if let status = known.first(where: { $0.name == container.name }) { return status }
        var status = ContainerStatus(name: container.name)
        status.state = state
        status.ready = true
        return status
      }
    }
    let done = ContainerStatus.Termination(
      exitCode: 0, reason: "Completed", startedAt: now, finishedAt: now)
    initContainers =
      align(spec.initContainers.filter(\.isSidecar), initContainers, .running(since: now))
      + align(spec.initContainers.filter { !$0.isSidecar }, initContainers, .terminated(done))
    let order = spec.initContainers.map(\.name)
    initContainers.sort { order.firstIndex(of: $0.name)! < order.firstIndex(of: $1.name)! }
    containers = align(spec.containers, containers, .running(since: now))
    let isReady = containers.allSatisfy(\.ready)
    let missing: [(PodCondition.Kind, Bool)] = [
      (.scheduled, true), (.initialized, true), (.containersReady, isReady), (.ready, isReady),
    ]
    for (type, holds) in missing where condition(type) == nil {
      set(type, holds ? .true : .false, at: now)
    }
  }

  fileprivate mutating func bound(by now: SimulationTime) {
    for index in conditions.indices { conditions[index].lastTransition.bound(by: now) }
    startTime?.bound(by: now)
  }
}
