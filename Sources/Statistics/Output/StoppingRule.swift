import CGSL

/// When to stop replicating: at a wanted half-width of the mean's Student interval.
///
/// The number of replications then depends on what they gave, so the interval covers a little less
/// often than it says: after a lucky beginning one stops early. A. Law (*Simulation Modeling and
/// Analysis*, 5th edition, 2015, section 9.4.1) found it close from 10 replications and a relative
/// precision of 15 % on; hence the default minimum. `IntervalCoverage` measures it.
///
/// Several workers get the same answer only if the rule sees replications in the order of their
/// numbers, never in the order in which they end.
public struct StoppingRule: Hashable, Sendable {
  /// The half-width to reach.
  public enum Target: Hashable, Sendable {
    /// In the unit of the observations.
    case absolute(Double)
    /// A share of the true mean's size, such as 0.05; below 1. The half-width must be at most
    /// γ / (1 + γ) of the estimate, which itself may be off by γ.
    case relative(Double)
  }

  /// What to do next.
  public enum Decision: Hashable, Sendable {
    /// The target is reached.
    case stop
    /// So many replications more will, by the present estimate, reach it.
    case more(Int)
    /// The maximum is reached, the target is not.
    case exhausted
  }

  public let target: Target
  public let confidence: Double
  /// Nothing stops before so many replications; default 10.
  public let minimum: Int
  /// Nothing goes on after so many; default 10 000.
  public let maximum: Int

  /// - Precondition: a target above 0, a relative one also below 1; 2 ≤ minimum ≤ maximum.
  public init(
    _ target: Target, confidence: Double = 0.95, minimum: Int = 10, maximum: Int = 10_000
  ) {
    switch target {
    case .absolute(let width): precondition(width > 0, "a half-width is above 0")
    case .relative(let share): precondition(share > 0 && share < 1, "a share lies in 0..<1")
    }
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    precondition(minimum >= 2 && minimum <= maximum, "an interval needs two replications")
    self.target = target
    self.confidence = confidence
    self.minimum = minimum
    self.maximum = maximum
  }

  /// What to do after the replications in `moments`.
  ///
  /// - Complexity: O(log maximum).
  public func decide(_ moments: RunningMoments) -> Decision {
    guard moments.count >= minimum, let deviation = moments.standardDeviation else {
      return .more(minimum - moments.count)
    }
    let width = wanted(moments.mean)
    if halfWidth(deviation, moments.count) <= width { return .stop }
    guard moments.count < maximum else { return .exhausted }
    // The half-width falls with the number, so the least number that suffices is found by halving.
    var (low, high) = (moments.count, maximum)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if halfWidth(deviation, middle) <= width { high = middle } else { low = middle }
    }
    return .more(high - moments.count)
  }

  /// The half-width to reach about a mean.
  private func wanted(_ mean: Double) -> Double {
    switch target {
    case .absolute(let width): width
    case .relative(let share): abs(mean) * share / (1 + share)
    }
  }

  private func halfWidth(_ deviation: Double, _ count: Int) -> Double {
    // An estimate without spread meets any target, a mean of 0 included.
    guard deviation > 0 else { return 0 }
    return gsl_cdf_tdist_Qinv((1 - confidence) / 2, Double(count - 1)) * deviation
      / Double(count).squareRoot()
  }
}
