/// A confidence interval for a ratio of sums over units that are independent of each other while
/// what is counted inside one is not: the percentile bootstrap over the units (B. Efron, 1979).
///
/// Units are drawn with replacement, the ratio is computed of each draw, and the limits are
/// quantiles of these. With few units it is too short, and where every unit has the same ratio it
/// has no width at all.
public struct BootstrapInterval: Hashable, Sendable {
  /// The sum of what is counted over the sum of what it is counted in.
  public let ratio: Double
  public let low: Double
  public let high: Double
  /// The probability with which an interval made this way is meant to cover the truth.
  public let confidence: Double

  /// The interval of the ratio; nil for fewer than two units or where all parts below are 0.
  ///
  /// - Parameters:
  ///   - units: of each unit what is counted, and what it is counted in (not negative).
  ///   - draws: how many times the units are drawn anew; default 2 000.
  /// - Complexity: O(units × draws).
  public init?<Generator: RandomNumberGenerator>(
    ofRatio units: [(above: Double, below: Double)], draws: Int = 2_000,
    confidence: Double = 0.95, using generator: inout Generator
  ) {
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    precondition(draws > 1, "a quantile needs draws")
    let below = units.reduce(0) { $0 + $1.below }
    guard units.count > 1, below > 0 else { return nil }
    var ratios: [Double] = []
    ratios.reserveCapacity(draws)
    for _ in 0..<draws {
      var (above, below) = (0.0, 0.0)
      for _ in units.indices {
        let unit = units[Int.random(in: units.indices, using: &generator)]
        above += unit.above
        below += unit.below
      }
      // A draw in which nothing could be counted says nothing about the ratio.
      if below > 0 { ratios.append(above / below) }
    }
    guard !ratios.isEmpty else { return nil }
    ratios.sort()
    let tail = (1 - confidence) / 2
    let last = Double(ratios.count - 1)
    self.ratio = units.reduce(0) { $0 + $1.above } / below
    self.low = ratios[Int((tail * last).rounded(.down))]
    self.high = ratios[Int(((1 - tail) * last).rounded(.up))]
    self.confidence = confidence
  }
}
