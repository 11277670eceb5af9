import CGSL

/// How two systems differ that met the same luck: one pair for each replication, by common random
/// numbers.
///
/// Student's t on the differences within the pairs (A. Law, *Simulation Modeling and Analysis*, 5th
/// edition, 2015, section 10.2.1): dependence inside a pair is allowed, and wanted.
public struct PairedDifference: Hashable, Sendable {
  /// The mean of the first system.
  public let first: Double
  /// The mean of the second.
  public let second: Double
  /// The mean of first − second, with its interval.
  public let interval: StudentInterval
  /// The variance of first − second; 0 where all pairs differ by the same.
  public let variance: Double
  /// What that variance would be had the two met luck of their own: the sum of theirs.
  public let independentVariance: Double

  /// The difference of pairs with the same index; nil for fewer than two.
  ///
  /// - Precondition: as many of one as of the other.
  public init?(_ first: [Double], _ second: [Double], confidence: Double = 0.95) {
    precondition(first.count == second.count, "pairs have two sides")
    let differences = RunningMoments(zip(first, second).lazy.map { $0 - $1 })
    let (a, b) = (RunningMoments(first), RunningMoments(second))
    guard let interval = StudentInterval(of: differences, confidence: confidence),
      let variance = differences.variance, let firstVariance = a.variance,
      let secondVariance = b.variance
    else { return nil }
    self.first = a.mean
    self.second = b.mean
    self.interval = interval
    self.variance = variance
    independentVariance = firstVariance + secondVariance
  }

  /// By what factor the common luck lessens the variance: (Var a + Var b) / Var(a − b). Independent
  /// streams would need so many times the replications. Nil where no difference varies.
  public var varianceReduction: Double? { variance > 0 ? independentVariance / variance : nil }

  /// The chance of a mean difference at least as far from 0 if there were none; two-sided. 0 or 1
  /// where no difference varies.
  public var pValue: Double {
    guard variance > 0 else { return interval.mean == 0 ? 1 : 0 }
    let count = Double(interval.count)
    let t = abs(interval.mean) / (variance / count).squareRoot()
    return 2 * gsl_cdf_tdist_Q(t, count - 1)
  }
}
