import KafkaModel
public import SimulationKernel
import TimeUnits

extension PipelineMachine {
  /// A topic without messages and without readers, at the start of time.
  ///
  /// - Parameters:
  ///   - paths: round trips from each place of pods to each Cassandra node.
  ///   - streams: those of the run; all of the pipeline's begin with `pipeline.`.
  public init(_ settings: PipelineSettings, paths: [[PathTable]], streams: RandomStreams) {
    precondition(
      paths.allSatisfy { $0.count == settings.nodeCores.count }, "a path to every node")
    self.settings = settings
    self.paths = paths
    self.streams = streams
    cuts = paths.map { $0.map { _ in 0 } }
    brokerCuts = paths.map { _ in 0 }
    gaps = UnitExponential()
    replicationFactor = settings.replicationFactor
    replicaSetCount = UInt32(settings.replicaSets.count / settings.replicationFactor)
    readTimeout = settings.readTimeout.nanoseconds
    handOverTime = settings.pod.handOverTime.nanoseconds
    retention = settings.retention.nanoseconds
    commitInterval = settings.pod.autoCommitInterval.nanoseconds
    readWork = settings.costs.read * 1e9
    writeWork = settings.costs.write * 1e9
    curve = RateCurve(partitions: settings.partitions)
    var salts = streams.stream("pipeline.keys")
    keys = KeySource(settings.keys, partitions: settings.partitions, salt: salts.next())
    appendDelay = settings.appendDelay.nanoseconds
    group = ConsumerGroup(
      partitions: TopicPartitions(count: settings.partitions), settings: settings.group)
    replicas = settings.replicaSets
    rows = RowTable(keys: settings.keys.count, filled: settings.initialRows)
    for partition in 0..<settings.partitions {
      let stream = streams.stream("pipeline.arrivals", entity: UInt64(partition))
      let cursor = LogCursor(stream, gaps: gaps)
      partitions.append(PartitionState(position: cursor, committed: cursor, end: cursor))
    }
    for cores in settings.nodeCores {
      var node = ReplicaNode()
      node.processor.grant(cores: Double(cores), speed: 1, at: 0)
      nodes.append(node)
    }
  }
}
