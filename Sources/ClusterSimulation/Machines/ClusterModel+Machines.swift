import AWSObjects
import ClusterState
import Kubelet
import KubernetesObjects
import NodeModel
import Scenarios
import SimulationKernel
import TimeUnits
import Traces

// Machines under load: brought up to now before they are changed, settled at the end of the event.
extension ClusterModel {
  /// Brings a machine to the present and has it settled at the end of this event; false if the run
  /// leaves machines out.
  mutating func touch(_ agent: UInt32, at now: SimulationTime) -> Bool {
    guard kubelets.agents[Int(agent)].hasMachine else { return false }
    kubelets.agents[Int(agent)].machine!.advance(to: now)
    if !kubelets.agents[Int(agent)].isTouched {
      kubelets.agents[Int(agent)].isTouched = true
      loads!.touched.append(agent)
    }
    return true
  }

  mutating func settleMachines(in context: inout ClusterContext) {
    while loads != nil, let agent = loads!.touched.popLast() {
      settleMachine(agent, in: &context)
    }
  }

  // Handlers may touch the machine again; it stays marked until nothing is left to do.
  private mutating func settleMachine(_ agent: UInt32, in context: inout ClusterContext) {
    let index = Int(agent)
    while kubelets.agents[index].hasMachine {
      if let incident = kubelets.agents[index].machine!.takeIncident() {
        kill(incident, agent, in: &context)
      } else if let (job, ran) = kubelets.agents[index].jobs.takeFinished(
        by: kubelets.agents[index].machine!.daemonWork)
      {
        if ran { kubelets.agents[index].machine!.countJobs(-1) }
        perform(job, agent, in: &context)
      } else if let (_, request) = kubelets.agents[index].machine!.takeFinished() {
        if request == AutoscalerState.workRequest {
          runAutoscalerLoop(in: &context)
        } else {
          answer(request, in: &context)
        }
      } else {
        break
      }
    }
    kubelets.agents[index].isTouched = false
    guard kubelets.agents[index].hasMachine else { return }
    kubelets.agents[index].machine!.settle()
    scheduleMachine(agent, in: &context)
  }

  private mutating func scheduleMachine(_ agent: UInt32, in context: inout ClusterContext) {
    let index = Int(agent)
    var next = kubelets.agents[index].machine!.nextTime
    if let finish = kubelets.agents[index].jobs.nextFinish {
      let left = finish - kubelets.agents[index].machine!.daemonWork
      let speed = kubelets.agents[index].machine!.daemonSpeed
      if speed > 0, left / speed < 1e9 {
        let time = context.now.advanced(
          byNanoseconds: max(1, Int64((left / speed * 1e9).rounded(.up))))
        next = min(next ?? time, time)
      }
    }
    if let event = kubelets.agents[index].machineEvent {
      context.cancel(event)
      kubelets.agents[index].machineEvent = nil
    }
    guard let next else { return }
    kubelets.agents[index].machineEvent = context.schedule(
      .kubelet(.machine(agent: agent, life: kubelets.agents[index].life)),
      at: max(next, context.now))
  }

  // MARK: Jobs

  /// A job of the daemons begins; the machine has been touched.
  mutating func begin(_ job: DaemonJob, work: Double, _ agent: UInt32) {
    let finish = kubelets.agents[Int(agent)].machine!.daemonWork + work
    kubelets.agents[Int(agent)].jobs.add(job, finish: finish)
    kubelets.agents[Int(agent)].machine!.countJobs(1)
  }

  private mutating func perform(
    _ job: DaemonJob, _ agent: UInt32, in context: inout ClusterContext
  ) {
    switch job {
    case .heartbeat: beat(agent, in: &context)
    case .evictionPass: passEviction(agent, in: &context)
    case .step(let pod, let course, let step):
      guard kubelets.agents[Int(agent)].course(of: pod) == course else { return }
      take(step, agent, pod, in: &context)
    }
  }

  /// A pod waits for a pull that another began.
  mutating func wait(
    for finish: Double, _ step: PodStep, _ agent: UInt32, _ pod: PodID, at now: SimulationTime
  ) {
    guard touch(agent, at: now) else { return }
    let course = kubelets.agents[Int(agent)].workers[pod]!.course
    kubelets.agents[Int(agent)].jobs.add(
      .step(pod, course: course, step), finish: finish, runs: false)
  }

