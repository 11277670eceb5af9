public import TimeUnits

/// A managed cluster that the pods talk to: where it is, and what it is made of.
public struct ServiceSpec: Sendable, Hashable {
  public var name: String
  /// The default is the cloud's own region.
  public var region: String
  /// The nodes are spread over them in turn. The default is the region's a, b and c.
  public var zones: [String]
  /// At least 1.
  public var nodes: Int
  public var instanceType: String
  public var kind: Kind
  public var place: SourcePlace?

  public enum Kind: Sendable, Hashable {
    case kafka(KafkaSpec)
    case cassandra(CassandraSpec)

    /// As a scenario writes it.
    public var name: String {
      switch self {
      case .kafka: "kafka"
      case .cassandra: "cassandra"
      }
    }
  }

  public init(
    name: String, region: String, zones: [String], nodes: Int, instanceType: String, kind: Kind,
    place: SourcePlace? = nil
  ) {
    self.name = name
    self.region = region
    self.zones = zones
    self.nodes = nodes
    self.instanceType = instanceType
    self.kind = kind
    self.place = place
  }
}

/// A Kafka cluster with the one topic of the pipeline.
public struct KafkaSpec: Sendable, Hashable {
  /// The default is `anomaliaTest` (AnomaliaMachina 6ea72af).
  public var topic = "anomaliaTest"
  /// At least 1. The default is 1 (`num.partitions`).
  public var partitions = 1
  /// Copies of each partition. The default is 3; assumed.
  public var replicationFactor = 3
  /// How long messages are kept. The default is 7 days (`log.retention.hours`, Kafka 2.1).
  public var retention = Duration.seconds(7 * 86_400)
  /// Different keys. The default is 1 000 000 (AnomaliaMachina 6ea72af).
  public var keys = 1_000_000
  /// Probability that a value is 1 000 times its key. The default is 10⁻⁴ (the same).
  public var outlierChance = 1e-4
  /// How the group shares out partitions. The default is `range` (Kafka 2.1).
  public var assignor = Assignor.range
  /// The default is 30 s (AnomaliaMachina 6ea72af).
  public var sessionTimeout = Duration.seconds(30)
  /// The default is 3 s (Kafka 2.1).
  public var heartbeatInterval = Duration.seconds(3)
  /// The default is 300 s (Kafka 2.1).
  public var maxPollInterval = Duration.seconds(300)
  /// From sending to where a consumer in the same place can have a message, while the brokers have
  /// room. The default is 2 ms; assumed.
  public var appendDelay = Duration.milliseconds(2)
  /// Messages from outside, in the order of time; beside those of producer pods.
  public var load: [RateStep] = []

  /// `partition.assignment.strategy`, by the names that the assignors give themselves.
  public enum Assignor: String, Sendable, Hashable, CaseIterable {
    case range
    case roundRobin = "roundrobin"
    case sticky
    case cooperativeSticky = "cooperative-sticky"
  }

  /// From a time on so many messages a second.
  public struct RateStep: Sendable, Hashable {
    public var at: SimulationTime
    public var perSecond: Double

    public init(at: SimulationTime, perSecond: Double) {
      self.at = at
      self.perSecond = perSecond
    }
  }

  public init() {}
}

/// A Cassandra cluster with the one table of the pipeline.
public struct CassandraSpec: Sendable, Hashable {
  /// Copies of each row. The default is 3 (AnomaliaMachina 6ea72af, the keyspace).
  public var replicationFactor = 3
  /// The default is `ONE` (the same).
  public var consistency = Consistency.one
  /// Rows of each key at the start. The default is 0.
  public var initialRows = 0
  /// CPU seconds of a read at its replica. The default is 0.5 ms; assumed, within the bound that
  /// the published 18 000 checks/s set.
  public var readCPU = 0.0005
  /// CPU seconds of a write at each replica. The default is 0.09 ms; assumed, as above.
  public var writeCPU = 0.00009
  /// How much more both take for each connection of the node. The default is 0; assumed.
  public var perConnection = 0.0
  /// How much more both take for each core's worth of work that waits. The default is 0; assumed.
  public var perWaiting = 0.0
  /// Bytes of a row on the wire. The default is 40; assumed.
  public var rowBytes = 40.0
  /// After which the client gives up a read. The default is 12 s (DataStax Java driver 3.5,
  /// `SocketOptions.DEFAULT_READ_TIMEOUT_MILLIS`).
  public var readTimeout = Duration.seconds(12)
  /// After which clients leave out a node that does not answer. The default is 10 s; assumed.
  public var downDetection = Duration.seconds(10)

  /// Consistency levels of one data center, as CQL writes them.
  public enum Consistency: String, Sendable, Hashable, CaseIterable {
    case one = "ONE"
    case two = "TWO"
    case three = "THREE"
    case quorum = "QUORUM"
    case localOne = "LOCAL_ONE"
    case localQuorum = "LOCAL_QUORUM"
    case all = "ALL"

    /// Replicas that must answer, of so many copies.
    public func required(of replicationFactor: Int) -> Int {
      switch self {
      case .one, .localOne: 1
      case .two: 2
      case .three: 3
      case .quorum, .localQuorum: replicationFactor / 2 + 1
      case .all: replicationFactor
      }
    }
  }

  public init() {}
}
