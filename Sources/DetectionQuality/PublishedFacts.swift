import AnomalyDetector
import Probability
import SimulationKernel
import Statistics
import SyntheticStreams

/// What the published detector does with windows of 50 and 51 values, computed anew: some by
/// arithmetic, some over random windows.
///
/// Reference values come from a numerical probe by another program.
public struct PublishedFacts: Sendable {
  /// The random windows of each claim.
  public var draws: Int
  public var seed: UInt64
  private let detector = PublishedCUSUM()
  /// The history that the application reads and the event itself.
  static let window = 51

  /// Facts over `draws` windows, at least one.
  public init(draws: Int, seed: UInt64) {
    precondition(draws > 0, "a share needs draws")
    self.draws = draws
    self.seed = seed
  }

  /// All of them, in the order of the claims. Complexity: linear in the draws.
  public func compute(done: @Sendable () -> Void = {}) -> [DerivedFact] {
    let jobs = claims
    return exact + IndexedRuns.map(jobs.count, done: done) { facts(of: jobs[$0]) }.flatMap { $0 }
  }

  /// How often `compute` says that a part is done.
  public var parts: Int { claims.count }

  // MARK: Arithmetic

  private var exact: [DerivedFact] {
    let firing = (1..<Self.window).filter { isRaised(trailing: $0, of: Self.window) }
    var facts = [
      exact("upper sum over limit after an isolated spike, 50 values", ratio(1, 50), 0.3133, 4),
      exact("upper sum over limit after an isolated spike, 51 values", ratio(1, 51), 0.3134, 4),
      exact("the same after 12 trailing values of a thousandfold", ratio(12, 51), 0.991, 3),
      exact("the same after 13", ratio(13, 51), 1.024, 3),
    ]
    if let first = firing.first, let last = firing.last {
      facts += [
        exact("fewest trailing values of a thousandfold that fire", Double(first), 13, 0),
        exact("most of them that fire", Double(last), 46, 0),
        exact("counts of them that fire", Double(firing.count), 34, 0),
      ]
    }
    facts.append(
      exact("probability of 13 or more anomalies among 51 at 0.0001", Self.tail(13, 51, 1e-4), 0, 9)
    )
    return facts
  }

  private func exact(
    _ text: String, _ value: Double, _ reference: Double, _ digits: Int
  ) -> DerivedFact {
    DerivedFact(
      text: text, measured: .exact(value), reference: reference,
      rounding: digits == 0 ? 0 : 0.5 * (0..<digits).reduce(1) { value, _ in value / 10 })
  }

  private func played(trailing count: Int, of length: Int) -> PublishedCUSUM {
    var detector = detector
    for number in 0..<length {
      _ = detector.observe(number < length - count ? 7 : 7_000)
    }
    return detector
  }

  private func ratio(_ count: Int, _ length: Int) -> Double {
    let played = played(trailing: count, of: length)
    return played.cusumHigh / (played.threshold * played.sumSquaredDeviation.squareRoot())
  }

  private func isRaised(trailing count: Int, of length: Int) -> Bool {
    detector.check(window: (0..<length).map { $0 < length - count ? 7.0 : 7_000 }).isAnomaly
  }

  /// The probability of `least` or more of `count` independent events of probability `p`.
  private static func tail(_ least: Int, _ count: Int, _ p: Double) -> Double {
    var term = 1.0
    for _ in 0..<count { term *= 1 - p }
    var sum = 0.0
    for number in 0...count {
      if number >= least { sum += term }
      term *= Double(count - number) / Double(number + 1) * p / (1 - p)
    }
    return sum
  }
}
