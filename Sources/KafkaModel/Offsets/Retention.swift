public import TimeUnits

/// When old records of a partition are deleted: whole segments, by their age or the log's size
/// (`Log.scala`, Kafka 2.1, `deleteOldSegments`).
///
/// Segments are taken to be of equal numbers of messages; that an idle one is also closed after
/// `segment.ms` (7 days) is left out.
public struct Retention: Hashable, Sendable {
  /// `retention.ms`; default 168 h; nil is without a limit; `LogConfig.scala`, Kafka 2.1;
  /// *from source code*.
  public var time: Duration? = .seconds(168 * 3600)
  /// `retention.bytes` of a partition; default nil, without a limit; `LogConfig.scala`, Kafka 2.1;
  /// *from source code*.
  public var bytes: Int64?
  /// `segment.bytes`; default 1 GiB; `LogConfig.scala`, Kafka 2.1; *from source code*.
  public var segmentBytes: Int64 = 1 << 30
  /// `log.retention.check.interval.ms`; default 300 s; `KafkaConfig.scala`, Kafka 2.1;
  /// *from source code*.
  public var checkInterval = Duration.seconds(300)
  /// The first check after the broker's start; default 30 s; `LogManager.scala`, Kafka 2.1
  /// (`InitialTaskDelayMs`); *from source code*.
  public var checkStart = Duration.seconds(30)

  public init() {}

  /// The last time up to `time` at which the broker looked for old segments; nil before the first.
  public func lastCheck(by time: SimulationTime) -> SimulationTime? {
    let since = time.nanoseconds - checkStart.nanoseconds
    guard since >= 0 else { return nil }
    let interval = checkInterval.nanoseconds
    return SimulationTime(
      nanoseconds: checkStart.nanoseconds + since / interval * interval)
  }

  /// The first time after `time` at which the broker looks for old segments.
  public func nextCheck(after time: SimulationTime) -> SimulationTime {
    guard let last = lastCheck(by: time) else { return .zero + checkStart }
    return last + checkInterval
  }

  /// The first offset that is still there after a check.
  ///
  /// - Parameters:
  ///   - end: How many messages were ever appended to the partition.
  ///   - old: How many of them were appended up to `time` before the check; 0 without that limit.
  ///   - messageBytes: Bytes of a message on disk.
  /// - Complexity: O(1).
  public func earliestOffset(end: Int64, old: Int64, messageBytes: Double) -> Int64 {
    precondition(old <= end && messageBytes > 0, "old messages are some of all")
    let segment = max(1, Int64(Double(segmentBytes) / messageBytes))
    // When even the open segment is old it is closed, and goes too.
    let byTime = time == nil ? 0 : old == end ? end : old / segment * segment
    guard let bytes else { return byTime }
    // A segment goes while the log without it still has as much as is to be kept.
    let kept = Int64((Double(bytes) / messageBytes).rounded(.up))
    return max(byTime, end > kept ? (end - kept) / segment * segment : 0)
  }
}
