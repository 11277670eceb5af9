public import Statistics

/// A statement about the published detector, as computed here, beside an earlier computation.
public struct DerivedFact: Hashable, Sendable {
  /// What is claimed, in words.
  public var text: String
  /// What came out.
  public var measured: Measure
  /// What an earlier numerical probe gave, another program; nil where it said nothing.
  public var reference: Double?
  /// Half a unit of the last digit in which the reference is given.
  public var rounding: Double

  /// What came out, by arithmetic or by chance.
  public enum Measure: Hashable, Sendable {
    /// A number without chance in it.
    case exact(Double)
    /// A share of random draws, with its interval.
    case share(ProportionInterval)
  }

  /// The draws that the reference's own shares are taken to come from: it names 4 000 for one of
  /// them. *Assumed* for the others.
  public static let referenceDraws = 4_000.0

  /// Whether both agree: exact numbers within the reference's rounding, shares within what chance
  /// at both ends leaves at 95 %, plus the rounding. Nil without a reference.
  public var agrees: Bool? {
    guard let reference else { return nil }
    switch measured {
    case .exact(let value): return abs(value - reference) <= rounding * 1.000_001
    case .share(let share):
      let spread = share.proportion * (1 - share.proportion)
      let error = (spread / Double(share.count) + spread / Self.referenceDraws).squareRoot()
      return abs(share.proportion - reference) <= 1.96 * error + rounding
    }
  }
}
