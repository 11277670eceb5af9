import AWSObjects
import Probability
import TimeUnits

extension DelayLaw {
  /// The law in seconds, one uniform number a draw.
  func distribution() throws(DistributionError) -> AnyDistribution {
    switch self {
    case .constant(let delay): return .constant(try Constant(delay.secondsValue))
    case .uniform(let from, let to):
      guard from < to else { return .constant(try Constant(from.secondsValue)) }
      return .uniform(try Uniform(minimum: from.secondsValue, maximum: to.secondsValue))
    case .lognormal(let median, let sigma):
      return .logNormal(try LogNormal(median: median.secondsValue, sigma: sigma))
    case .exponential(let mean): return .exponential(try Exponential(mean: mean.secondsValue))
    case .mixture(let components):
      var parts: [Mixture.Component] = []
      for component in components {
        parts.append(
          Mixture.Component(
            weight: component.weight, distribution: try component.law.distribution()))
      }
      return .mixture(try Mixture(parts))
    }
  }
}
