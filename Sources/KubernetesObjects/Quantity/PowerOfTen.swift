/// Scaling of 64-bit integers by powers of ten, with the roundings of the real quantity library.
enum PowerOfTen {
  static func value(_ exponent: Int) -> Int64? {
    guard exponent <= 18 else { return nil }
    var power: Int64 = 1
    for _ in 0..<exponent { power *= 10 }
    return power
  }

  /// `base · 10^places`, nil if it does not fit.
  static func multiply(_ base: Int64, by places: Int) -> Int64? {
    if base == 0 || places == 0 { return base }
    guard let power = value(places) else { return nil }
    let (product, overflow) = base.multipliedReportingOverflow(by: power)
    return overflow ? nil : product
  }

  /// `base · 10^places` as the real library answers it without looking at the overflow: the low
  /// 64 bits where it multiplies once (by 10, 10², 10³, 10⁶ or 10⁹), 0 where it loops.
  static func multiplyWrapping(_ base: Int64, by places: Int) -> Int64 {
    if let product = multiply(base, by: places) { return product }
    switch places {
    case 1, 2, 3, 6, 9: return base == .min ? 0 : base &* (value(places) ?? 0)
    default: return 0
    }
  }

  /// `base / 10^places` rounded away from zero, and whether nothing was lost.
  static func divideAwayFromZero(_ base: Int64, by places: Int) -> (value: Int64, exact: Bool) {
    if base == 0 || places == 0 { return (base, true) }
    guard let power = value(places) else { return (Int64(base.signum()), false) }
    let (quotient, remainder) = base.quotientAndRemainder(dividingBy: power)
    return remainder == 0 ? (quotient, true) : (quotient + Int64(base.signum()), false)
  }

  /// The value without its trailing zeros, and how many there were.
  static func removeFactors(_ value: Int64) -> (value: Int64, zeros: Int) {
    guard value != 0 else { return (0, 0) }
    var digits = value
    var zeros = 0
    while digits.isMultiple(of: 10) {
      digits /= 10
      zeros += 1
    }
    return (digits, zeros)
  }
}
