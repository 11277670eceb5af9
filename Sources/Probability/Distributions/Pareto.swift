import CGSL

/// A power-law tail above a least value: few are very large.
public struct Pareto: Distribution {
  public let minimum: Double
  /// The exponent of the tail: the mean is infinite up to 1, the variance up to 2.
  public let shape: Double

  public init(minimum: Double, shape: Double) throws(DistributionError) {
    try DistributionError.checkPositive("pareto", "minimum", minimum)
    try DistributionError.checkPositive("pareto", "shape", shape)
    self.minimum = minimum
    self.shape = shape
  }

  public var mean: Double { shape > 1 ? minimum * shape / (shape - 1) : .infinity }

  public var variance: Double {
    guard shape > 2 else { return .infinity }
    let ratio = minimum / (shape - 1)
    return ratio * ratio * shape / (shape - 2)
  }

  public func cdf(_ x: Double) -> Double {
    x <= minimum ? 0 : -expm1(shape * log(minimum / x))
  }

  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    return minimum * exp(-log1p(-probability) / shape)
  }
}
