import CGSL

/// A confidence interval for a mean, from independent observations: one for each replication.
///
/// Student's t: exact for normal observations, and close for means of long runs.
public struct StudentInterval: Hashable, Sendable {
  public let mean: Double
  public let halfWidth: Double
  /// The probability with which an interval made this way covers the true mean.
  public let confidence: Double
  /// The number of observations.
  public let count: Int

  /// The interval of some observations; nil for fewer than two.
  public init?(of observations: some Sequence<Double>, confidence: Double = 0.95) {
    self.init(of: RunningMoments(observations), confidence: confidence)
  }

  /// The interval of what was collected; nil for fewer than two observations.
  public init?(of moments: RunningMoments, confidence: Double = 0.95) {
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    guard let deviation = moments.standardDeviation else { return nil }
    let quantile = gsl_cdf_tdist_Qinv((1 - confidence) / 2, Double(moments.count - 1))
    self.mean = moments.mean
    self.halfWidth = quantile * deviation / Double(moments.count).squareRoot()
    self.confidence = confidence
    self.count = moments.count
  }

  /// The interval of an estimate whose standard error was found otherwise.
  ///
  /// - Parameters:
  ///   - degreesOfFreedom: of the standard error; above 0, not necessarily whole.
  ///   - count: the number of observations behind it.
  public init(
    mean: Double, standardError: Double, degreesOfFreedom: Double, count: Int,
    confidence: Double = 0.95
  ) {
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    precondition(degreesOfFreedom > 0 && standardError >= 0, "an error has degrees of freedom")
    self.mean = mean
    self.halfWidth = gsl_cdf_tdist_Qinv((1 - confidence) / 2, degreesOfFreedom) * standardError
    self.confidence = confidence
    self.count = count
  }

  public var low: Double { mean - halfWidth }
  public var high: Double { mean + halfWidth }

  public func contains(_ value: Double) -> Bool { value >= low && value <= high }
}
