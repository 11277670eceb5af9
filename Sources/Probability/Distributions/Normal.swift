import CGSL

/// The bell curve. It reaches below zero: a duration wants it truncated, or another law.
public struct Normal: Distribution {
  public let mean: Double
  public let standardDeviation: Double

  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try DistributionError.checkFinite("normal", "mean", mean)
    try DistributionError.checkPositive("normal", "standardDeviation", standardDeviation)
    _ = GSL.withoutAborting
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  public var variance: Double { standardDeviation * standardDeviation }

  public func cdf(_ x: Double) -> Double { gsl_cdf_ugaussian_P((x - mean) / standardDeviation) }

  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    return mean + standardDeviation * GSL.normalQuantile(probability)
  }
}
