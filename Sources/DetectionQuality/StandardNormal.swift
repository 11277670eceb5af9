import Probability

/// The probability that a standard normal number is at most `x`.
func normalCDF(_ x: Double) -> Double { StandardNormal.law.cdf(x) }

/// The normal law with mean 0 and deviation 1.
enum StandardNormal {
  static let law: Normal = {
    do { return try Normal(mean: 0, standardDeviation: 1) } catch {
      preconditionFailure("the standard normal law exists: \(error)")
    }
  }()
}
