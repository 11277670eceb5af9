import Documents

/// The pipeline at one scrape: where all messages are, and how fast they go.
public struct PipelineSample: Sendable, Hashable {
  /// Messages since the start, by what became of them.
  public struct Counts: Sendable, Hashable {
    public var produced: Int64 = 0
    public var redelivered: Int64 = 0
    public var checked: Int64 = 0
    /// Checks with enough rows for a decision.
    public var run: Int64 = 0
    public var anomalies: Int64 = 0
    /// Anomalous values among the checked.
    public var outliers: Int64 = 0
    public var lost: Int64 = 0
    public var expired: Int64 = 0
    public var refused: Int64 = 0
    /// Now in buffers, queues and threads.
    public var inFlight: Int64 = 0
    /// Now in the log, unread.
    public var lag: Int64 = 0

    public init() {}

    /// What is not accounted for: 0, always.
    public var difference: Int64 {
      produced + redelivered - checked - lost - expired - refused - inFlight - lag
    }
  }

  /// The consumer group of the application (AnomaliaMachina 6ea72af).
  public static let group = "AnomaliaConsumer"

  public var topic: String
  public var group: String
  public var counts: Counts
  /// Since the last scrape.
  public var checksPerSecond: Int64
  public var sentPerSecond: Int64
  /// Nanoseconds from sending to the end of the check, of the checks since the last scrape.
  public var p50: Int64
  public var p99: Int64
  /// Nanoseconds in a detector thread.
  public var serviceP50: Int64
  public var serviceP99: Int64
  /// Consumers with partitions, and those without.
  public var consumers: Int64
  public var idleConsumers: Int64
  public var rebalances: Int64
  public var hints: Int64
  /// Of all Cassandra cores, since the last scrape.
  public var cassandraPerMille: Int64

  public init(
    topic: String, group: String, counts: Counts, checksPerSecond: Int64, sentPerSecond: Int64,
    p50: Int64, p99: Int64, serviceP50: Int64, serviceP99: Int64, consumers: Int64,
    idleConsumers: Int64, rebalances: Int64, hints: Int64, cassandraPerMille: Int64
  ) {
    self.topic = topic
    self.group = group
    self.counts = counts
    self.checksPerSecond = checksPerSecond
    self.sentPerSecond = sentPerSecond
    self.p50 = p50
    self.p99 = p99
    self.serviceP50 = serviceP50
    self.serviceP99 = serviceP99
    self.consumers = consumers
    self.idleConsumers = idleConsumers
    self.rebalances = rebalances
    self.hints = hints
    self.cassandraPerMille = cassandraPerMille
  }

  func write(_ json: inout JSONWriter) {
    json.field("produced", counts.produced)
    json.field("redelivered", counts.redelivered)
    json.field("checked", counts.checked)
    json.field("run", counts.run)
    json.field("anomalies", counts.anomalies)
    json.field("outliers", counts.outliers)
    json.field("lost", counts.lost)
    json.field("expired", counts.expired)
    json.field("refused", counts.refused)
    json.field("inFlight", counts.inFlight)
    json.field("lag", counts.lag)
    json.field("checksPerSecond", checksPerSecond)
    json.field("sentPerSecond", sentPerSecond)
    json.field("p50", p50)
    json.field("p99", p99)
    json.field("serviceP50", serviceP50)
    json.field("serviceP99", serviceP99)
    json.field("consumers", consumers)
    json.field("idleConsumers", idleConsumers)
    json.field("rebalances", rebalances)
    json.field("hints", hints)
    json.field("cassandraPerMille", cassandraPerMille)
  }
}
