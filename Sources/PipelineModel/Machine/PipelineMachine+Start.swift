import KafkaModel
public import NetworkModel
public import SimulationKernel
import TimeUnits

extension PipelineMachine {
  /// A topic without messages and without readers, at the start of time.
  ///
  /// - Parameters:
  ///   - nodeZones: where each Cassandra node is.
  ///   - brokerZones: where each broker is.
  ///   - streams: those of the run; all of the pipeline's begin with `pipeline.`.
  public init(
    _ settings: PipelineSettings, network: Network, nodeZones: [ZoneID], brokerZones: [ZoneID],
    streams: RandomStreams
  ) {
    precondition(nodeZones.count == settings.nodeCores.count, "a zone for every node")
    precondition(!brokerZones.isEmpty, "at least one broker")
    precondition(
      settings.readsRequired > 0 && settings.readsRequired <= settings.replicationFactor,
      "a read waits for one replica at least, and for no more than there are")
    self.settings = settings
    self.network = network
    trips = TripTable(network)
    self.nodeZones = Slab(nodeZones)
    self.brokerZones = brokerZones
    let topic = TopicSpec(
      partitions: settings.partitions, replicationFactor: settings.topicReplication,
      brokers: brokerZones.count)
    // On AWS a zone is a rack.
    let racks = brokerZones.map { Int($0.index) }
    let placement = TopicPlacement(topic, racks: racks)
    brokers = Brokers(placement, settings: settings.brokers)
    partitionZones = Slab(
      (0..<settings.partitions).map { brokerZones[placement.preferredLeader(of: $0)] })
    zoneCount = network.geography.zones.count
    cuts = Slab(repeating: 0, count: zoneCount * zoneCount)
    bytes = Slab(repeating: 0, count: zoneCount * zoneCount)
    isImmediate = settings.pod.handOver == .immediate
    pollRoom = min(settings.pod.maxPollRecords, Self.longestBatch)
    self.streams = streams
    gaps = UnitExponential()
    replicationFactor = settings.replicationFactor
    replicaSetCount = UInt32(settings.replicaSets.count / settings.replicationFactor)
    rowLimit = UInt32(settings.pod.rowLimit)
    readTimeout = settings.readTimeout.nanoseconds
    handOverTime = settings.pod.handOverTime.nanoseconds
    retention = settings.retention.nanoseconds
    commitInterval = settings.pod.autoCommitInterval.nanoseconds
    idlePoll = min(60_000_000_000, settings.group.maxPollInterval.nanoseconds / 2)
    groupPollInterval = min(
      100_000_000, settings.group.maxPollInterval.nanoseconds / 1_000)
    if settings.journeyEvery > 0 { untilJourney = 1 }
    readWork = settings.costs.read * 1e9
    writeWork = settings.costs.write * 1e9
    curve = RateCurve(partitions: settings.partitions)
    var salts = streams.stream("pipeline.keys")
    keys = KeySource(settings.keys, partitions: settings.partitions, salt: salts.next())
    appendDelay = settings.appendDelay.nanoseconds
    group = ConsumerGroup(
      partitions: TopicPartitions(count: settings.partitions), settings: settings.group)
    replicas = Slab(settings.replicaSets)
    precondition(
      settings.pod.rowLimit <= RowTable.longestRead, "a read wants some fifty rows")
    // Every partition has a key, even if there are fewer keys than partitions.
    rows = RowTable(
      keys: max(settings.keys.count, settings.partitions), filled: settings.initialRows)
    refused = Array(repeating: [], count: settings.partitions)
    for partition in 0..<settings.partitions {
      let stream = streams.stream("pipeline.arrivals", entity: UInt64(partition))
      let cursor = LogCursor(stream, gaps: gaps)
      partitions.append(PartitionState(position: cursor, committed: cursor, end: cursor))
    }
    for count in settings.nodeCores {
      var node = ReplicaNode()
      node.processor.grant(cores: Double(count), speed: 1, at: 0, &cores)
      nodes.append(node)
    }
  }

  /// No poll returns more: a batch takes room for as many.
  private static let longestBatch = 65_536
}
