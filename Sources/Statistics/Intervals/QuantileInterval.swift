import CGSL

/// A quantile with a confidence interval between two of the observations, whatever their law.
///
/// The number of observations at or below a quantile is binomial, so two order statistics bracket
/// it with a probability that is known without knowing the law (H. A. David, H. N. Nagaraja, *Order
/// Statistics*, 2003, section 7.1). Exact for continuous laws, and wide enough for others.
public struct QuantileInterval: Hashable, Sendable {
  /// The share of values at or below the quantile.
  public let probability: Double
  /// The least observation with that share of all observations at or below it.
  public let value: Double
  /// Nil where there are too few observations to bound the quantile below.
  public let low: Double?
  /// Nil where there are too few observations to bound the quantile above.
  public let high: Double?
  /// The probability, at least, with which an interval made this way covers the quantile.
  public let confidence: Double
  /// The number of observations.
  public let count: Int

  /// The interval from observations in ascending order; nil for none.
  ///
  /// - Complexity: some √n evaluations of a binomial law.
  public init?(ofSorted values: [Double], probability: Double, confidence: Double = 0.95) {
    precondition(probability > 0 && probability < 1, "a quantile lies between 0 and 1")
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    guard !values.isEmpty else { return nil }
    self.probability = probability
    self.confidence = confidence
    count = values.count
    let tail = (1 - confidence) / 2
    let size = UInt32(values.count)
    let middle = min(max(Int((probability * Double(values.count)).rounded(.up)), 1), values.count)
    value = values[middle - 1]
    // Ranks from 1. At most `tail` of all samples have fewer than `low` values below the quantile.
    var low = middle
    while low > 0, gsl_cdf_binomial_P(UInt32(low - 1), probability, size) > tail { low -= 1 }
    self.low = low > 0 ? values[low - 1] : nil
    var high = middle
    while high <= values.count, gsl_cdf_binomial_Q(UInt32(high - 1), probability, size) > tail {
      high += 1
    }
    self.high = high <= values.count ? values[high - 1] : nil
  }

  /// Whether the interval covers `value`; a missing bound bounds nothing.
  public func contains(_ value: Double) -> Bool {
    (low.map { $0 <= value } ?? true) && (high.map { value <= $0 } ?? true)
  }
}
