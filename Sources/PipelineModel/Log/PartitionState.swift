/// One partition of the topic: its log by three cursors, and who reads it.
struct PartitionState: BitwiseCopyable, Sendable {
  /// The next message that a poll returns.
  var position: LogCursor
  /// Where another consumer would go on.
  var committed: LogCursor
  /// The end of the log, as far as it was counted.
  var end: LogCursor
  /// The consumer that owns it; -1 for nobody.
  var owner: Int32 = -1
  /// Messages sent before this instant can be fetched only from it on: the partition was offline.
  var readableFrom: Int64 = 0
  var isOffline = false
  var offlineSince: Int64 = 0
  /// Whether any messages were given up by their producer.
  var hasRefused = false
  /// Messages between `committed` and `position` that no poll returned: too old, or refused.
  var skippedExpired: Int64 = 0
  var skippedRefused: Int64 = 0
  /// How often its readers lost it. What was read before the last time at `abandonedFrom` or
  /// behind it comes again.
  var epoch: UInt16 = 0
  var abandonedFrom: Int64 = .max

  /// All that polls returned is committed.
  mutating func commit() {
    committed = position
    skippedExpired = 0
    skippedRefused = 0
  }
}
