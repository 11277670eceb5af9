import CGSL

/// How much the observations of one run depend on those before them.
public enum Autocorrelation {
  /// The correlation of observations `lag` apart, from −1 to 1: the sum of their products over the
  /// sum of squares, both about the mean of all. 0 if all are equal.
  public static func lag(_ lag: Int, of observations: [Double]) -> Double {
    precondition(lag >= 0, "a lag looks back")
    let center = observations.reduce(0, +) / Double(observations.count)
    let squares = observations.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    guard squares > 0 else { return 0 }
    return zip(observations, observations.dropFirst(lag))
      .reduce(0) { $0 + ($1.0 - center) * ($1.1 - center) } / squares
  }
}

/// Whether observations, or the means of batches, may be independent: J. von Neumann's ratio
/// (1941) of the mean squared step to the variance.
///
/// For independent normal values 1 − Σ (xᵢ₊₁ − xᵢ)² / (2 Σ (xᵢ − x̄)²) has mean 0 and variance
/// (n − 2) / (n² − 1), and is normal enough from n = 8 on (G. Fishman, 1978).
public struct VonNeumannTest: Hashable, Sendable {
  /// Near 2 for independent values, towards 0 where neighbors are alike, towards 4 where they
  /// alternate.
  public let ratio: Double
  /// The number of values.
  public let count: Int

  /// Nil for fewer than 8 values or where all are equal.
  public init?(_ values: [Double]) {
    guard values.count >= 8 else { return nil }
    let center = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    guard squares > 0 else { return nil }
    let steps = zip(values, values.dropFirst()).reduce(0) {
      $0 + ($1.1 - $1.0) * ($1.1 - $1.0)
    }
    ratio = steps / squares
    count = values.count
  }

  /// How many standard deviations the values lie from independence; above 0 where neighbors are
  /// alike, which makes intervals too narrow.
  public var statistic: Double {
    let n = Double(count)
    return (1 - ratio / 2) * ((n * n - 1) / (n - 2)).squareRoot()
  }

  /// The chance of neighbors at least as alike if the values were independent. Small: warn.
  public var pValue: Double { gsl_cdf_ugaussian_Q(statistic) }
}
