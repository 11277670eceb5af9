/// A guess with a least, a likeliest and a greatest value.
public struct Triangular: Distribution {
  public let minimum: Double
  public let mode: Double
  public let maximum: Double

  public init(minimum: Double, mode: Double, maximum: Double) throws(DistributionError) {
    try DistributionError.checkFinite("triangular", "minimum", minimum)
    try DistributionError.checkFinite("triangular", "maximum", maximum)
    try DistributionError.check(
      maximum > minimum && (maximum - minimum).isFinite, "triangular", "maximum", maximum,
      "greater than the minimum, \(minimum)")
    try DistributionError.check(
      mode >= minimum && mode <= maximum, "triangular", "mode", mode,
      "between \(minimum) and \(maximum)")
    self.minimum = minimum
    self.mode = mode
    self.maximum = maximum
  }

  private var width: Double { maximum - minimum }

  public var mean: Double { minimum + (width + (mode - minimum)) / 3 }

  public var variance: Double {
    let left = mode - minimum
    return (width * width + left * left - width * left) / 18
  }

  public func cdf(_ x: Double) -> Double {
    if x <= minimum { return 0 }
    if x >= maximum { return 1 }
    return x <= mode
      ? (x - minimum) * (x - minimum) / (width * (mode - minimum))
      : 1 - (maximum - x) * (maximum - x) / (width * (maximum - mode))
  }

  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    let left = mode - minimum
    return probability * width <= left
      ? minimum + (probability * width * left).squareRoot()
      : maximum - ((1 - probability) * width * (width - left)).squareRoot()
  }
}
