import KafkaModel
import NetworkModel
import SimulationKernel
import TimeUnits

/// A state as a run of the event machine: some of its pods and nodes if there are many.
///
/// The state is set up directly: the group's members get their partitions, those with a backlog
/// begin far behind, and the others at the present.
struct FlowCellRun {
  var machine: PipelineMachine
  var places: [PipelinePod] = []
  let state: FlowCellState
  let pods: [FlowCellState.Pod]
  let signatures: [[UInt64]]

  /// Latencies from here on are those of the backlog.
  static let backlogAge: Int64 = 2_900_000_000

  init(
    _ state: FlowCellState, _ scale: FlowScale, seed: UInt64, settings: PipelineSettings,
    network: Network, nodeZones: [ZoneID], brokerZones: [ZoneID]
  ) {
    let (pods, signatures) = state.ordered()
    self.state = state
    self.pods = scale.pods.map { pods[$0] }
    self.signatures = scale.pods.map { signatures[$0] }
    var settings = settings
    settings.pod.firstRecordPause = .zero
    settings.pod.consumerStartDelay = .zero
    settings.retention = .seconds(7 * 86_400)
    // All are there at once.
    settings.group.initialRebalanceDelay = .milliseconds(10)
    settings.journeyEvery = 0
    settings.initialRows = settings.pod.rowLimit
    let nodes = scale.applied(to: &settings, zones: nodeZones, speeds: state.nodeSpeeds)
    machine = PipelineMachine(
      settings, network: network, nodeZones: nodes.zones, brokerZones: brokerZones,
      streams: RandomStreams(seed: seed))
    setNodes(nodes.speeds, connections: state.pods.count + state.idlePods)
    start()
  }

  /// Speeds and the connections of all pods, also of those that are left out.
  private mutating func setNodes(_ speeds: [Double], connections pods: Int) {
    for (node, speed) in speeds.enumerated() {
      if speed > 0 {
        machine.setNode(node, speed: speed, at: .zero)
      } else {
        machine.nodes[node].isUp = false
        machine.noteNode(node)
      }
    }
  }

  private mutating func start() {
    machine.appendDelay = state.appendDelay
    for partition in machine.partitions.indices { machine.partitions[partition].isOffline = true }
    // The backlog: messages that nobody waited for.
    machine.curve.set(perSecond: 1e16, at: 0)
    machine.curve.set(perSecond: 0, at: 1_000_000)
    for pod in pods {
      let place = machine.addPod(
        zone: pod.zone, cores: pod.cores, limit: pod.limit, detectorThreads: pod.threads,
        at: .zero)
      machine.grant(place, cores: pod.cores, speed: pod.speed, at: .zero)
      places.append(place)
    }
    let connections = state.pods.count + state.idlePods
    for node in machine.nodes.indices {
      machine.nodes[node].factor =
        1 + machine.settings.costs.perConnection
        * Double(connections * machine.settings.connectionsPerPod)
    }
    // The group is there long before.
    machine.advance(to: SimulationTime(nanoseconds: Self.backlogAge + 200_000_000))
    rewire()
  }

  /// Each consumer reads what it reads in the state.
  private mutating func rewire() {
    let now = machine.now.nanoseconds
    for consumer in machine.consumers.indices { machine.owned[consumer] = [] }
    for partition in machine.partitions.indices { machine.partitions[partition].owner = -1 }
    let expected = machine.curve.expected(at: now)
    for (pod, place) in zip(pods, places) {
      for (consumer, number) in zip(pod.consumers, machine.pods[Int(place.index)].consumerRange) {
        machine.owned[number] = consumer.partitions
        for partition in consumer.partitions.map({ Int($0) }) {
          machine.partitions[partition].owner = Int32(number)
          machine.partitions[partition].isOffline = false
          guard !consumer.isLagging else { continue }
          machine.partitions[partition].position.jump(to: expected, gaps: machine.gaps)
          machine.partitions[partition].commit()
          machine.partitions[partition].end = machine.partitions[partition].position
        }
      }
    }
    machine.curve.set(
      perSecond: state.rate * Double(machine.settings.partitions), at: now)
    for consumer in machine.consumers.indices { machine.restart(consumer) }
  }
}
