/// Always the same value.
public struct Constant: Distribution {
  public let value: Double

  public init(_ value: Double) throws(DistributionError) {
    try DistributionError.checkFinite("constant", "value", value)
    self.value = value
  }

  public var mean: Double { value }
  public var variance: Double { 0 }

  public func cdf(_ x: Double) -> Double { x < value ? 0 : 1 }
  public func cdf(below x: Double) -> Double { x <= value ? 0 : 1 }

  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    return value
  }
}
