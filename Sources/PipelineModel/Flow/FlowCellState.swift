import NetworkModel

/// What a quasi-steady state of a pipeline depends on: all that a short run needs to find rates and
/// times.
struct FlowCellState {
  /// A pod that has something to do.
  struct Pod {
    var zone: ZoneID
    var threads: Int
    /// Cores and speed are rounded: what a pod begins with to 0.1 %, later grants to 1 %.
    var cores: Double
    var speed: Double
    var limit: Double?
    var consumers: [Consumer]
  }

  /// A consumer that reads: its partitions, and whether they have more than it can read.
  struct Consumer {
    var partitions: [UInt32]
    var isLagging: Bool
  }

  /// Living pods, also those whose consumers wait: their connections count.
  var pods: [Pod]
  var idlePods: Int
  /// Messages a second to each partition.
  var rate: Double
  /// Nanoseconds from sending to where a consumer can have a message.
  var appendDelay: Int64
  /// By Cassandra node: 0 if it is known to be down.
  var nodeSpeeds: [Double]
  var partitionZones: [ZoneID]

  /// Pods in an order in which those that are alike are neighbors, and their signatures.
  func ordered() -> (pods: [Pod], signatures: [[UInt64]]) {
    let marked = pods.map { (pod: $0, signature: signature(of: $0)) }
    let sorted = marked.enumerated().sorted {
      $0.element.signature == $1.element.signature
        ? $0.offset < $1.offset
        : $0.element.signature.lexicographicallyPrecedes($1.element.signature)
    }
    return (sorted.map(\.element.pod), sorted.map(\.element.signature))
  }

  /// What tells pods apart: not which partitions they read, but how many in which zone.
  func signature(of pod: Pod) -> [UInt64] {
    var words: [UInt64] = [
      UInt64(pod.zone.index), UInt64(pod.threads), pod.cores.bitPattern, pod.speed.bitPattern,
      (pod.limit ?? 0).bitPattern,
    ]
    let readers = pod.consumers.map { consumer in
      [consumer.isLagging ? 1 : 0, UInt64(consumer.partitions.count)]
        + consumer.partitions.map { UInt64(partitionZones[Int($0)].index) }.sorted()
    }
    for reader in readers.sorted(by: { $0.lexicographicallyPrecedes($1) }) { words += reader }
    return words
  }

  /// The state in numbers: equal states have equal words.
  ///
  /// With a backlog everywhere the rate does not matter.
  func words(signatures: [[UInt64]]) -> [UInt64] {
    let isFlooded = pods.allSatisfy { $0.consumers.allSatisfy(\.isLagging) }
    var words = [isFlooded ? 0 : rate.bitPattern, UInt64(appendDelay)]
    words += [UInt64(idlePods), UInt64(pods.count)]
    words += nodeSpeeds.map(\.bitPattern)
    var index = 0
    while index < signatures.count {
      var end = index
      while end < signatures.count, signatures[end] == signatures[index] { end += 1 }
      words.append(UInt64(end - index))
      words += signatures[index]
      index = end
    }
    return words
  }

  /// FNV-1a of the words: the seed of the state's run.
  static func hash(_ words: [UInt64]) -> UInt64 {
    words.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ $1) &* 0x100_0000_01B3 }
  }
}

extension Double {
  /// Rounded to a step of at most a share of it, so that states that hardly differ are one.
  func rounded(toShare share: Double) -> Double {
    guard self > 0 else { return 0 }
    let digits = (share * self).exponent
    let step = Double(sign: .plus, exponent: digits, significand: 1)
    return (self / step).rounded() * step
  }
}
