public import KafkaModel
import TimeUnits

/// How a consumer thread hands messages to the detector threads.
public enum HandOver: String, Sendable, Hashable, CaseIterable {
  /// As published: only when the pool's queue is empty, else it sleeps 1 ms, then 2, then 3 … and
  /// looks again.
  case growingSleep
  /// At once when a thread is free: no published program, but what closed forms describe.
  case immediate
}

/// What one consumer pod does, as published (AnomaliaMachina 6ea72af) unless said otherwise.
public struct ConsumerPodSettings: Sendable, Hashable {
  /// Kafka consumers of the pod. The default is 2 (`numThreads`).
  public var consumers = 2
  /// Detector threads. The default is 40 (`detectorThreads`).
  public var detectorThreads = 40
  public var handOver = HandOver.growingSleep
  /// After its first message each consumer pauses so long. The default is 2 s.
  public var firstRecordPause = Duration.seconds(2)
  /// Between the starts of a pod's consumers. The default is 100 ms.
  public var consumerStartDelay = Duration.milliseconds(100)
  /// Messages that a poll returns at most. The default is 500 (`max.poll.records`).
  public var maxPollRecords = 500
  /// Bytes of one partition that a fetch brings at most. The default is 1 MiB
  /// (`max.partition.fetch.bytes`).
  public var maxPartitionFetchBytes = 1 << 20
  /// Between commits. The default is 1 s (`auto.commit.interval.ms`).
  public var autoCommitInterval = Duration.seconds(1)
  /// CPU seconds of a check in the pod: client, rows, detector, write. The default is 0.5 ms;
  /// assumed, within the hard bound of 0.536 ms that 220 000 checks/s on 118 cores set.
  public var checkCPU = 0.0005
  /// How much more a check takes for each thread per core above one. The default is 0; assumed.
  public var threadOverhead = 0.0
  /// A consumer thread's own time for each message. The default is 5 µs; assumed.
  public var handOverTime = Duration.microseconds(5)
  /// Rows that a read asks for. The default is 50.
  public var rowLimit = 50
  /// Rows without which there is no decision. The default is 49.
  public var leastRows = 49

  public init() {}
}

/// What a check moves over the network, in bytes; all assumed but the record's 16 bytes of key and
/// value.
public struct MessageSizes: Sendable, Hashable {
  /// A record in a fetch: key, value and what a batch adds. The default is 90.
  public var record: Int64 = 90
  /// A read's request. The default is 100.
  public var readRequest: Int64 = 100
  /// A read's answer without rows. The default is 100.
  public var readAnswer: Int64 = 100
  /// A row in an answer. The default is 40.
  public var row: Int64 = 40
  /// A write to one node. The default is 120.
  public var write: Int64 = 120

  public init() {}
}

/// What Cassandra does for a check.
public struct CheckCosts: Sendable, Hashable {
  /// CPU seconds of a read at a replica. The default is 0.5 ms; assumed.
  public var read = 0.0005
  /// CPU seconds of a write at each replica. The default is 0.09 ms; assumed.
  public var write = 0.00009
  /// How much more both take for each connection of the node. The default is 0; assumed.
  public var perConnection = 0.0
  /// How much more both take for each request that waits at the node, per core of it. The default
  /// is 0; assumed.
  public var perWaiting = 0.0

  public init() {}
}

/// A topic, its readers, and the table behind them.
public struct PipelineSettings: Sendable, Hashable {
  /// At least 1.
  public var partitions: Int
  /// Detector threads and consumers of each pod.
  public var pod = ConsumerPodSettings()
  public var costs = CheckCosts()
  public var sizes = MessageSizes()
  public var keys = KeySpace()
  public var group = ConsumerGroupSettings()
  public var brokers = BrokerSettings()
  /// What a broker is made of. The default is four cores.
  public var brokerHardware = BrokerHardware.small
  public var limits = BrokerLimits()
  /// Copies of each partition, no more than there are brokers. The default is 1.
  public var topicReplication = 1
  /// Cassandra nodes, each with so many cores.
  public var nodeCores: [Int]
  /// The nodes of each set of keys, `replicationFactor` of them: one set after the other.
  public var replicaSets: [UInt32]
  /// Copies of each row. The default is 3.
  public var replicationFactor = 3
  /// Answers that a read waits for, from as many replicas: 1 … `replicationFactor`. The default
  /// is 1 (`ONE`); 2 of 3 is `QUORUM`.
  public var readsRequired = 1
  /// After which a node that asked others for their part of a read gives up. The default is 5 s
  /// (`read_request_timeout_in_ms`, cassandra.yaml 3.11).
  public var coordinatorTimeout = Duration.seconds(5)
  /// After which the client gives up a read. The default is 12 s
  /// (`SocketOptions.readTimeoutMillis`, DataStax Java driver 3.5).
  public var readTimeout = Duration.seconds(12)
  /// After which clients leave a node out that does not answer. The default is 10 s; assumed.
  public var downDetection = Duration.seconds(10)
  /// Connections of a pod to each node. The default is 1 (`PoolingOptions`, core connections).
  public var connectionsPerPod = 1
  /// Nanoseconds from sending a message to where consumers can have it. The default is 2 ms;
  /// assumed for a broker with room.
  public var appendDelay = Duration.milliseconds(2)
  /// How long messages are kept. The default is 7 days (`log.retention.hours`).
  public var retention = Duration.seconds(7 * 86_400)
  /// After which a producer gives a message up that no broker takes. The default is 120 s
  /// (`delivery.timeout.ms`, Kafka 2.1).
  public var deliveryTimeout = Duration.seconds(120)
  /// Rows of each key at the start. The default is 0.
  public var initialRows = 0
  /// Of so many messages that are handed over one is kept as a journey; 0 for none. The default is
  /// 0.
  public var journeyEvery = 0

  /// Nodes of equal size in an even ring: a set of replicas begins with each, and keys are spread
  /// over the sets by a hash.
  public init(partitions: Int, nodes: Int, coresPerNode: Int, replicationFactor: Int = 3) {
    precondition(partitions > 0 && nodes > 0 && coresPerNode > 0, "nothing can be empty")
    precondition(
      replicationFactor > 0 && replicationFactor <= nodes, "as many nodes as there are copies")
    self.partitions = partitions
    self.replicationFactor = replicationFactor
    nodeCores = Array(repeating: coresPerNode, count: nodes)
    replicaSets = (0..<nodes).flatMap { node in
      (0..<replicationFactor).map { UInt32((node + $0) % nodes) }
    }
  }
}
