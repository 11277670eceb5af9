import KubernetesObjects

/// Identifiers from counters: the same run gives the same ones.
struct IdentifierSource: Sendable {
  private var uids: UInt64 = 0

  // A multiplication by an odd constant is a bijection: the digits look drawn, none comes twice.
  mutating func nextUID() -> UID {
    uids += 1
    let low = uids &* 0x9E37_79B9_7F4A_7C15
    let high = (uids ^ 0x5EA7) &* 0xD1B5_4A32_D192_ED03
    // Version 4, variant 1, as the real ones.
    return UID(
      high: high & ~0xF000 | 0x4000, low: low & ~(3 << 62) | (2 << 62))
  }

  /// Five characters of the alphabet that generated names use
  /// ([36] apimachinery `util/rand`: no vowels, no digits that look like letters).
  static func suffix(_ bits: UInt64) -> String {
    let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)
    var rest = bits
    let characters = (0..<5).map { _ in
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 27)
      rest = quotient
      return alphabet[Int(remainder)]
    }
    return String(decoding: characters, as: UTF8.self)
  }
}
