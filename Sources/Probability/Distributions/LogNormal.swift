import CGSL

/// A product of many small factors: its logarithm is normal. The usual shape of latencies.
public struct LogNormal: Distribution {
  public let median: Double
  /// The standard deviation of the natural logarithm, without unit.
  public let sigma: Double

  /// The law with half its values below `median`, and about two thirds within a factor of
  /// e^`sigma` of it.
  public init(median: Double, sigma: Double) throws(DistributionError) {
    try DistributionError.checkPositive("logNormal", "median", median)
    try DistributionError.checkPositive("logNormal", "sigma", sigma)
    _ = GSL.withoutAborting
    self.median = median
    self.sigma = sigma
  }

  /// The law with a mean and a standard deviation of the values themselves.
  public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
    try DistributionError.checkPositive("logNormal", "mean", mean)
    try DistributionError.checkPositive("logNormal", "standardDeviation", standardDeviation)
    let ratio = standardDeviation / mean
    try self.init(
      median: mean / hypot(1, ratio), sigma: log1p(ratio * ratio).squareRoot())
  }

  public var mean: Double { median * exp(sigma * sigma / 2) }
  public var variance: Double { expm1(sigma * sigma) * mean * mean }

  public func cdf(_ x: Double) -> Double {
    x <= 0 ? 0 : gsl_cdf_ugaussian_P(log(x / median) / sigma)
  }

  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    return median * exp(sigma * GSL.normalQuantile(probability))
  }
}
