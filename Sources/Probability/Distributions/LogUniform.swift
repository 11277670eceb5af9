import CGSL

/// A value between two bounds whose logarithm is uniform: every order of magnitude is as likely.
public struct LogUniform: Distribution {
  public let minimum: Double
  public let maximum: Double

  public init(minimum: Double, maximum: Double) throws(DistributionError) {
    try DistributionError.checkPositive("log-uniform", "minimum", minimum)
    try DistributionError.checkFinite("log-uniform", "maximum", maximum)
    try DistributionError.check(
      maximum > minimum, "log-uniform", "maximum", maximum, "greater than the minimum, \(minimum)")
    self.minimum = minimum
    self.maximum = maximum
  }

  private var span: Double { log(maximum / minimum) }

  public var mean: Double { (maximum - minimum) / span }

  public var variance: Double {
    (maximum * maximum - minimum * minimum) / (2 * span) - mean * mean
  }

  public func cdf(_ x: Double) -> Double {
    x <= minimum ? 0 : min(log(x / minimum) / span, 1)
  }

  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    return min(minimum * exp(probability * span), maximum)
  }
}
