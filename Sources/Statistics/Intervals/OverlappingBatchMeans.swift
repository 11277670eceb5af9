/// A confidence interval for a mean from one long run, by every batch of a length, not only those
/// side by side (M. Meketon, B. Schmeiser, 1984).
///
/// The standard error is steadier than that of ``BatchMeans`` with as long a batch: it has half as
/// many degrees of freedom again. It is as wrong where batches are not long enough.
public struct OverlappingBatchMeans: Hashable, Sendable {
  public let mean: Double
  /// The square root of m / ((n − m + 1)(n − m)) · Σ (Ȳⱼ − Ȳ)², n the number of observations, m the
  /// length of a batch.
  public let standardError: Double
  public let batchSize: Int
  public let count: Int

  /// Nil where fewer than two batches fit beside each other.
  ///
  /// - Complexity: O(count).
  public init?(_ observations: [Double], batchSize: Int) {
    precondition(batchSize > 0, "a batch holds an observation")
    guard observations.count >= 2 * batchSize else { return nil }
    let (n, m) = (Double(observations.count), Double(batchSize))
    let mean = observations.reduce(0, +) / n
    // Sums about the mean stay small, so that sliding loses little to rounding.
    var sum = observations[..<batchSize].reduce(0) { $0 + ($1 - mean) }
    var squares = sum * sum
    for (last, first) in zip(observations[batchSize...], observations) {
      sum += last - first
      squares += sum * sum
    }
    self.mean = mean
    standardError = (squares / m / ((n - m + 1) * (n - m))).squareRoot()
    self.batchSize = batchSize
    count = observations.count
  }

  /// 3/2 (n / m − 1), as for long runs.
  public var degreesOfFreedom: Double { 1.5 * (Double(count) / Double(batchSize) - 1) }

  /// The interval that holds if a batch is much longer than the dependence.
  public func interval(confidence: Double = 0.95) -> StudentInterval {
    StudentInterval(
      mean: mean, standardError: standardError, degreesOfFreedom: degreesOfFreedom, count: count,
      confidence: confidence)
  }
}
