/// A Cassandra node as the pipeline needs it.
struct ReplicaNode: Sendable {
  var processor = PodProcessor()
  /// Tells a notice of an earlier failure.
  var life: UInt32 = 0
  var isUp = true
  /// Whether clients would send to it.
  var isKnownUp = true
  /// When it last went down, in nanoseconds; before all times if it never did.
  var downSince = Int64.min
  /// Its work as a multiple of that of an unburdened node.
  var factor = 1.0
}
