/// One partition of the topic: its log by three cursors, and who reads it.
struct PartitionState: Sendable {
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
  /// Messages sent between these instants were given up by their producer.
  var refusedFrom: Int64 = 0
  var refusedUntil: Int64 = 0
}
