import CGSL

/// One mean in terms of another, with an interval: "cheaper by 12 % (9 % to 15 %)".
public struct RatioOfMeans: Hashable, Sendable {
  /// How the limits are found.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// All ratios R for which the mean of a − R·b is not significantly away from 0 (E. Fieller,
    /// 1954): exact for normal observations. It has no limits where the mean below could be 0.
    case fieller
    /// Symmetric about the ratio, by the first term of a series: too short where the mean below is
    /// uncertain.
    case delta
  }

  /// The mean above over the mean below.
  public let ratio: Double
  /// Nil where the ratio has no limits.
  public let low: Double?
  public let high: Double?
  /// The probability with which an interval made this way is meant to cover the truth.
  public let confidence: Double

  /// The ratio from pairs that met the same luck; nil for fewer than two, or a mean of 0 below.
  ///
  /// - Precondition: as many above as below.
  public init?(
    pairs above: [Double], _ below: [Double], confidence: Double = 0.95,
    method: Method = .fieller
  ) {
    precondition(above.count == below.count, "pairs have two sides")
    let (a, b) = (RunningMoments(above), RunningMoments(below))
    guard let varianceA = a.variance, let varianceB = b.variance else { return nil }
    let count = Double(a.count)
    let products = zip(above, below).reduce(0) { $0 + ($1.0 - a.mean) * ($1.1 - b.mean) }
    self.init(
      a.mean, b.mean, varianceA / count, varianceB / count, products / (count - 1) / count,
      degreesOfFreedom: count - 1, confidence, method)
  }

  /// The ratio from observations that have nothing in common; nil for fewer than two of either, or
  /// a mean of 0 below. Degrees of freedom by B. L. Welch (1947) at the ratio.
  public init?(
    independent above: [Double], _ below: [Double], confidence: Double = 0.95,
    method: Method = .fieller
  ) {
    let (a, b) = (RunningMoments(above), RunningMoments(below))
    guard let varianceA = a.variance, let varianceB = b.variance, b.mean != 0 else { return nil }
    let (countA, countB) = (Double(a.count), Double(b.count))
    let (errorA, errorB) = (varianceA / countA, varianceB / countB)
    let scaled = errorB * (a.mean / b.mean) * (a.mean / b.mean)
    let sum = errorA + scaled
    let parts = errorA * errorA / (countA - 1) + scaled * scaled / (countB - 1)
    self.init(
      a.mean, b.mean, errorA, errorB, 0,
      degreesOfFreedom: parts > 0 ? sum * sum / parts : countA + countB - 2, confidence, method)
  }

  /// The change from the mean below to the mean above in percent, −12 for cheaper by 12 %.
  public var percentChange: (value: Double, low: Double?, high: Double?) {
    func percent(_ ratio: Double) -> Double { (ratio - 1) * 100 }
    return (percent(ratio), low.map(percent), high.map(percent))
  }

  /// Whether the interval covers `value`; a missing limit limits nothing.
  public func contains(_ value: Double) -> Bool {
    (low.map { $0 <= value } ?? true) && (high.map { value <= $0 } ?? true)
  }

  /// From means, the variances of these and their covariance.
  private init?(
    _ a: Double, _ b: Double, _ varianceA: Double, _ varianceB: Double, _ covariance: Double,
    degreesOfFreedom: Double, _ confidence: Double, _ method: Method
  ) {
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    guard b != 0 else { return nil }
    ratio = a / b
    self.confidence = confidence
    let t = gsl_cdf_tdist_Qinv((1 - confidence) / 2, degreesOfFreedom)
    switch method {
    case .delta:
      let variance = varianceA - 2 * ratio * covariance + ratio * ratio * varianceB
      let half = t * max(variance, 0).squareRoot() / abs(b)
      (low, high) = (ratio - half, ratio + half)
    case .fieller:
      // (a − R b)² = t² (Vₐ − 2 R C + R² V_b), a quadratic equation in R.
      let square = b * b - t * t * varianceB
      let middle = a * b - t * t * covariance
      let rest = a * a - t * t * varianceA
      guard square > 0 else {
        (low, high) = (nil, nil)
        return
      }
      let root = max(middle * middle - square * rest, 0).squareRoot()
      (low, high) = ((middle - root) / square, (middle + root) / square)
    }
  }
}
