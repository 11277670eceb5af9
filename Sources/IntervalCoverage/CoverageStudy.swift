import Dispatch
import SimulationKernel
public import Statistics
import Synchronization

/// How often intervals cover what they are meant to cover, on data whose truth is known.
///
/// Every kind of interval of Statistics, at stated sample sizes, those at which it falls short
/// included.
public struct CoverageStudy: Sendable {
  /// One kind of interval at one sample size.
  public struct Row: Hashable, Sendable {
    public let subject: CoverageSubject
    /// How many of the intervals covered the truth; its own limits have 99 %.
    public let covered: ProportionInterval
    /// The share meant to cover.
    public let confidence: Double
    /// The mean of high − low, of those that had both limits; nil where none had.
    public let meanWidth: Double?

    /// Whether the share agrees with the confidence.
    public var verdict: CoverageVerdict {
      if covered.high < confidence { return .short }
      return covered.low > confidence ? .wide : .asPromised
    }

    /// Whether the share lies where it must; nil where nothing is demanded.
    public var isAccepted: Bool? { subject.demanded.map { $0.contains(covered.proportion) } }
  }

  public let seed: UInt64
  /// How many intervals of each kind are made.
  public let macroReplications: Int
  /// The share of them meant to cover.
  public let confidence: Double
  public let families: [CoverageFamily]

  /// A study of ``CoverageFamily/all(confidence:)``.
  ///
  /// - Parameters:
  ///   - macroReplications: default 1 000, with which a share of 95 % is known to ±1.4 %.
  public init(seed: UInt64 = 1, macroReplications: Int = 1_000, confidence: Double = 0.95) {
    self.init(
      CoverageFamily.all(confidence: confidence), seed: seed,
      macroReplications: macroReplications, confidence: confidence)
  }

  /// A study of chosen families, whose intervals are made with `confidence`.
  public init(
    _ families: [CoverageFamily], seed: UInt64, macroReplications: Int, confidence: Double
  ) {
    precondition(macroReplications > 0, "a share needs trials")
    self.families = families
    self.seed = seed
    self.macroReplications = macroReplications
    self.confidence = confidence
  }

  /// Everything, several trials at once; the same results on any number of threads.
  ///
  /// - Parameter progress: told how many trials of how many are done, in ascending order, by
  ///   whichever thread did one.
  /// - Complexity: some 10⁹ draws with the defaults.
  public func run(
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> [Row] {
    let total = families.count * macroReplications
    let state = Mutex((done: 0, trials: [[CoverageTrial]](repeating: [], count: total)))
    DispatchQueue.concurrentPerform(iterations: total) { number in
      let streams = RandomStreams(seed: seed).replication(UInt64(number % macroReplications))
      let trials = families[number / macroReplications].trials(streams)
      state.withLock { state in
        state.trials[number] = trials
        state.done += 1
        progress(state.done, total)
      }
    }
    let trials = state.withLock { $0.trials }
    return families.enumerated().flatMap { place, family in
      let ofFamily = trials[(place * macroReplications)..<((place + 1) * macroReplications)]
      return family.subjects.enumerated().map { index, subject in
        row(subject, ofFamily.map { $0[index] })
      }
    }
  }

  private func row(_ subject: CoverageSubject, _ trials: [CoverageTrial]) -> Row {
    let covered = ProportionInterval(
      successes: trials.count { $0.isCovered }, of: trials.count, confidence: 0.99)
    // There is at least one macro-replication.
    guard let covered else { fatalError() }
    let widths = RunningMoments(trials.compactMap(\.width))
    return Row(
      subject: subject, covered: covered, confidence: confidence,
      meanWidth: widths.count > 0 ? widths.mean : nil)
  }
}

/// How a measured share of covering intervals compares with what they promise.
public enum CoverageVerdict: String, Hashable, Sendable {
  case asPromised = "as promised"
  case short = "short"
  case wide = "wide"
}
