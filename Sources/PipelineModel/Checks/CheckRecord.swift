/// A message as a consumer got it.
struct CheckRecord: BitwiseCopyable, Sendable {
  var partition: UInt32
  /// Whether its value is the anomalous one.
  var isOutlier: Bool
  /// That of its partition when it was read.
  var epoch: UInt16
  /// Its key.
  var id: UInt32
  var offset: Int64
  /// When it was sent, in nanoseconds.
  var produced: Int64
  /// When the poll that brought it returned.
  var polled: Int64

  /// What a thread without a message has.
  static let none = CheckRecord(
    partition: 0, isOutlier: false, epoch: 0, id: 0, offset: 0, produced: 0, polled: 0)
}
