/// A fixed-point amount with the suffix grammar of the Kubernetes API (`100m`, `1.5Gi`, `2e3`).
///
/// Follows apimachinery `pkg/api/resource` 1.36.2, including where it rounds, caps and keeps the
/// text it was given. An amount that fits 18 digits is an integer and a power of ten; anything
/// else is held exactly in a box, as is a text that differs from the canonical one. Equality and
/// order are those of the amounts: `1000m == 1`.
public struct Quantity: Sendable {
  /// How an amount is printed.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    /// `12e6`.
    case decimalExponent = "DecimalExponent"
    /// `12Mi`, powers of 1024.
    case binarySI = "BinarySI"
    /// `12M`, powers of 1000.
    case decimalSI = "DecimalSI"
  }

  /// A power of ten by its exponent.
  public struct Scale: RawRepresentable, Sendable, Hashable {
    public var rawValue: Int32

    public init(rawValue: Int32) { self.rawValue = rawValue }

    public static let nano = Scale(rawValue: -9)
    public static let micro = Scale(rawValue: -6)
    public static let milli = Scale(rawValue: -3)
    public static let unit = Scale(rawValue: 0)
    public static let kilo = Scale(rawValue: 3)
    public static let mega = Scale(rawValue: 6)
    public static let giga = Scale(rawValue: 9)
  }

  /// The amount in its two forms; which one it is shows in `asInt64` and in roundings.
  enum Amount {
    /// `mantissa · 10^exponent`.
    case small(mantissa: Int64, exponent: Int32)
    case exact(ExactDecimal)
  }

  // What few quantities need: the box keeps the common one at 24 bytes without an allocation.
  private final class Rarity: Sendable {
    let text: String?
    let decimal: ExactDecimal?

    init(text: String?, decimal: ExactDecimal?) {
      self.text = text
      self.decimal = decimal
    }
  }

  private var mantissa: Int64
  private var rarity: Rarity?
  private var exponent: Int32
  public internal(set) var format: Format

  init(_ amount: Amount, format: Format, text: String? = nil) {
    self.format = format
    switch amount {
    case .small(let mantissa, let exponent):
      self.mantissa = mantissa
      self.exponent = exponent
      rarity = text.map { Rarity(text: $0, decimal: nil) }
    case .exact(let decimal):
      mantissa = 0
      exponent = 0
      rarity = Rarity(text: text, decimal: decimal)
    }
  }

  /// Nothing, in decimal notation.
  public init() { self.init(value: 0) }

  public init(value: Int64, format: Format = .decimalSI) {
    self.init(.small(mantissa: value, exponent: 0), format: format)
  }

  /// Thousandths.
  public init(milliValue: Int64) {
    self.init(.small(mantissa: milliValue, exponent: -3), format: .decimalSI)
  }

  public static var zero: Quantity { Quantity() }

  var amount: Amount {
    if let decimal = rarity?.decimal { return .exact(decimal) }
    return .small(mantissa: mantissa, exponent: exponent)
  }

  /// The text it was read from, where the real library keeps it and it is not canonical.
  var keptText: String? { rarity?.text }
}

extension Quantity {
  /// -1, 0 or 1.
  public var sign: Int {
    switch amount {
    case .small(let mantissa, _): Int(mantissa.signum())
    case .exact(let decimal): decimal.sign
    }
  }

  public var isZero: Bool { sign == 0 }

  /// The whole amount, rounded up; beyond `Int64` it wraps or is 0, as in the real library.
  public var value: Int64 { scaledValue(.unit) }

  /// Thousandths, rounded up; beyond `Int64` they wrap or are 0, as in the real library.
  public var milliValue: Int64 { scaledValue(.milli) }

  /// The amount in units of 10^scale, rounded up.
  public func scaledValue(_ scale: Scale) -> Int64 {
    switch amount {
    case .small(let mantissa, let exponent):
      let places = Int(exponent) - Int(scale.rawValue)
      if places < 0 { return PowerOfTen.divideAwayFromZero(mantissa, by: -places).value }
      return PowerOfTen.multiplyWrapping(mantissa, by: places)
    case .exact(let decimal): return decimal.scaledValue(exponent: Int(scale.rawValue))
    }
  }

  /// The amount if it is held as an integer that needs no division, whatever its size; nil
  /// otherwise, even if it happens to be whole.
  public var asInt64: Int64? {
    let (value, fits) = fastInt64
    return fits ? value : nil
  }

  /// Both answers of `AsInt64`: what it computed, meaningless unless it fits, and whether it fits.
  public var fastInt64: (value: Int64, fits: Bool) {
    guard case .small(let mantissa, let exponent) = amount, exponent >= 0 else {
      return (0, false)
    }
    if let value = PowerOfTen.multiply(mantissa, by: Int(exponent)) { return (value, true) }
    return (PowerOfTen.multiplyWrapping(mantissa, by: Int(exponent)), false)
  }

  /// The nearest `Double` or one next to it; for statistics, never for decisions.
  public var asApproximateDouble: Double {
    let (base, exponent): (Double, Int) =
      switch amount {
      case .small(let mantissa, let exponent): (Double(mantissa), Int(exponent))
      case .exact(let decimal): (decimal.mantissaAsDouble, decimal.exponent)
      }
    guard exponent != 0 else { return base }
    return base * (Double("1e\(exponent)") ?? 0)
  }
}

extension Quantity: Hashable, Comparable {
  public static func == (a: Quantity, b: Quantity) -> Bool { a.compare(b) == 0 }

  public static func < (a: Quantity, b: Quantity) -> Bool { a.compare(b) < 0 }

  public func hash(into hasher: inout Hasher) {
    let (mantissa, exponent) = normalized
    hasher.combine(mantissa)
    hasher.combine(exponent)
  }

  /// -1, 0 or 1 as the amount is less than, equal to or greater than `other`.
  public func compare(_ other: Quantity) -> Int {
    if case .small(let a, let aExponent) = amount, case .small(let b, let bExponent) = other.amount
    {
      if aExponent == bExponent { return a < b ? -1 : (a == b ? 0 : 1) }
      let low = Int(min(aExponent, bExponent))
      if let x = PowerOfTen.multiply(a, by: Int(aExponent) - low),
        let y = PowerOfTen.multiply(b, by: Int(bExponent) - low)
      {
        return x < y ? -1 : (x == y ? 0 : 1)
      }
    }
    return decimal.compare(other.decimal)
  }

  var decimal: ExactDecimal {
    switch amount {
    case .small(let mantissa, let exponent):
      ExactDecimal(mantissa: mantissa, exponent: Int(exponent))
    case .exact(let decimal): decimal
    }
  }

  /// Equal for equal amounts: no trailing zeros, reduced to what `Int64` can tell apart.
  private var normalized: (mantissa: Int64, exponent: Int) {
    switch amount {
    case .small(let mantissa, let exponent):
      let (digits, zeros) = PowerOfTen.removeFactors(mantissa)
      return digits == 0 ? (0, 0) : (digits, Int(exponent) + zeros)
    case .exact(let decimal):
      let bare = decimal.withoutTrailingZeros
      return bare.sign == 0 ? (0, 0) : (bare.lowWord, bare.exponent)
    }
  }
}
