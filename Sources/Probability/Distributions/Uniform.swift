/// Every value between two bounds is equally likely.
public struct Uniform: Distribution {
  public let minimum: Double
  public let maximum: Double

  public init(minimum: Double, maximum: Double) throws(DistributionError) {
    try DistributionError.checkFinite("uniform", "minimum", minimum)
    try DistributionError.checkFinite("uniform", "maximum", maximum)
    try DistributionError.check(
      maximum > minimum && (maximum - minimum).isFinite, "uniform", "maximum", maximum,
      "greater than the minimum, \(minimum)")
    self.minimum = minimum
    self.maximum = maximum
  }

  public var mean: Double { minimum + (maximum - minimum) / 2 }
  public var variance: Double { (maximum - minimum) * (maximum - minimum) / 12 }

  public func cdf(_ x: Double) -> Double {
    min(max((x - minimum) / (maximum - minimum), 0), 1)
  }

  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    return min(minimum + probability * (maximum - minimum), maximum)
  }
}
