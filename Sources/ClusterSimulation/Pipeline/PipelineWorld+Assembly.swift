import AWSObjects
import CassandraModel
import KafkaModel
import NetworkModel
import PipelineModel
import Scenarios
import SimulationKernel
import TimeUnits

extension PipelineWorld {
  /// The data tier of a scenario; nil if it has none.
  init?(_ setup: ClusterSetup, _ streams: RandomStreams) {
    let scenario = setup.scenario
    guard let network = setup.network,
      let kafka = scenario.services.first(where: \.isKafka),
      let cassandra = scenario.services.first(where: { !$0.isKafka }),
      case .kafka(let topic) = kafka.kind, case .cassandra(let table) = cassandra.kind
    else { return nil }
    var roles: [String: PipelineRole] = [:]
    for behavior in scenario.behaviors { roles[behavior.name] = behavior.role }
    let geography = network.geography
    func zones(_ service: ServiceSpec) -> [ZoneID] {
      (0..<service.nodes).compactMap { number in
        geography.id(
          of: .init(region: service.region, name: service.zones[number % service.zones.count]))
      }
    }
    var settings = PipelineSettings(
      topic: topic, table: table, brokers: kafka.nodes, nodes: cassandra.nodes,
      cores: setup.cores(of: cassandra), brokerCores: setup.cores(of: kafka),
      role: scenario.consumerRole, observability: scenario.observability)
    settings.replicaSets = Self.replicaSets(of: cassandra, table, streams)
    machine = PipelineMachine(
      settings, network: network, nodeZones: zones(cassandra), brokerZones: zones(kafka),
      streams: streams)
    self.kafka = kafka
    self.topic = topic
    self.cassandra = cassandra
    self.network = network
    self.roles = roles
    faults = scenario.faults
    observability = scenario.observability
  }

  /// Sets of keys whose replicas are looked up in the ring: the spread over the nodes is its own.
  private static let keySets = 4_096

  /// The nodes of each set of keys, as the ring of `num_tokens` 256 and the keyspace's
  /// NetworkTopologyStrategy place them; a zone is a rack.
  private static func replicaSets(
    of service: ServiceSpec, _ table: CassandraSpec, _ streams: RandomStreams
  ) -> [UInt32] {
    let places = (0..<service.nodes).map { number in
      TokenRing.Place(
        datacenter: service.region, rack: service.zones[number % service.zones.count])
    }
    var tokens = streams.stream("pipeline.tokens")
    let ring = TokenRing(places, using: &tokens)
    let strategy = ReplicationStrategy.networkTopology([
      .init(datacenter: service.region, count: table.replicationFactor)
    ])
    let sets = ReplicaTable(ring, strategy, keys: keySets)
    return (0..<keySets).flatMap { key in sets[Int64(key)].nodes.map { UInt32($0.index) } }
  }

  /// What a container does, by its own name or its workload's.
  func role(container: String, workload: String) -> PipelineRole? {
    roles[container] ?? roles[workload]
  }
}

extension ServiceSpec {
  var isKafka: Bool { if case .kafka = kind { true } else { false } }
}

extension Scenario {
  /// The first consumer's role; all pods of a run have the same pools.
  var consumerRole: ConsumerRole {
    for behavior in behaviors { if case .consumer(let role)? = behavior.role { return role } }
    return ConsumerRole()
  }
}

extension ClusterSetup {
  fileprivate func cores(of service: ServiceSpec) -> Int {
    Int((try? aws.instanceTypes.type(named: service.instanceType))?.vcpus ?? 4)
  }
}

extension PipelineSettings {
  init(
    topic: KafkaSpec, table: CassandraSpec, brokers: Int, nodes: Int, cores: Int,
    brokerCores: Int, role: ConsumerRole, observability: ObservabilitySpec
  ) {
    self.init(
      partitions: topic.partitions, nodes: nodes, coresPerNode: cores,
      replicationFactor: table.replicationFactor)
    pod.consumers = role.consumers
    pod.detectorThreads = role.detectorThreads
    pod.checkCPU = role.checkCPU
    pod.threadOverhead = role.threadOverhead
    pod.maxPollRecords = role.maxPollRecords
    pod.handOver = role.handsOverAtOnce ? .immediate : .growingSleep
    costs.read = table.readCPU
    costs.write = table.writeCPU
    costs.perConnection = table.perConnection
    costs.perWaiting = table.perWaiting
    sizes.row = Int64(table.rowBytes.rounded())
    keys = KeySpace(count: topic.keys, outlierChance: topic.outlierChance)
    readsRequired = table.consistency.required(of: table.replicationFactor)
    readTimeout = table.readTimeout
    downDetection = table.downDetection
    initialRows = table.initialRows
    appendDelay = topic.appendDelay
    retention = topic.retention
    topicReplication = topic.replicationFactor
    brokerHardware = BrokerHardware(
      cores: Double(brokerCores), network: BrokerHardware.small.network,
      disk: BrokerHardware.small.disk)
    group.strategy = AssignmentStrategy(rawValue: topic.assignor.rawValue) ?? .range
    group.sessionTimeout = topic.sessionTimeout
    group.heartbeatInterval = topic.heartbeatInterval
    group.maxPollInterval = topic.maxPollInterval
    journeyEvery = observability.traceEvery
  }
}
