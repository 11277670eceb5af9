/// A run's fingerprint: FNV-1a (128 bits) over the canonical bytes of every record.
///
/// It tells accidental differences apart; it is no defense against forgery.
public struct RunDigest: Sendable, Hashable {
  private var high: UInt64 = 0x6c62_272e_07bb_0142
  private var low: UInt64 = 0x62b8_2175_6295_c58d

  public init() {}

  /// Takes in one record's bytes and the line feed that ends it.
  public mutating func absorb(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { buffer in
      var high = self.high
      var low = self.low
      for byte in buffer { Self.step(&high, &low, byte) }
      Self.step(&high, &low, 0x0A)
      self.high = high
      self.low = low
    }
  }

  // The 128-bit FNV prime is 2^88 + 0x13B.
  @inline(__always)
  private static func step(_ high: inout UInt64, _ low: inout UInt64, _ byte: UInt8) {
    low ^= UInt64(byte)
    let product = low.multipliedFullWidth(by: 0x13B)
    high = high &* 0x13B &+ product.high &+ (low << 24)
    low = product.low
  }

  /// 32 hexadecimal digits.
  public var text: String {
    func hex(_ value: UInt64) -> String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    return hex(high) + hex(low)
  }
}
