import ClusterState
import KubernetesObjects
import NetworkModel
import NodeModel
import PipelineModel
import Scenarios
import SimulationKernel
import TimeUnits
import Traces

// The pipeline and the nodes: containers come and go, and CPU is asked for and granted.
extension ClusterModel {
  mutating func startPipeline(_ setup: ClusterSetup, in context: inout ClusterContext) {
    guard loads != nil, let world = PipelineWorld(setup, streams.all) else { return }
    pipeline = world
    context.schedule(.pipeline(.couple), after: PipelineWorld.coupling)
    context.schedule(
      .pipeline(.scrape), after: world.observability.scrapeInterval, priority: .measurement)
    for (index, step) in world.topic.load.enumerated() {
      context.schedule(.pipeline(.load(step: UInt32(index))), at: step.at)
    }
    for (index, fault) in world.faults.enumerated() {
      context.schedule(.pipeline(.breaks(fault: UInt32(index))), at: fault.at)
      context.schedule(.pipeline(.heals(fault: UInt32(index))), at: fault.at + fault.lasts)
    }
  }

  mutating func handle(_ event: PipelineRunEvent, in context: inout ClusterContext) {
    guard pipeline != nil else { return }
    switch event {
    case .couple:
      context.schedule(.pipeline(.couple), after: PipelineWorld.coupling)
      couple(at: context.now)
    case .scrape: scrape(in: &context)
    case .load(let step):
      pipeline!.outside = pipeline!.topic.load[Int(step)].perSecond
      send(at: context.now)
    case .breaks(let fault): breakDown(pipeline!.faults[Int(fault)], in: &context)
    case .heals(let fault): heal(pipeline!.faults[Int(fault)], in: &context)
    }
  }

  // MARK: Containers

  /// A container's process runs; if it has a role, it takes part once it has started.
  mutating func joinPipeline(_ agent: UInt32, _ pod: PodID, _ index: Int, _ place: UInt32) {
    guard pipeline != nil else { return }
    let worker = kubelets.agents[Int(agent)].workers[pod]!
    let container = worker.spec.containers[index].name
    guard let role = pipeline!.role(container: container, workload: worker.workload) else {
      return
    }
    let port = if case .consumer = role { 1_235 } else { 1_234 }
    // Addresses are not modeled elsewhere: a counter in a /16 stands in.
    let address = "10.0.\(pod.raw >> 8 & 255).\(pod.raw & 255)"
    pipeline!.members.append(
      PipelineMember(
        agent: agent, pod: pod, index: index, place: place, role: role, podName: worker.name,
        nodeName: kubelets.agents[Int(agent)].nodeName, instance: "\(address):\(port)"))
  }

  /// A container's process is gone, without a word.
  mutating func leavePipeline(_ agent: UInt32, _ place: UInt32, at now: SimulationTime) {
    guard pipeline != nil,
      let index = pipeline!.members.firstIndex(where: { $0.agent == agent && $0.place == place })
    else { return }
    let member = pipeline!.members.remove(at: index)
    if let consumer = member.consumer { pipeline!.machine.removePod(consumer, at: now) }
    if case .producer = member.role { send(at: now) }
  }

  // MARK: CPU

  /// Each container is granted what its node has for it, and the node is told what it wants.
  ///
  /// A container may use what it would get if it wanted all; it wants what it used in the last
  /// span, or all its runnable threads if it used all that it was granted or that its limit allows.
  private mutating func couple(at now: SimulationTime) {
    for index in pipeline!.members.indices {
      let member = pipeline!.members[index]
      guard touch(member.agent, at: now),
        kubelets.agents[Int(member.agent)].machine!.hasStarted(member.place)
      else { continue }
      switch member.role {
      case .consumer: coupleConsumer(index, at: now)
      case .producer(let role): coupleProducer(index, role, at: now)
      }
    }
    send(at: now)
  }

  private mutating func coupleConsumer(_ index: Int, at now: SimulationTime) {
    let member = pipeline!.members[index]
    let (cores, speed, limit) =
      kubelets.agents[Int(member.agent)].machine!.entitlement(of: member.place)
    guard let consumer = member.consumer else {
      pipeline!.members[index].since = now
      pipeline!.members[index].granted = cores
      pipeline!.members[index].consumer = pipeline!.machine.addPod(
        zone: zone(of: member.agent), cores: cores, limit: limit, at: now)
      kubelets.agents[Int(member.agent)].machine!.setThreads(0, of: member.place)
      return
    }
    let look = pipeline!.machine.lookAtProcessor(of: consumer, at: now)
    let isShort = look.used >= 0.95 * min(member.granted * speed, limit ?? .infinity)
    kubelets.agents[Int(member.agent)].machine!.setThreads(
      isShort ? max(look.runnable, look.used) : look.used, of: member.place)
    pipeline!.members[index].granted = cores
    pipeline!.machine.grant(consumer, cores: cores, speed: speed, at: now)
  }

  /// A producer's threads start one after the other, send flat out, and stop together.
  private mutating func coupleProducer(
    _ index: Int, _ role: ProducerRole, at now: SimulationTime
  ) {
    let member = pipeline!.members[index]
    let since = member.since ?? now
    pipeline!.members[index].since = since
    let age = (now - since).secondsValue
    let ramp = role.ramp.secondsValue
    pipeline!.members[index].produced +=
      member.rate * PipelineWorld.coupling.secondsValue
    guard age < ramp + role.load.secondsValue else {
      kubelets.agents[Int(member.agent)].machine!.setThreads(0, of: member.place)
      pipeline!.members[index].rate = 0
      return
    }
    let started =
      ramp > 0
      ? min(Double(role.threads), 1 + (age / ramp * Double(role.threads)).rounded(.down))
      : Double(role.threads)
    let (cores, speed, _) =
      kubelets.agents[Int(member.agent)].machine!.entitlement(of: member.place)
    kubelets.agents[Int(member.agent)].machine!.setThreads(started, of: member.place)
    pipeline!.members[index].rate = min(started, cores) * speed * role.perSecond
  }

  /// The topic gets what the producers and the outside send, as far as the brokers take it.
  private mutating func send(at now: SimulationTime) {
    var wanted = pipeline!.outside
    for member in pipeline!.members { wanted += member.rate }
    guard wanted != pipeline!.wanted else { return }
    pipeline!.wanted = wanted
    pipeline!.sent = pipeline!.machine.send(perSecond: wanted, at: now)
  }

  private func zone(of agent: UInt32) -> ZoneID {
    let labels = kubelets.agents[Int(agent)].registration.metadata.labels
    let name = labels[WellKnownLabel.zone] ?? labels[WellKnownLabel.zoneBeta] ?? ""
    let geography = pipeline!.network.geography
    return geography.zones.firstIndex { $0.name == name }.map { ZoneID($0) } ?? ZoneID(0)
  }
}
