/// How a group of consumers behaves: what clients and the coordinator are set to.
///
/// The defaults are those of the published anomaly pipeline: Kafka 2.1 clients and brokers, with
/// the session timeout its source sets.
public struct ConsumerGroupSettings: Hashable, Sendable {
  /// `partition.assignment.strategy`; default `range`; `ConsumerConfig.java`, Kafka 2.1;
  /// *from source code*.
  public var strategy = AssignmentStrategy.range
  /// `session.timeout.ms`: how long the coordinator waits for a sign of life; default 30 s, set by
  /// the pipeline (`AnomaliaConsumer.java`); *from source code*. Clients' own default is 10 s in
  /// Kafka 2.1 and 45 s since 3.0 (KIP-735).
  public var sessionTimeout = Duration.seconds(30)
  /// `heartbeat.interval.ms`; default 3 s; `ConsumerConfig.java`, Kafka 2.1; *from source code*.
  public var heartbeatInterval = Duration.seconds(3)
  /// `max.poll.interval.ms`: the longest that a member may go without a poll, and the rebalance
  /// timeout; default 300 s; `ConsumerConfig.java`, Kafka 2.1; *from source code*.
  public var maxPollInterval = Duration.seconds(300)
  /// `group.initial.rebalance.delay.ms`: how long an empty group waits for more members; default
  /// 3 s; `KafkaConfig.scala`, Kafka 2.1 (`Defaults.GroupInitialRebalanceDelayMs`);
  /// *from source code*.
  public var initialRebalanceDelay = Duration.seconds(3)
  /// From the end of the join phase until all members have their assignment: two messages each
  /// way, the assignor's work, and a write to `__consumer_offsets`; default 5 ms; no source;
  /// *assumed*.
  public var coordinatorDelay = Duration.milliseconds(5)

  public init() {}

  /// What clients of Kafka 2.1 (November 2018) do when nothing is set.
  public static var kafka21: ConsumerGroupSettings {
    var settings = ConsumerGroupSettings()
    settings.sessionTimeout = .seconds(10)
    return settings
  }

  /// Clients of Kafka 3.0 with the cooperative strategy. Their default list is `range`, then
  /// `cooperative-sticky`: a group uses `range` until that is taken off the list.
  public static var kafka30Cooperative: ConsumerGroupSettings {
    var settings = ConsumerGroupSettings()
    settings.strategy = .cooperativeSticky
    settings.sessionTimeout = .seconds(45)
    return settings
  }
}

extension ConsumerGroupSettings {
  /// What clients and brokers would refuse, in their words (`Heartbeat.java`, `Errors.java`,
  /// `KafkaConfig.scala`, Kafka 2.1: sessions of 6 s to 300 s; the upper end is 30 min since 2.3).
  public var problems: [String] {
    var found: [String] = []
    if heartbeatInterval <= .zero { found.append("heartbeat.interval.ms must be above 0") }
    if heartbeatInterval >= sessionTimeout {
      found.append("Heartbeat must be set lower than the session timeout")
    }
    if sessionTimeout < .seconds(6) || sessionTimeout > .seconds(300) {
      found.append(
        "The session timeout is not within the range allowed by the broker (as configured by "
          + "group.min.session.timeout.ms and group.max.session.timeout.ms).")
    }
    if maxPollInterval < .seconds(1) {
      found.append("max.poll.interval.ms is below a second: no consumer could stay")
    }
    return found
  }
}
