import AWSObjects
import Probability
import SimulationKernel
import TimeUnits

extension DelayLaw {
  /// One delay in nanoseconds, from one uniform number whatever the law: common random numbers stay
  /// in step when a law is exchanged for another.
  func sampleNanoseconds(using stream: inout RandomStream) -> Int64 {
    quantileNanoseconds(stream.openUniform())
  }

  private func quantileNanoseconds(_ probability: Double) -> Int64 {
    switch self {
    case .constant(let delay): return delay.nanoseconds
    case .uniform(let from, let to):
      let span = Double((to - from).nanoseconds)
      return from.nanoseconds + Int64((span * probability).rounded())
    case .lognormal(let median, let sigma):
      // The parameters were checked where the law was read.
      guard let law = try? LogNormal(median: median.secondsValue, sigma: sigma) else {
        return median.nanoseconds
      }
      return Duration.rounded(seconds: law.quantile(probability)).nanoseconds
    case .exponential(let mean):
      guard let law = try? Exponential(mean: mean.secondsValue) else { return mean.nanoseconds }
      return Duration.rounded(seconds: law.quantile(probability)).nanoseconds
    case .mixture(let components):
      // The uniform number chooses the component and, stretched again, the value within it.
      let total = components.reduce(0) { $0 + $1.weight }
      var rest = probability * total
      for component in components {
        if rest < component.weight {
          return component.law.quantileNanoseconds(
            min(max(rest / component.weight, 1e-12), 1 - 1e-12))
        }
        rest -= component.weight
      }
      return components.last?.law.quantileNanoseconds(probability) ?? 0
    }
  }
}
