/// Keys and values of the published generator: keys uniform in 0 ..< count, the value of a key
/// always the key, or 1 000 times it with a small probability (AnomaliaMachina 6ea72af, producer).
///
/// Both are functions of the message's place in the log, so a message that is read again is the
/// same message. A key always lies in the same partition, as Kafka's partitioner has it.
public struct KeySpace: Sendable, Hashable {
  /// Different keys. The default is 1 000 000.
  public var count: Int
  /// Probability of an anomalous value. The default is 10⁻⁴.
  public var outlierChance: Double

  public init(count: Int = 1_000_000, outlierChance: Double = 1e-4) {
    precondition(count > 0 && count <= Int(UInt32.max), "there is at least one key")
    precondition(outlierChance >= 0 && outlierChance <= 1, "a probability lies in 0...1")
    self.count = count
    self.outlierChance = outlierChance
  }
}

/// The key space of one topic, ready to be asked.
struct KeySource: Sendable {
  private let salt: UInt64
  private let partitions: UInt64
  /// Keys of a partition; the first `larger` ones have one more.
  private let perPartition: UInt64
  private let larger: UInt64
  private let outliers: UInt64

  init(_ space: KeySpace, partitions: Int, salt: UInt64) {
    self.salt = salt
    self.partitions = UInt64(partitions)
    perPartition = UInt64(space.count) / UInt64(partitions)
    larger = UInt64(space.count) % UInt64(partitions)
    outliers = UInt64((space.outlierChance * 0x1p32).rounded())
  }

  /// The key of a message and whether its value is anomalous.
  @inline(__always)
  func message(_ partition: UInt32, _ offset: Int64) -> (id: UInt32, isOutlier: Bool) {
    // SplitMix64's output function on a counter: neighbors have nothing in common.
    var word = salt &+ (UInt64(partition) &<< 40 ^ UInt64(bitPattern: offset)) &* Self.step
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    word ^= word >> 31
    let partition = UInt64(partition)
    let keys = perPartition &+ (partition < larger ? 1 : 0)
    // The high half chooses the key, the low half whether it is an outlier.
    let place = (max(keys, 1) &* (word >> 32)) >> 32
    return (UInt32(place &* partitions &+ partition), word & 0xFFFF_FFFF < outliers)
  }

  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15
}
