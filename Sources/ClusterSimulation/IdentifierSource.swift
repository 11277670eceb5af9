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
}
