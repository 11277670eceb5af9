/// One of several laws, chosen by weight: mostly quick, sometimes slow.
///
/// A draw inverts the common distribution function, so that it needs one uniform number only and
/// grows with it; that costs some sixty evaluations.
public struct Mixture: Distribution {
  public struct Component: Hashable, Sendable {
    /// The component's share of the draws; in a mixture, shares add up to 1.
    public var weight: Double
    public var distribution: AnyDistribution

    public init(weight: Double, distribution: AnyDistribution) {
      self.weight = weight
      self.distribution = distribution
    }
  }

  /// The components, their weights scaled to add up to 1.
  public let components: [Component]

  public init(_ components: [Component]) throws(DistributionError) {
    try DistributionError.check(
      !components.isEmpty, "mixture", "components", 0, "at least one component")
    for component in components {
      try DistributionError.checkPositive("mixture", "weight", component.weight)
    }
    let total = components.reduce(0) { $0 + $1.weight }
    try DistributionError.checkFinite("mixture", "weight", total)
    self.components = components.map {
      Component(weight: $0.weight / total, distribution: $0.distribution)
    }
  }

  private func average(_ value: (AnyDistribution) -> Double) -> Double {
    components.reduce(0) { $0 + $1.weight * value($1.distribution) }
  }

  public var mean: Double { average(\.mean) }

  public var variance: Double {
    let center = mean
    guard center.isFinite else { return .infinity }
    return average { $0.variance + ($0.mean - center) * ($0.mean - center) }
  }

  public func cdf(_ x: Double) -> Double { min(average { $0.cdf(x) }, 1) }
  public func cdf(below x: Double) -> Double { min(average { $0.cdf(below: x) }, 1) }

  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    // The common quantile lies between the least and the greatest of the components' own.
    var low = Double.infinity
    var high = -Double.infinity
    for component in components {
      let value = component.distribution.quantile(probability)
      low = min(low, value)
      high = max(high, value)
    }
    guard low < high, low.isFinite, high.isFinite else { return probability < 0.5 ? low : high }
    return invert(probability, low: low, high: high) { cdf($0) }
  }
}
