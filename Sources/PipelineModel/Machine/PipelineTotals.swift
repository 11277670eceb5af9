/// Where all messages are: what came in equals what is checked, lost, in flight and waiting.
public struct PipelineTotals: Sendable, Hashable {
  /// Messages that the producers sent and the log holds.
  public internal(set) var produced: Int64 = 0
  /// Deliveries of messages that had been delivered before, processed, and not committed.
  public internal(set) var redelivered: Int64 = 0
  public internal(set) var checked: Int64 = 0
  /// Deliveries that ended without a check: their pod died after the commit, or their read failed.
  public internal(set) var lost: Int64 = 0
  /// Deleted by retention before anybody read them.
  public internal(set) var expired: Int64 = 0
  /// Given up by the producer, as no broker took them in time.
  public internal(set) var refused: Int64 = 0
  /// Checks with rows enough for a decision.
  public internal(set) var run: Int64 = 0
  public internal(set) var anomalies: Int64 = 0
  /// Anomalous values among the checked.
  public internal(set) var outliers: Int64 = 0
  /// Writes that a replica missed.
  public internal(set) var hints: Int64 = 0
  /// Writes that no replica got: the row is missing.
  public internal(set) var writesLost: Int64 = 0

  /// Rebalances of the group that began, and partitions that got another leader or none.
  public internal(set) var rebalances: Int64 = 0
  public internal(set) var elections: Int64 = 0

  /// Messages that a poll returned and no check has ended: in buffers, queues and threads.
  public internal(set) var inFlight: Int64 = 0
  /// Messages in the log that no poll has returned.
  public internal(set) var lag: Int64 = 0

  public init() {}

  /// Whether every message is accounted for.
  public var isBalanced: Bool {
    produced + redelivered == checked + lost + expired + refused + inFlight + lag
  }
}