  /// Remembers when an image will be there: by the clock, or by that of a loaded node's daemons.
  mutating func notePull(
    of image: String, length: Int64, _ agent: UInt32, at now: SimulationTime
  ) {
    if touch(agent, at: now) {
      let work = kubelets.agents[Int(agent)].machine!.daemonWork
      kubelets.agents[Int(agent)].pulls[image] = work + Double(length) / 1e9
    } else {
      kubelets.agents[Int(agent)].images[image] = now.advanced(byNanoseconds: length)
    }
  }

  // MARK: On and off

  mutating func startMachine(_ agent: UInt32, in context: inout ClusterContext) {
    guard let loads, !kubelets.isGiven(agent) else { return }
    let found = kubelets.agents[Int(agent)]
    let volume = loads.volume(of: found.group, parameters.release)
    let isNew = context.now > .zero
    kubelets.agents[Int(agent)].machine = NodeMachine(
      NodeHardware(found, volume, parameters.release), parameters: loads.parameters,
      credits: volume.credits == .spent && !isNew ? 0 : nil, at: context.now)
    kubelets.agents[Int(agent)].hasMachine = true
    kubelets.agents[Int(agent)].jobs = DaemonJobs()
    kubelets.agents[Int(agent)].evictionMemory = EvictionMemory()
    _ = touch(agent, at: context.now)
    context.schedule(
      .kubelet(.evictionPass(agent: agent, life: found.life)),
      after: EvictionManager.monitoringInterval)
  }

  mutating func stopMachine(_ agent: UInt32, in context: inout ClusterContext) {
    guard kubelets.agents[Int(agent)].hasMachine else { return }
    for pod in kubelets.agents[Int(agent)].podIDs { leaveMachine(agent, pod, in: &context) }
    kubelets.agents[Int(agent)].machine = nil
    kubelets.agents[Int(agent)].hasMachine = false
    kubelets.agents[Int(agent)].pulls = [:]
    if let event = kubelets.agents[Int(agent)].machineEvent { context.cancel(event) }
    kubelets.agents[Int(agent)].machineEvent = nil
  }

  // MARK: Out of memory

  // The kernel ends the process at once; the kubelet learns of it at its next relist, and says what
  // the kernel's log says if the machine as a whole ran out.
  private mutating func kill(
    _ incident: MemoryIncident, _ agent: UInt32, in context: inout ClusterContext
  ) {
    guard let owner = kubelets.agents[Int(agent)].machine!.owner(of: incident.place) else { return }
    let place = ContainerPlace(owner)
    if place.isInit {
      // Init containers are small: one that dies is taken as one that has done its work.
      vacate(agent, place.pod, place.index, true, in: &context)
      return
    }
    vacate(agent, place.pod, place.index, false, in: &context)
    guard let worker = kubelets.agents[Int(agent)].workers[place.pod] else { return }
    kubelets.agents[Int(agent)].workers[place.pod]!.killReasons[place.index] = OOMKill.reason
    let container = worker.spec.containers[place.index].name
    context.record(
      .containerEnded(
        PodName(namespace: worker.namespace, name: worker.name), container: container,
        reason: OOMKill.reason, exitCode: Int64(OOMKill.exitCode)))
    if case .machine = incident { saySystemOOM(agent, in: &context) }
    // A second of rest, on average half of it left, and the relist itself.
    let relist =
      loads!.parameters.relistCPU
      * Double(kubelets.agents[Int(agent)].placeWorkloads.count)
    labor(
      .noticed(container: UInt16(place.index)), agent, place.pod,
      length: Int64((0.5 + relist) * 1e9), in: &context)
  }

  private func saySystemOOM(_ agent: UInt32, in context: inout ClusterContext) {
    sayOfNode(
      agent, OOMKill.systemEventReason, OOMKill.systemEventMessage(process: nil, pid: 0),
      type: .warning, in: &context)
  }

  /// An Event about a node by its kubelet.
  func sayOfNode(
    _ agent: UInt32, _ reason: String, _ message: String, type: KubernetesEvent.Kind = .normal,
    in context: inout ClusterContext
  ) {
    context.record(
      .event(
        KubernetesEvent(
          type: type, reason: reason, message: message, kind: "Node", namespace: "",
          name: kubelets.agents[Int(agent)].nodeName, source: "kubelet"), count: 1))
  }
}
