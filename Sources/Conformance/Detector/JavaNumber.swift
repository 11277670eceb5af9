/// Numbers as Java's `Double.toString` prints them since version 19: the shortest decimal that
/// reads back as the same number, with a point and `E`: `1.0E300`, `0.05`, `-0.0`, `Infinity`,
/// `NaN`.
///
/// Older versions print a digit more than needed now and then, so texts can differ from theirs;
/// the numbers do not.
enum JavaNumber {
  static func text(_ value: Double) -> String {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func append(_ value: Double, to bytes: inout [UInt8]) {
    guard value.isFinite else {
      bytes += value.isNaN ? "NaN".utf8 : value < 0 ? "-Infinity".utf8 : "Infinity".utf8
      return
    }
    if value.magnitude >= 1e-3, value.magnitude < 1e7 {
      // Swift prints these the same way.
      bytes += value.description.utf8
      return
    }
    if value.sign == .minus { bytes.append(UInt8(ascii: "-")) }
    if value == 0 {
      bytes += "0.0".utf8
    } else {
      Decimal(value.magnitude).append(to: &bytes)
    }
  }

  /// Digits with a decimal exponent: 0.*digits* · 10^*exponent*.
  private struct Decimal {
    /// The first is not 0, nor is the last unless it is the only one after it.
    private var digits: [UInt8] = []
    private var exponent = 0

    /// Takes apart what Swift prints: the shortest digits, and of these the nearest.
    init(_ value: Double) {
      digits.reserveCapacity(20)
      var whole = 0
      var isFraction = false
      var power = 0
      var isNegative = false
      var isPower = false
      for byte in value.description.utf8 {
        switch byte {
        case UInt8(ascii: "."): isFraction = true
        case UInt8(ascii: "e"): isPower = true
        case UInt8(ascii: "-"): isNegative = true
        case UInt8(ascii: "+"): break
        default:
          if isPower {
            power = power * 10 + Int(byte - UInt8(ascii: "0"))
          } else if digits.isEmpty, byte == UInt8(ascii: "0") {
            whole -= isFraction ? 1 : 0
          } else {
            digits.append(byte)
            whole += isFraction ? 0 : 1
          }
        }
      }
      exponent = whole + (isNegative ? -power : power)
      while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
      if digits.count == 1 { useSecondDigit(of: value) }
    }

    /// Java shows two digits at least, and of the smallest numbers the nearest two: 4.9E-324.
    private mutating func useSecondDigit(of value: Double) {
      // From here on the second digit is 0: numbers lie closer than it can tell.
      guard value.bitPattern < 1_000 else { return }
      // The smallest number times 10^325, so that two digits come before the point.
      var scaled = Double(value.bitPattern) * 49.406564584124654
      var power = -323
      while scaled >= 99.5 {
        scaled /= 10
        power += 1
      }
      let both = Int(scaled.rounded())
      digits = [UInt8(both / 10) + UInt8(ascii: "0"), UInt8(both % 10) + UInt8(ascii: "0")]
      exponent = power
      if digits[1] == UInt8(ascii: "0") { digits.removeLast() }
    }

    func append(to bytes: inout [UInt8]) {
      let zero = UInt8(ascii: "0")
      let point = UInt8(ascii: ".")
      // Plain from 10⁻³ to 10⁷.
      switch exponent {
      case 1...7:
        for place in 0..<exponent { bytes.append(place < digits.count ? digits[place] : zero) }
        bytes.append(point)
        if digits.count > exponent { bytes += digits[exponent...] } else { bytes.append(zero) }
      case -2...0:
        bytes += [zero, point]
        for _ in exponent..<0 { bytes.append(zero) }
        bytes += digits
      default:
        bytes += [digits[0], point]
        if digits.count > 1 { bytes += digits[1...] } else { bytes.append(zero) }
        bytes.append(UInt8(ascii: "E"))
        bytes += String(exponent - 1).utf8
      }
    }
  }
}
