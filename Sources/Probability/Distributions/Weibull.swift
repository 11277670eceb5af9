import CGSL

/// Lifetimes whose risk falls (`shape` < 1) or grows (`shape` > 1) with age.
public struct Weibull: Distribution {
  public let shape: Double
  public let scale: Double

  public init(shape: Double, scale: Double) throws(DistributionError) {
    try DistributionError.checkPositive("weibull", "shape", shape)
    try DistributionError.checkPositive("weibull", "scale", scale)
    _ = GSL.withoutAborting
    self.shape = shape
    self.scale = scale
  }

  public var mean: Double { scale * tgamma(1 + 1 / shape) }

  public var variance: Double {
    let first = tgamma(1 + 1 / shape)
    return scale * scale * (tgamma(1 + 2 / shape) - first * first)
  }

  public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : -expm1(-pow(x / scale, shape)) }

  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    return scale * pow(-log1p(-probability), 1 / shape)
  }
}
