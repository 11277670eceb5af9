/// A reproducible sequence of random bits: xoshiro256++ 1.0 (D. Blackman, S. Vigna, 2019,
/// https://prng.di.unimi.it), its state filled by SplitMix64 from one key.
///
/// A value of 40 bytes: a copy continues identically. Not for cryptography.
@frozen
public struct RandomStream: RandomNumberGenerator, Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var s0: UInt64
  @usableFromInline var s1: UInt64
  @usableFromInline var s2: UInt64
  @usableFromInline var s3: UInt64
  /// All ones in an antithetic stream: where its twin draws u, it draws 1 - u.
  @usableFromInline var flip: UInt64

  /// The stream of a key; every key, zero included, gives a usable state.
  ///
  /// - Parameter isAntithetic: whether every bit is the opposite of the usual one, so that one draw
  ///   is high where its twin's is low (J. Hammersley, K. Morton, 1956); default false.
  @inlinable
  public init(key: UInt64, isAntithetic: Bool = false) {
    flip = isAntithetic ? .max : 0
    var seeder = SplitMix64(state: key)
    s0 = seeder.next()
    s1 = seeder.next()
    s2 = seeder.next()
    s3 = seeder.next()
  }

  @inlinable
  public mutating func next() -> UInt64 {
    let sum = s0 &+ s3
    let result = (sum << 23 | sum >> 41) &+ s0
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = s3 << 45 | s3 >> 19
    return result ^ flip
  }
}

/// SplitMix64 (G. Steele, D. Lea, C. Flood, 2014): one 64-bit word of state, for seeding and
/// mixing.
@frozen
@usableFromInline
struct SplitMix64 {
  @usableFromInline var state: UInt64

  @inlinable
  init(state: UInt64) { self.state = state }

  @inlinable
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// The first output for a state, as a mixing function of it.
  static func mix(_ state: UInt64) -> UInt64 {
    var mixer = SplitMix64(state: state)
    return mixer.next()
  }
}
