/// What decides how a consumer's polls fetch records.
///
/// The defaults are the published pipeline's: its own settings where it has any, else those of
/// Kafka 2.1's `ConsumerConfig.java`, which later versions keep.
public struct ConsumerSettings: Hashable, Sendable {
  /// `max.poll.records`; records of one poll; default 500; `ConsumerConfig.java`, Kafka 2.1;
  /// *from source code*.
  public var maxPollRecords = 500
  /// How long a poll waits for records; default 100 ms; `AnomaliaConsumer.java`;
  /// *from source code*.
  public var pollTimeout = Duration.milliseconds(100)
  /// `fetch.min.bytes`; default 1; `ConsumerConfig.java`, Kafka 2.1; *from source code*.
  public var fetchMinBytes = 1
  /// `fetch.max.wait.ms`: how long a broker waits for that many; default 500 ms;
  /// `ConsumerConfig.java`, Kafka 2.1; *from source code*.
  public var fetchMaxWait = Duration.milliseconds(500)
  /// `max.partition.fetch.bytes`; default 1 MiB; `ConsumerConfig.java`, Kafka 2.1;
  /// *from source code*.
  public var maxPartitionFetchBytes = 1 << 20
  /// `fetch.max.bytes`; default 50 MiB; `ConsumerConfig.java`, Kafka 2.1; *from source code*.
  public var fetchMaxBytes = 50 << 20
  /// `enable.auto.commit`; default true; `ConsumerConfig.java`, Kafka 2.1; *from source code*.
  public var autoCommits = true
  /// `auto.commit.interval.ms`; default 1 s, set by the pipeline (`AnomaliaConsumer.java`; the
  /// client's default is 5 s); *from source code*.
  public var autoCommitInterval = Duration.seconds(1)
  /// `auto.offset.reset`; default latest; `ConsumerConfig.java`, Kafka 2.1; *from source code*.
  public var offsetReset = OffsetReset.latest

  public init() {}
}
