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
  /// What waiting work last added to that, as a multiple.
  var inflation = 1.0

  /// Does a request whose work is `mean` nanoseconds on average; returns when it is done.
  ///
  /// - Parameters:
  ///   - perWaiting: what each waiting request per core adds.
  ///   - read: mean work of a read in nanoseconds, the unit of what waits.
  @inline(__always)
  mutating func serve(
    _ mean: Double, draw: Double, perWaiting: Double, read: Double, at now: Int64
  ) -> Int64 {
    if perWaiting > 0, read > 0 {
      // Those that wait were inflated too: by about as much as the last one.
      let waiting = Double(processor.wait(at: now)) / (read * factor * inflation)
      inflation = 1 + perWaiting * waiting
    }
    return processor.serve(mean * factor * inflation * draw, at: now)
  }
}
