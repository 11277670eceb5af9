/// How a cluster notices that brokers come and go.
///
/// The defaults are those of Kafka 2.1 with ZooKeeper.
public struct BrokerSettings: Hashable, Sendable {
  /// From the death of a broker until the controller knows: `zookeeper.session.timeout.ms`;
  /// default 6 s; `KafkaConfig.scala`, Kafka 2.1; *from source code*. 18 s since 2.5 (KIP-537);
  /// with KRaft `broker.session.timeout.ms`, 9 s (`KafkaConfig.scala`, Kafka 3.0).
  public var sessionTimeout = Duration.seconds(6)
  /// The controller's work for each partition that gets another leader or set of replicas; default
  /// 1 ms; no source; *assumed*.
  public var electionTime = Duration.milliseconds(1)
  /// How long the replicas of a broker that is back need until they are in sync; default 10 s; no
  /// source; *assumed*.
  public var catchUpTime = Duration.seconds(10)
  /// `leader.imbalance.check.interval.seconds`; default 300 s; `KafkaConfig.scala`, Kafka 2.1;
  /// *from source code*.
  public var imbalanceCheckInterval = Duration.seconds(300)
  /// The first such check, after the controller's start; default 5 s; `KafkaController.scala`,
  /// Kafka 2.1 (`onControllerFailover`); *from source code*.
  public var imbalanceCheckStart = Duration.seconds(5)
  /// `leader.imbalance.per.broker.percentage`: the share of a broker's preferred partitions that
  /// others may lead; default 10 %; `KafkaConfig.scala`, Kafka 2.1; *from source code*.
  public var imbalancePercentage = 10
  /// `auto.leader.rebalance.enable`; default true; `KafkaConfig.scala`, Kafka 2.1;
  /// *from source code*.
  public var rebalancesLeaders = true
  /// `min.insync.replicas`; default 1; `Defaults.MinInSyncReplicas`, Kafka 2.1;
  /// *from source code*.
  public var minInSyncReplicas = 1

  public init() {}

  /// Kafka 3.0 and later without ZooKeeper.
  public static var kraft: BrokerSettings {
    var settings = BrokerSettings()
    settings.sessionTimeout = .seconds(9)
    return settings
  }
}

/// What a producer waits for (`acks`).
public enum Acknowledgment: Hashable, Sendable {
  /// `acks=1`, the default of Kafka 2.1's producers: the leader has it.
  case leader
  /// `acks=all`, the default since 3.0: all replicas in sync have it.
  case all
}

/// Whether records can be appended to a partition.
public enum WriteStatus: Hashable, Sendable {
  case writable
  /// No broker leads it, or the one that did is dead and not yet replaced.
  case noLeader
  /// A replica in the set in sync is dead and not yet dropped: acknowledgments wait for it.
  case waitsForReplica
  /// `NOT_ENOUGH_REPLICAS`: fewer in sync than `min.insync.replicas`.
  case notEnoughReplicas
}
