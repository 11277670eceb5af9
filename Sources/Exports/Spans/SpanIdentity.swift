public import Traces

/// The ids of traces and spans: functions of the run and the message's number.
///
/// Ids are 16 or 32 lower-case hexadecimal digits, never all zero. The mixing of 64 bits is that of
/// SplitMix64 (G. Steele, D. Lea, C. Flood, 2014): one to one, and only 0 goes to 0. So no two
/// spans of a run share an id, for message numbers below 2^61.
public struct SpanIdentity: Hashable, Sendable {
  // The three low bits hold the stage, 1 to 5, or a half of the trace id, 6 and 7: never 0, so that
  // no id is 0 either.
  private let salt: UInt64

  /// Ids of one run, told apart from other runs' by its number, as its seed. Default 0.
  public init(run: UInt64 = 0) { salt = Self.mixed(run) & ~7 }

  /// The id of the message's trace.
  public func trace(_ number: Int64) -> String {
    Self.hexadecimal(mixed(number, 6)) + Self.hexadecimal(mixed(number, 7))
  }

  /// The id of one of its spans.
  public func span(_ number: Int64, _ stage: MessageSpan.Stage) -> String {
    Self.hexadecimal(mixed(number, UInt64(stage.rawValue)))
  }

  private func mixed(_ number: Int64, _ low: UInt64) -> UInt64 {
    Self.mixed(((UInt64(bitPattern: number) << 3) ^ salt) | low)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static func hexadecimal(_ value: UInt64) -> String {
    String(unsafeUninitializedCapacity: 16) { digits in
      for place in 0..<16 {
        let digit = UInt8(truncatingIfNeeded: value >> UInt64(60 - 4 * place)) & 15
        digits[place] = digit < 10 ? 48 + digit : 87 + digit
      }
      return 16
    }
  }
}
