import CGSL

/// Another law, given that its value lies within bounds.
public struct Truncated: Distribution {
  public let base: AnyDistribution
  public let minimum: Double
  public let maximum: Double
  private let massBelow: Double
  private let mass: Double

  /// The law of `base` within `minimum...maximum`; either bound may be infinite.
  public init(
    _ base: AnyDistribution, minimum: Double = -.infinity, maximum: Double = .infinity
  ) throws(DistributionError) {
    try DistributionError.check(
      maximum >= minimum, "truncated", "maximum", maximum, "at least the minimum, \(minimum)")
    self.base = base
    self.minimum = minimum
    self.maximum = maximum
    massBelow = base.cdf(below: minimum)
    mass = base.cdf(maximum) - massBelow
    // Closer to nothing, rounding would decide which values come out.
    try DistributionError.check(
      mass >= 1e-9, "truncated", "probability within the bounds", mass, "at least 1e-9")
  }

  public func cdf(_ x: Double) -> Double {
    if x < minimum { return 0 }
    return x >= maximum ? 1 : min(max((base.cdf(x) - massBelow) / mass, 0), 1)
  }

  public func cdf(below x: Double) -> Double {
    if x <= minimum { return 0 }
    return x > maximum ? 1 : min(max((base.cdf(below: x) - massBelow) / mass, 0), 1)
  }

  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    let value = base.quantile(min(massBelow + probability * mass, 1))
    return min(max(value, minimum), maximum)
  }

  public var mean: Double { Self.moments(of: base, within: minimum, maximum).first / mass }

  public var variance: Double {
    let (_, first, second) = Self.moments(of: base, within: minimum, maximum)
    guard second.isFinite else { return .infinity }
    return max(second / mass - (first / mass) * (first / mass), 0)
  }
}

extension Truncated {
  /// The probability and the first two moments of the part of a law within bounds.
  private static func moments(
    of law: AnyDistribution, within low: Double, _ high: Double
  ) -> (mass: Double, first: Double, second: Double) {
    func sum(_ weighted: [(weight: Double, value: Double)]) -> (Double, Double, Double) {
      weighted.reduce((0, 0, 0)) { sums, point in
        let (weight, value) = point
        guard value >= low, value <= high else { return sums }
        return (sums.0 + weight, sums.1 + weight * value, sums.2 + weight * value * value)
      }
    }
    switch law {
    case .constant(let constant):
      return sum([(1, constant.value)])
    case .empirical(let empirical):
      let weight = 1 / Double(empirical.values.count)
      return sum(empirical.values.map { (weight, $0) })
    case .zipf(let zipf):
      return sum((1...zipf.count).map { (zipf.probability(of: $0), Double($0)) })
    case .mixture(let mixture):
      return mixture.components.reduce((0, 0, 0)) { sums, component in
        let part = moments(of: component.distribution, within: low, high)
        return (
          sums.0 + component.weight * part.mass, sums.1 + component.weight * part.first,
          sums.2 + component.weight * part.second
        )
      }
    case .truncated(let inner):
      let part = moments(of: inner.base, within: max(low, inner.minimum), min(high, inner.maximum))
      return (part.mass / inner.mass, part.first / inner.mass, part.second / inner.mass)
    default:
      return continuousMoments(of: law, within: low, high)
    }
  }

  /// The same for a law with a density, as integrals of its quantile over probability.
  private static func continuousMoments(
    of law: AnyDistribution, within low: Double, _ high: Double
  ) -> (mass: Double, first: Double, second: Double) {
    let from = law.cdf(below: low)
    let to = law.cdf(high)
    guard to > from else { return (0, 0, 0) }
    let first = high == .infinity && law.mean == .infinity
    let second = high == .infinity && law.variance == .infinity
    return (
      to - from,
      first ? .infinity : integrate(from: from, to: to) { law.quantile($0) },
      second ? .infinity : integrate(from: from, to: to) { law.quantile($0) * law.quantile($0) }
    )
  }

  /// Adaptive Gauss–Kronrod quadrature that bears singular ends (GSL's QAGS, after QUADPACK).
  private static func integrate(
    from low: Double, to high: Double, _ integrand: @escaping (Double) -> Double
  ) -> Double {
    final class Closure {
      let body: (Double) -> Double
      init(_ body: @escaping (Double) -> Double) { self.body = body }
    }
    let limit = 1_000
    let closure = Closure(integrand)
    let workspace = gsl_integration_workspace_alloc(limit)
    defer { gsl_integration_workspace_free(workspace) }
    var function = gsl_function(
      function: { x, closure in
        Unmanaged<Closure>.fromOpaque(closure!).takeUnretainedValue().body(x)
      }, params: Unmanaged.passUnretained(closure).toOpaque())
    var result = 0.0
    var error = 0.0
    withExtendedLifetime(closure) {
      _ = gsl_integration_qags(&function, low, high, 0, 1e-10, limit, workspace, &result, &error)
    }
    return result
  }
}
