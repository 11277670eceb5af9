public import TimeUnits

/// Where a consumer without a committed offset begins (`auto.offset.reset`).
public enum OffsetReset: String, Hashable, Sendable {
  case earliest
  case latest
}

/// How far a consumer has read one partition, and how far its group has committed.
public struct CommittedOffset: Hashable, Sendable {
  /// The offset of the next record that a poll returns.
  public private(set) var position: Int64
  /// Where the next owner of the partition begins; nil before the first commit.
  public private(set) var committed: Int64?

  /// A partition newly assigned.
  ///
  /// It begins at the committed offset; if there is none, or that record is not there any more,
  /// at the end that `reset` names (`Fetcher.java`, Kafka 2.1).
  public init(committed: Int64?, earliest: Int64, end: Int64, reset: OffsetReset = .latest) {
    precondition(earliest <= end, "a log begins before it ends")
    self.committed = committed
    if let committed, (earliest...end).contains(committed) {
      position = committed
    } else {
      position = reset == .earliest ? earliest : end
    }
  }

  /// A poll has returned so many records.
  public mutating func advance(by count: Int64) {
    precondition(count >= 0, "a poll returns records or none")
    position += count
  }

  /// What polls have returned so far is committed, done with or not.
  public mutating func commit() { committed = position }

  /// How many records another owner would get again.
  public var uncommitted: Int64 { max(0, position - (committed ?? position)) }
}

/// When a consumer commits by itself (`enable.auto.commit`).
///
/// A poll first looks at the clock; if the interval is over, the positions of everything that
/// *earlier* polls returned are committed, and the interval begins anew
/// (`maybeAutoCommitOffsetsAsync` in `ConsumerCoordinator.java`, Kafka 2.1). A consumer that is
/// about to give up its partitions, or closes, commits once more; one that is killed or put out
/// of its group does not.
public struct AutoCommit: Hashable, Sendable {
  public let interval: Duration
  private var due: SimulationTime

  /// A consumer made at a time; the published pipeline's interval is 1 s.
  public init(interval: Duration = .seconds(1), from time: SimulationTime) {
    self.interval = interval
    due = time + interval
  }

  /// A poll begins: whether it commits what earlier polls have returned.
  ///
  /// - Complexity: O(1).
  public mutating func poll(at time: SimulationTime) -> Bool {
    guard time >= due else { return false }
    due = time + interval
    return true
  }
}
