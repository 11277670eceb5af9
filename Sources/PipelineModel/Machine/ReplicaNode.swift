/// A Cassandra node as the pipeline needs it.
struct ReplicaNode: BitwiseCopyable, Sendable {
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

  /// Looks at what waits now.
  ///
  /// - Parameters:
  ///   - perWaiting: what each waiting request per core adds to the work.
  ///   - read: mean work of a read in nanoseconds, the unit of what waits.
  mutating func inflate(
    perWaiting: Double, read: Double, at now: Int64, _ cores: Slab<Int64>
  ) {
    guard read > 0 else { return }
    // Those that wait were inflated too: by about as much as the last one.
    let waiting = Double(processor.wait(at: now, cores)) / (read * factor * inflation)
    inflation = 1 + perWaiting * waiting
  }
}

extension Slab<ReplicaNode> {
  /// One of those nodes that are known to be up, by 16 random bits; nil if fewer than `least` are.
  func chooseKnownUp(_ set: Slice<Slab<UInt32>>, _ bits: UInt64, least: Int) -> Int? {
    let live = set.count { self[Int($0)].isKnownUp }
    guard live >= least, live > 0 else { return nil }
    var choice = Int((bits &* UInt64(live)) >> 16)
    for node in set where self[Int(node)].isKnownUp {
      if choice == 0 { return Int(node) }
      choice -= 1
    }
    return nil
  }
}
