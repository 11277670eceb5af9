import KafkaModel
import NetworkModel
import PipelineModel
import Scenarios
import ServiceModel
import SimulationKernel
import TimeUnits

/// The pipeline's machine in the fidelity that the scenario asks for; both say the same things.
enum PipelineEngine: Sendable {
  case event(PipelineMachine)
  case flow(FlowMachine)

  init(
    _ fidelity: Fidelity, _ settings: PipelineSettings, network: Network, nodeZones: [ZoneID],
    brokerZones: [ZoneID], streams: RandomStreams
  ) {
    switch fidelity {
    case .event:
      self = .event(
        PipelineMachine(
          settings, network: network, nodeZones: nodeZones, brokerZones: brokerZones,
          streams: streams))
    case .flow:
      self = .flow(
        FlowMachine(
          settings, network: network, nodeZones: nodeZones, brokerZones: brokerZones,
          streams: streams))
    }
  }

  /// Asks whichever there is.
  private func ask<Answer>(_ event: (PipelineMachine) -> Answer, _ flow: (FlowMachine) -> Answer)
    -> Answer
  {
    switch self {
    case .event(let machine): event(machine)
    case .flow(let machine): flow(machine)
    }
  }

  /// Changes whichever there is, in place.
  private mutating func change<Answer>(
    _ event: (inout PipelineMachine) -> Answer, _ flow: (inout FlowMachine) -> Answer
  ) -> Answer {
    // The machine leaves the case meanwhile, so that it is not copied.
    switch consume self {
    case .event(var machine):
      let answer = event(&machine)
      self = .event(machine)
      return answer
    case .flow(var machine):
      let answer = flow(&machine)
      self = .flow(machine)
      return answer
    }
  }

  var settings: PipelineSettings { ask(\.settings, \.settings) }
  var endToEnd: LatencyHistogram { ask(\.endToEnd, \.endToEnd) }
  var service: LatencyHistogram { ask(\.service, \.service) }
  var transfer: TransferMeter { ask(\.transfer, \.transfer) }
  var activeConsumers: Int { ask(\.activeConsumers, \.activeConsumers) }
  var idleConsumers: Int { ask(\.idleConsumers, \.idleConsumers) }

  func usedCoreSeconds(ofNode node: Int) -> Double {
    ask({ $0.usedCoreSeconds(ofNode: node) }, { $0.usedCoreSeconds(ofNode: node) })
  }

  func counts(of pod: PipelinePod) -> PodCounts {
    ask({ $0.counts(of: pod) }, { $0.counts(of: pod) })
  }

  mutating func measure(at time: SimulationTime) -> PipelineTotals {
    change({ $0.measure(at: time) }, { $0.measure(at: time) })
  }

  mutating func addPod(
    zone: ZoneID, cores: Double, limit: Double?, at time: SimulationTime
  ) -> PipelinePod {
    change(
      { $0.addPod(zone: zone, cores: cores, limit: limit, at: time) },
      { $0.addPod(zone: zone, cores: cores, limit: limit, at: time) })
  }

  mutating func removePod(_ pod: PipelinePod, at time: SimulationTime) {
    change({ $0.removePod(pod, at: time) }, { $0.removePod(pod, at: time) })
  }

  mutating func grant(_ pod: PipelinePod, cores: Double, speed: Double, at time: SimulationTime) {
    change(
      { $0.grant(pod, cores: cores, speed: speed, at: time) },
      { $0.grant(pod, cores: cores, speed: speed, at: time) })
  }

  mutating func lookAtProcessor(
    of pod: PipelinePod, at time: SimulationTime
  ) -> (runnable: Double, used: Double) {
    change(
      { $0.lookAtProcessor(of: pod, at: time) }, { $0.lookAtProcessor(of: pod, at: time) })
  }

  mutating func send(perSecond wanted: Double, at time: SimulationTime) -> Double {
    change({ $0.send(perSecond: wanted, at: time) }, { $0.send(perSecond: wanted, at: time) })
  }

  mutating func stopNode(_ node: Int, at time: SimulationTime) {
    change({ $0.stopNode(node, at: time) }, { $0.stopNode(node, at: time) })
  }

  mutating func startNode(_ node: Int, at time: SimulationTime) {
    change({ $0.startNode(node, at: time) }, { $0.startNode(node, at: time) })
  }

  mutating func loseBroker(_ broker: Int, at time: SimulationTime) {
    change({ $0.loseBroker(broker, at: time) }, { $0.loseBroker(broker, at: time) })
  }

  mutating func returnBroker(_ broker: Int, at time: SimulationTime) {
    change({ $0.returnBroker(broker, at: time) }, { $0.returnBroker(broker, at: time) })
  }

  /// Only with event fidelity: a flow refuses cut links when its scenario is read.
  mutating func cut(
    _ a: RegionID, _ b: RegionID, until end: SimulationTime, at time: SimulationTime
  ) {
    change(
      { $0.cut(a, b, until: end, at: time) },
      { _ in preconditionFailure("a flow knows no cut links") })
  }

  mutating func takeJourneys() -> [CheckJourney] {
    change({ $0.takeJourneys() }, { $0.takeJourneys() })
  }
}
