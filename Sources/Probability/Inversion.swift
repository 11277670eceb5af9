import CGSL

/// The library's habits, set once before its first use.
enum GSL {
  /// By default GSL ends the process on a domain error; we look at what it returns instead.
  static let withoutAborting: Void = { _ = gsl_set_error_handler_off() }()

  /// The quantile of the standard normal law.
  static func normalQuantile(_ probability: Double) -> Double {
    switch probability {
    case 0: -.infinity
    case 1: .infinity
    default: gsl_cdf_ugaussian_Pinv(probability)
    }
  }
}

/// The least `x` in `low...high` with `cdf(x) >= probability`, by bisection down to adjacent
/// numbers.
///
/// For laws without a closed form; some sixty calls of `cdf`.
func invert(
  _ probability: Double, low: Double, high: Double, cdf: (Double) -> Double
) -> Double {
  var (low, high) = (low, high)
  if cdf(low) >= probability { return low }
  while true {
    let middle = low + (high - low) / 2
    guard middle > low, middle < high else { return high }
    if cdf(middle) >= probability { high = middle } else { low = middle }
  }
}

/// Stops on a probability that is none: a mistake of the caller, not of an input.
@inlinable
func requireProbability(_ probability: Double) {
  precondition(probability >= 0 && probability <= 1, "a probability lies in 0...1")
}
