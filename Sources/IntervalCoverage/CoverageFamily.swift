public import SimulationKernel
import Statistics

/// One kind of interval at one sample size, in words.
public struct CoverageSubject: Hashable, Sendable {
  /// The kind of interval: `Student t`.
  public let interval: String
  /// What it is of, and of which law: `mean wait in M/M/1, ρ = 0.8`.
  public let target: String
  /// The sample: `20 runs of 20 000 after 2 000`.
  public let sample: String
  /// Why it covers less, or more, than it says; empty where nothing of the kind is known.
  public let reason: String
  /// Where the share must lie for the study to be accepted; nil where nothing is demanded.
  public let demanded: ClosedRange<Double>?

  public init(
    _ interval: String, of target: String, sample: String, reason: String = "",
    demanded: ClosedRange<Double>? = nil
  ) {
    self.interval = interval
    self.target = target
    self.sample = sample
    self.reason = reason
    self.demanded = demanded
  }
}

/// What one interval came to.
public struct CoverageTrial: Hashable, Sendable {
  public let isCovered: Bool
  /// Its high − low; nil where it lacks a limit.
  public let width: Double?

  public init(isCovered: Bool, width: Double?) {
    self.isCovered = isCovered
    self.width = width
  }

  /// No interval came out: it covers nothing.
  static let none = CoverageTrial(isCovered: false, width: nil)

  init(_ interval: StudentInterval?, _ truth: Double) {
    guard let interval else {
      self = .none
      return
    }
    self.init(isCovered: interval.contains(truth), width: 2 * interval.halfWidth)
  }

  init(low: Double, high: Double, _ truth: Double) {
    self.init(isCovered: truth >= low && truth <= high, width: high - low)
  }
}

/// Intervals that are made of the same data.
public struct CoverageFamily: Sendable {
  public let subjects: [CoverageSubject]
  /// One trial for each subject, of one macro-replication's streams.
  public let trials: @Sendable (RandomStreams) -> [CoverageTrial]

  public init(
    _ subjects: [CoverageSubject],
    trials: @escaping @Sendable (RandomStreams) -> [CoverageTrial]
  ) {
    self.subjects = subjects
    self.trials = trials
  }

  /// Every kind of interval that Statistics has.
  public static func all(confidence: Double) -> [CoverageFamily] {
    replicatedQueues(confidence) + singleRuns(confidence) + skewedMeans(confidence)
      + quantiles(confidence) + proportions(confidence) + comparisons(confidence)
      + ratios(confidence) + stopping(confidence) + sensitivity(confidence)
  }
}
