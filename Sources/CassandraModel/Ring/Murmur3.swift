/// Tokens of Cassandra's `Murmur3Partitioner` (3.11: `utils/MurmurHash.hash3_x64_128` with seed 0,
/// of which the first half counts).
///
/// Against A. Appleby's MurmurHash3 the bytes of an incomplete last block are taken as signed, as
/// Java's are; and the least number of 64 bits, which the ring keeps for itself, becomes the
/// greatest.
public enum Murmur3 {
  @usableFromInline static let first: UInt64 = 0x87c3_7b91_1142_53d5
  @usableFromInline static let second: UInt64 = 0x4cf5_ad43_2745_937f

  /// The token of a partition key of type `bigint`: 8 bytes, the highest first.
  ///
  /// - Complexity: O(1), a few nanoseconds.
  @inlinable
  public static func token(bigint key: Int64) -> Int64 {
    // All eight bytes are an incomplete block. Added up as signed numbers, a byte of 128 or more
    // would flip all bits above it.
    let bytes = UInt64(bitPattern: key)
    var word: UInt64 = 0
    for place: UInt64 in 0..<8 {
      let byte = Int8(truncatingIfNeeded: bytes >> (56 - 8 * place))
      word ^= UInt64(bitPattern: Int64(byte)) << (8 * place)
    }
    var low = mixedFirst(word)
    var high: UInt64 = 0
    finish(&low, &high, length: 8)
    return normalized(low)
  }

  /// The token of any bytes.
  ///
  /// - Complexity: O(n).
  public static func token(_ bytes: [UInt8]) -> Int64 {
    var low: UInt64 = 0
    var high: UInt64 = 0
    func word(_ start: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
    }
    let blocks = bytes.count / 16
    for block in 0..<blocks {
      low ^= mixedFirst(word(16 * block))
      low = (rotated(low, 27) &+ high) &* 5 &+ 0x52dc_e729
      high ^= mixedSecond(word(16 * block + 8))
      high = (rotated(high, 31) &+ low) &* 5 &+ 0x3849_5ab5
    }
    var tail: (UInt64, UInt64) = (0, 0)
    for (place, byte) in bytes[(16 * blocks)...].enumerated() {
      let signed = UInt64(bitPattern: Int64(Int8(bitPattern: byte)))
      if place < 8 {
        tail.0 ^= signed << UInt64(8 * place)
      } else {
        tail.1 ^= signed << UInt64(8 * (place - 8))
      }
    }
    low ^= mixedFirst(tail.0)
    high ^= mixedSecond(tail.1)
    finish(&low, &high, length: UInt64(bytes.count))
    return bytes.isEmpty ? .min : normalized(low)
  }

  @inlinable
  static func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 {
    word << bits | word >> (64 - bits)
  }

  @inlinable
  static func mixedFirst(_ word: UInt64) -> UInt64 { rotated(word &* first, 31) &* second }

  @inlinable
  static func mixedSecond(_ word: UInt64) -> UInt64 { rotated(word &* second, 33) &* first }

  @inlinable
  static func finish(_ low: inout UInt64, _ high: inout UInt64, length: UInt64) {
    low ^= length
    high ^= length
    low &+= high
    high &+= low
    low = scrambled(low)
    high = scrambled(high)
    low &+= high
  }

  @inlinable
  static func scrambled(_ word: UInt64) -> UInt64 {
    var word = word
    word ^= word >> 33
    word = word &* 0xff51_afd7_ed55_8ccd
    word ^= word >> 33
    word = word &* 0xc4ce_b9fe_1a85_ec53
    return word ^ (word >> 33)
  }

  @inlinable
  static func normalized(_ low: UInt64) -> Int64 {
    let token = Int64(bitPattern: low)
    return token == .min ? .max : token
  }
}
