import KubernetesObjects
public import Scenarios
import SimulationKernel
public import TimeUnits
public import Traces

/// Everything that watches a run: the digest, the metrics, the story, and what is expected of it.
///
/// It reads records and changes nothing.
public struct RunObserver: Sendable {
  public private(set) var digest = RunDigest()
  public private(set) var metrics = ClusterMetrics()
  public private(set) var sequence = 0
  private var teller: StoryTeller
  private var checks: ExpectationChecks
  private var codec = TraceCodec()
  private var advisor = Advisor()

  /// `hasArrivals`: pods come and go all the time, and the story tells it span by span.
  public init(expectations: [Expectation], hasArrivals: Bool = false) {
    checks = ExpectationChecks(expectations)
    teller = StoryTeller(gathersPods: hasArrivals)
  }

  /// Takes in a record.
  ///
  /// - Returns: its canonical bytes, for whoever keeps the trace.
  @discardableResult
  public mutating func absorb(_ record: TraceRecord, at time: SimulationTime) -> [UInt8] {
    let bytes = codec.encode(record, at: time, sequence: sequence)
    sequence += 1
    digest.absorb(bytes)
    metrics.absorb(record, at: time)
    teller.absorb(record, at: time)
    checks.absorb(record, at: time)
    advisor.absorb(record, at: time)
    return bytes
  }

  mutating func finishStory() -> Story { teller.finish() }

  func verdicts(end: SimulationTime) -> [RunSummary.CheckedExpectation] {
    checks.verdicts(metrics: metrics.store, end: end)
  }

  func advice(hasFailures: Bool) -> [String] {
    advisor.advice(metrics: metrics.store, hasFailures: hasFailures)
  }
}

/// Holds the expectations against the records as they come, and the metrics at the end.
struct ExpectationChecks: Sendable {
  private let expectations: [Expectation]
  private var counts: [Int]
  private var commands: [(output: String, accepted: Bool)] = []

  init(_ expectations: [Expectation]) {
    self.expectations = expectations
    counts = Array(repeating: 0, count: expectations.count)
  }

  mutating func absorb(_ record: TraceRecord, at time: SimulationTime) {
    switch record {
    case .event(let event, _):
      for (index, expectation) in expectations.enumerated() {
        if case .event(let claim) = expectation.claim,
          claim.matches(
            reason: event.reason, kind: event.kind, name: event.name, message: event.message,
            at: time)
        {
          counts[index] += 1
        }
      }
    case .commandOutput(_, let output, let accepted): commands.append((output, accepted))
    default: break
    }
  }

  func verdicts(
    metrics: MetricStore, end: SimulationTime
  ) -> [RunSummary.CheckedExpectation] {
    expectations.enumerated().map { index, expectation in
      let verdict: Verdict
      switch expectation.claim {
      case .event(let claim): verdict = claim.check(count: counts[index])
      case .command(let claim):
        let ran = claim.number >= 1 && claim.number <= commands.count
        let found = ran ? commands[claim.number - 1] : nil
        verdict = claim.check(output: found?.output, accepted: found?.accepted ?? false)
      case .metric(let claim):
        verdict = claim.check(Self.steps(claim, metrics), end: end)
      }
      return RunSummary.CheckedExpectation(
        text: expectation.sentence, passed: verdict.passed, actual: verdict.actual)
    }
  }

  /// The sum over all series that match, as steps.
  private static func steps(
    _ claim: MetricExpectation, _ metrics: MetricStore
  ) -> [MetricExpectation.Step] {
    let series = metrics.matching(claim.metric, claim.labels).map(\.1)
    let times = series.flatMap { $0.steps.map(\.time) }.sorted()
    var steps: [MetricExpectation.Step] = []
    for time in times where steps.last?.time != time {
      steps.append(
        MetricExpectation.Step(
          time: time, value: series.reduce(0) { $0 + $1.value(at: time) }))
    }
    return steps
  }
}
