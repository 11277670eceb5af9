import CGSL

/// A confidence interval for anything that can be computed of independent observations, by drawing
/// them anew (B. Efron, R. Tibshirani, *An Introduction to the Bootstrap*, 1993, chapters 13, 14).
public struct ResamplingInterval: Hashable, Sendable {
  /// How the limits are found among the draws' statistics.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// The plain quantiles of the draws.
    case percentile
    /// Quantiles corrected for bias, by the share of draws below the estimate, and for a spread
    /// that changes with the truth, by the jackknife (BCa).
    case biasCorrected
  }

  /// The statistic of the observations themselves.
  public let estimate: Double
  public let low: Double
  public let high: Double
  /// The probability with which an interval made this way is meant to cover the truth.
  public let confidence: Double

  /// The interval of a statistic; nil for fewer than two observations.
  ///
  /// - Parameters:
  ///   - draws: how many times as many observations are drawn with replacement; default 2 000.
  /// - Complexity: (draws + n) statistics of n observations.
  public init?<Generator: RandomNumberGenerator>(
    of observations: [Double], method: Method = .biasCorrected, draws: Int = 2_000,
    confidence: Double = 0.95, using generator: inout Generator,
    statistic: ([Double]) -> Double
  ) {
    precondition(draws > 1, "a quantile needs draws")
    guard observations.count > 1 else { return nil }
    var drawn = observations
    let statistics = (0..<draws).map { _ in
      for place in drawn.indices {
        drawn[place] = observations[Int.random(in: observations.indices, using: &generator)]
      }
      return statistic(drawn)
    }
    var jackknife: [Double]?
    if method == .biasCorrected {
      jackknife = observations.indices.map { left in
        var others = observations
        others.remove(at: left)
        return statistic(others)
      }
    }
    self.init(
      estimate: statistic(observations), draws: statistics, jackknife: jackknife,
      confidence: confidence)
  }

  /// The interval from statistics that were computed before.
  ///
  /// - Parameters:
  ///   - draws: the statistic of every draw, in any order; at least one.
  ///   - jackknife: the statistic without each observation in turn: with it the bias-corrected
  ///     interval, without it the percentile interval.
  public init(
    estimate: Double, draws: [Double], jackknife: [Double]? = nil, confidence: Double = 0.95
  ) {
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    precondition(!draws.isEmpty, "a quantile needs draws")
    let sorted = draws.sorted()
    let tail = (1 - confidence) / 2
    var tails = (tail, 1 - tail)
    if let jackknife {
      let bias = Self.bias(of: estimate, in: sorted)
      let acceleration = Self.acceleration(jackknife)
      func corrected(_ tail: Double) -> Double {
        let shifted = bias + gsl_cdf_ugaussian_Pinv(tail)
        return gsl_cdf_ugaussian_P(bias + shifted / (1 - acceleration * shifted))
      }
      tails = (corrected(tails.0), corrected(tails.1))
    }
    self.estimate = estimate
    self.low = SampleQuantile.interpolated(ofSorted: sorted, tails.0)
    self.high = SampleQuantile.interpolated(ofSorted: sorted, tails.1)
    self.confidence = confidence
  }

  public func contains(_ value: Double) -> Bool { value >= low && value <= high }

  /// Where the estimate lies among the draws, in standard deviations; those equal to it count half.
  private static func bias(of estimate: Double, in draws: [Double]) -> Double {
    let count = Double(draws.count)
    let below = Double(draws.count { $0 < estimate })
    let equal = Double(draws.count { $0 == estimate })
    // An estimate beyond every draw is no infinite distance away: there may have been half a draw.
    let share = min(max((below + equal / 2) / count, 0.5 / count), 1 - 0.5 / count)
    return gsl_cdf_ugaussian_Pinv(share)
  }

  /// Σ d³ / (6 (Σ d²)^(3/2)), d the mean less each; 0 where all are equal.
  private static func acceleration(_ jackknife: [Double]) -> Double {
    let mean = jackknife.reduce(0, +) / Double(jackknife.count)
    var (squares, cubes) = (0.0, 0.0)
    for value in jackknife {
      let distance = mean - value
      squares += distance * distance
      cubes += distance * distance * distance
    }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }
}
