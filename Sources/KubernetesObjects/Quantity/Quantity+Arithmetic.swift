extension Quantity {
  /// Rounds to a multiple of 10^scale away from zero; returns whether nothing was lost.
  ///
  /// An amount that is coarse enough keeps its text.
  @discardableResult
  public mutating func roundUp(_ scale: Scale) -> Bool {
    switch amount {
    case .exact(let decimal):
      let (rounded, exact) = decimal.rounded(toExponent: Int(scale.rawValue))
      self = Quantity(.exact(rounded), format: format)
      return exact
    case .small(let mantissa, let exponent):
      if exponent >= scale.rawValue { return true }
      let (value, exact) = PowerOfTen.divideAwayFromZero(
        mantissa, by: Int(scale.rawValue) - Int(exponent))
      self = Quantity(.small(mantissa: value, exponent: scale.rawValue), format: format)
      return exact
    }
  }

  public static func + (a: Quantity, b: Quantity) -> Quantity {
    // A sum takes the format of its first operand, unless that is nothing.
    let format = a.isZero ? b.format : a.format
    if case .small(let x, let xExponent) = a.amount, case .small(let y, let yExponent) = b.amount,
      let sum = smallSum(x, xExponent, y, yExponent)
    {
      return Quantity(sum, format: format)
    }
    return Quantity(.exact(a.decimal + b.decimal), format: format)
  }

  public static func - (a: Quantity, b: Quantity) -> Quantity {
    let format = a.isZero ? b.format : a.format
    if case .small(let x, let xExponent) = a.amount, case .small(let y, let yExponent) = b.amount,
      let difference = smallSum(x, xExponent, 0 &- y, yExponent)
    {
      return Quantity(difference, format: format)
    }
    return Quantity(.exact(a.decimal + b.decimal.negated), format: format)
  }

  public static func += (a: inout Quantity, b: Quantity) { a = a + b }

  public static func -= (a: inout Quantity, b: Quantity) { a = a - b }

  /// The sum at the finer of the two scales; nil if it does not fit 64 bits.
  private static func smallSum(
    _ x: Int64, _ xExponent: Int32, _ y: Int64, _ yExponent: Int32
  ) -> Amount? {
    if y == 0 { return .small(mantissa: x, exponent: xExponent) }
    if x == 0 { return .small(mantissa: y, exponent: yExponent) }
    let exponent = min(xExponent, yExponent)
    guard let a = PowerOfTen.multiply(x, by: Int(xExponent) - Int(exponent)),
      let b = PowerOfTen.multiply(y, by: Int(yExponent) - Int(exponent))
    else { return nil }
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? nil : .small(mantissa: sum, exponent: exponent)
  }
}
