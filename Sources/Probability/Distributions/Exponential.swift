import CGSL

/// The wait for something that may happen at any moment, whatever the wait so far.
@frozen
public struct Exponential: Distribution {
  public let mean: Double

  /// The law with an expected value, in the unit of the values.
  public init(mean: Double) throws(DistributionError) {
    try DistributionError.checkPositive("exponential", "mean", mean)
    self.mean = mean
  }

  /// The law of the gaps between events that come `rate` times in a unit of time.
  public init(rate: Double) throws(DistributionError) {
    try DistributionError.checkPositive("exponential", "rate", rate)
    try self.init(mean: 1 / rate)
  }

  public var variance: Double { mean * mean }

  public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : -expm1(-x / mean) }

  @inlinable
  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    // `log1p` is needed only where 1 - p is rounded; for every draw it is exact, and `log` takes
    // less than half the time.
    let rest = 1 - probability
    return 0 - mean * (1 - rest == probability ? logarithm(rest) : logarithm1p(-probability))
  }
}

// Doors for inlined code, which cannot see into the library behind them.

@usableFromInline
func logarithm(_ x: Double) -> Double { log(x) }

@usableFromInline
func logarithm1p(_ x: Double) -> Double { log1p(x) }
