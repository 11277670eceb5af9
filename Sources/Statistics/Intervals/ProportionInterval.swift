import CGSL

/// A confidence interval for a probability, from how often something happened in independent
/// trials.
public struct ProportionInterval: Hashable, Sendable {
  /// How the limits are found.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// By inverting the score test (E. B. Wilson, 1927): covers at its confidence in the mean over
    /// probabilities, and is shorter than the exact one.
    case wilson
    /// From the binomial law itself (C. J. Clopper, E. S. Pearson, 1934): never covers less often
    /// than its confidence says.
    case clopperPearson
  }

  /// How often it happened.
  public let successes: Int
  /// The number of trials.
  public let count: Int
  /// The share of trials in which it happened, from 0 to 1.
  public let proportion: Double
  /// The lower limit, from 0 to 1.
  public let low: Double
  /// The upper limit, from 0 to 1.
  public let high: Double
  /// The probability with which an interval made this way is meant to cover the truth.
  public let confidence: Double

  /// The interval after `count` trials; nil without any.
  ///
  /// - Precondition: `successes` lies in 0…`count`, `confidence` between 0 and 1.
  public init?(
    successes: Int, of count: Int, confidence: Double = 0.95, method: Method = .wilson
  ) {
    precondition(count >= 0 && (0...count).contains(successes), "successes lie in 0...count")
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    guard count > 0 else { return nil }
    self.successes = successes
    self.count = count
    self.confidence = confidence
    proportion = Double(successes) / Double(count)
    let limits =
      switch method {
      case .wilson: Self.wilson(successes, count, confidence)
      case .clopperPearson: Self.clopperPearson(successes, count, confidence)
      }
    // What never happened may have probability 0, and what always did 1: no rounding there.
    low = successes == 0 ? 0 : max(0, limits.low)
    high = successes == count ? 1 : min(1, limits.high)
  }

  /// Whether a probability lies between the limits, these included.
  public func contains(_ probability: Double) -> Bool { probability >= low && probability <= high }

  private static func wilson(
    _ successes: Int, _ count: Int, _ confidence: Double
  ) -> (low: Double, high: Double) {
    let n = Double(count)
    let share = Double(successes) / n
    let z = gsl_cdf_ugaussian_Qinv((1 - confidence) / 2)
    let square = z * z / n
    let center = (share + square / 2) / (1 + square)
    let half = z * (share * (1 - share) / n + square / (4 * n)).squareRoot() / (1 + square)
    return (center - half, center + half)
  }

  private static func clopperPearson(
    _ successes: Int, _ count: Int, _ confidence: Double
  ) -> (low: Double, high: Double) {
    let tail = (1 - confidence) / 2
    let k = Double(successes)
    let n = Double(count)
    // The library does not take a parameter of 0; those limits are known.
    let low = successes == 0 ? 0 : gsl_cdf_beta_Pinv(tail, k, n - k + 1)
    let high = successes == count ? 1 : gsl_cdf_beta_Qinv(tail, k + 1, n - k)
    return (low, high)
  }
}
