/// All random streams of a run, from one seed: each by its purpose and the entity it serves.
///
/// ```swift
/// let streams = RandomStreams(seed: 42)
/// var launch = streams.stream("ec2.launch", entity: 7)
/// ```
///
/// A stream depends on its name, its entity and the seed, on nothing else: not on which streams
/// exist, nor on the order in which they were made. So two policies meet the same world (common
/// random numbers), and a new component does not shift the draws of another.
public struct RandomStreams: Hashable, Sendable {
  public let seed: UInt64
  /// Whether every draw is the mirror image of the one that the seed usually gives.
  public let isAntithetic: Bool

  public init(seed: UInt64, isAntithetic: Bool = false) {
    self.seed = seed
    self.isAntithetic = isAntithetic
  }

  /// The stream for a purpose (`"ec2.launch"`) and an entity's number (default 0).
  public func stream(_ name: String, entity: UInt64 = 0) -> RandomStream {
    // FNV-1a (G. Fowler, L. Noll, K.-P. Vo), because Swift's Hasher differs in every process. It is
    // weak in its high bits, so each part is mixed by SplitMix64 before the next joins.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    let named = SplitMix64.mix(SplitMix64.mix(seed) ^ hash)
    return RandomStream(key: SplitMix64.mix(named &+ entity), isAntithetic: isAntithetic)
  }

  /// The streams of one replication: as different from another's as from another seed's.
  public func replication(_ index: UInt64) -> RandomStreams {
    var seeder = RandomStreams(seed: seed).stream("replication", entity: index)
    return RandomStreams(seed: seeder.next(), isAntithetic: isAntithetic)
  }
}
