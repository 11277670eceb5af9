extension Quantity: CustomStringConvertible {
  /// The text the API shows: what was read where the real library keeps it, else the canonical
  /// form.
  public var text: String { keptText ?? canonicalText }

  public var description: String { text }

  /// The shortest form without a fraction and without loss: `1500m`, `1536Mi`, `12e6`.
  public var canonicalText: String {
    if isZero { return "0" }
    if format == .binarySI, let text = binaryText { return text }
    let (digits, exponent) = engineering
    // An amount beyond the suffixes prints without one, as the real library does.
    let suffix =
      format == .decimalExponent
      ? (exponent == 0 ? "" : "e\(exponent)") : Self.decimalSuffix(exponent)
    return digits + suffix
  }

  /// Nil for amounts within ±1023 and for those with a fraction: they print as decimal ones.
  private var binaryText: String? {
    let small = Quantity(value: 1024)
    guard compare(small) >= 0 || compare(Quantity(value: -1024)) <= 0 else { return nil }
    if case .small(let mantissa, let exponent) = amount {
      var whole: Int64?
      if exponent >= 0 {
        whole = PowerOfTen.multiply(mantissa, by: Int(exponent))
      } else {
        let (value, exact) = PowerOfTen.divideAwayFromZero(mantissa, by: -Int(exponent))
        guard exact else { return nil }
        whole = value
      }
      if var digits = whole {
        var count = 0
        while digits != 0, digits.isMultiple(of: 1024) {
          digits /= 1024
          count += 1
        }
        return "\(digits)\(Self.binarySuffix(count))"
      }
    }
    let (whole, exact) = decimal.rounded(toExponent: 0)
    guard exact else { return nil }
    let (value, count) = whole.withoutFactorsOf1024()
    return (value.isNegative ? "-" : "") + value.digits + Self.binarySuffix(count)
  }

  /// Digits with sign, and the largest exponent that three divides.
  private var engineering: (digits: String, exponent: Int) {
    if case .small(let mantissa, let exponent) = amount {
      let (digits, zeros) = PowerOfTen.removeFactors(mantissa)
      let full = Int(exponent) + zeros
      let above = ((full % 3) + 3) % 3
      if let value = PowerOfTen.multiply(digits, by: above) {
        return (String(value), full - above)
      }
    }
    let value = decimal.withEngineeringExponent
    return ((value.isNegative ? "-" : "") + value.digits, value.exponent)
  }

  private static func decimalSuffix(_ exponent: Int) -> String {
    switch exponent {
    case -9: "n"
    case -6: "u"
    case -3: "m"
    case 3: "k"
    case 6: "M"
    case 9: "G"
    case 12: "T"
    case 15: "P"
    case 18: "E"
    default: ""
    }
  }

  private static func binarySuffix(_ count: Int) -> String {
    switch count {
    case 1: "Ki"
    case 2: "Mi"
    case 3: "Gi"
    case 4: "Ti"
    case 5: "Pi"
    case 6: "Ei"
    default: ""
    }
  }
}
