import Probability
import SimulationKernel
import Statistics
import Testing

private typealias References = EstimatorReferences

/// What one run's observations tell: warm-up, dependence, when to stop.
@Suite struct OutputTests {
  @Test("the warm-up ends where MSER-5's definition has its minimum")
  func warmUp() throws {
    let warmUp = try #require(WarmUp(References.run))
    #expect(warmUp.truncation == References.truncation && warmUp.truncation > 0)
    #expect(warmUp.isRunLongEnough)
    #expect(try #require(WarmUp(Array(repeating: 3, count: 100))).truncation == 0)
    #expect(WarmUp([1, 2, 3]) == nil)
  }

  @Test("a run that never settles is called too short")
  func unsettled() throws {
    let ramp = try #require(WarmUp((0..<500).map { Double($0) }))
    #expect(!ramp.isRunLongEnough && ramp.truncation == 250)
  }

  @Test("several runs share the truncation of their mean path")
  func meanPath() throws {
    let down = References.run.map { 20 - $0 }
    let up = References.run.map { 3 * $0 }
    let shared = try #require(WarmUp(meanOf: [References.run, up, down]))
    // Their mean is the run itself, moved.
    #expect(shared.truncation == References.truncation)
  }

  @Test("dropping the warm-up brings the mean of a run from a bad start home")
  func bias() throws {
    let noise = try Normal(mean: 0, standardDeviation: 1)
    var (all, rest) = (RunningMoments(), RunningMoments())
    for run in 0..<200 as Range<UInt64> {
      var stream = RandomStreams(seed: 3).stream("warm-up", entity: run)
      let path = (0..<1_000).map { 5 + 20 * Double($0 < 50 ? 1 : 0) + noise.sample(using: &stream) }
      let warmUp = try #require(WarmUp(path))
      all.add(RunningMoments(path).mean)
      rest.add(RunningMoments(path[warmUp.truncation...]).mean)
    }
    #expect(abs(all.mean - 6) < 0.01)
    #expect(abs(rest.mean - 5) < 0.01)
  }

  @Test("dependence is what statsmodels measures")
  func dependence() throws {
    let tail = Array(References.run[60...])
    for (lag, expected) in zip(1..., References.tailCorrelations) {
      #expect(abs(Autocorrelation.lag(lag, of: tail) - expected) < 1e-12)
    }
    let test = try #require(VonNeumannTest(tail))
    #expect(abs(test.ratio - References.durbinWatson) < 1e-12)
    #expect(test.pValue < 0.001, "neighbors with a correlation of 0.6 are no independent values")
    #expect(
      VonNeumannTest([1, 2, 3]) == nil && VonNeumannTest(Array(repeating: 1, count: 9)) == nil)
  }

  @Test("independent values are suspected as seldom as the level says")
  func level() throws {
    let law = try Normal(mean: 0, standardDeviation: 1)
    var stream = RandomStream(key: 11)
    var suspected = 0
    for _ in 0..<4_000 {
      let values = (0..<20).map { _ in law.sample(using: &stream) }
      if try #require(VonNeumannTest(values)).pValue < 0.05 { suspected += 1 }
    }
    // 200 expected, four standard deviations are 55.
    #expect(abs(suspected - 200) < 55)
  }

  @Test("overlapping batches give the error of their definition")
  func overlapping() throws {
    let tail = Array(References.run[60...])
    let batches = try #require(OverlappingBatchMeans(tail, batchSize: 20))
    #expect(abs(batches.standardError / References.overlappingError - 1) < 1e-9)
    let interval = batches.interval()
    #expect(interval.contains(batches.mean) && interval.halfWidth > 2 * batches.standardError)
    #expect(OverlappingBatchMeans([1, 2, 3], batchSize: 2) == nil)
  }
}

@Suite struct StoppingRuleTests {
  @Test("nothing stops before the minimum or goes on after the maximum")
  func bounds() {
    let rule = StoppingRule(.absolute(0.1), minimum: 5, maximum: 8)
    #expect(rule.decide(RunningMoments()) == .more(5))
    #expect(rule.decide(RunningMoments([1, 1, 1, 1])) == .more(1))
    #expect(rule.decide(RunningMoments([1, 1, 1, 1, 1])) == .stop)
    #expect(rule.decide(RunningMoments([1, 9, 1, 9, 1])) == .more(3))
    #expect(rule.decide(RunningMoments([1, 9, 1, 9, 1, 9, 1, 9])) == .exhausted)
  }

  @Test("the number still needed is the least with which the half-width is reached")
  func needed() throws {
    let sample = [12.1, 9.7, 11.4, 10.2, 13.3, 8.8, 10.9]
    let deviation = try #require(RunningMoments(sample).standardDeviation)
    for (target, width) in [
      (StoppingRule.Target.absolute(0.5), 0.5),
      (.relative(0.05), RunningMoments(sample).mean * 0.05 / 1.05),
    ] {
      let rule = StoppingRule(target, minimum: 2)
      guard case .more(let more) = rule.decide(RunningMoments(sample)) else {
        return #expect(Bool(false))
      }
      func halfWidth(_ count: Int) -> Double {
        StudentInterval(
          mean: 0, standardError: deviation / Double(count).squareRoot(),
          degreesOfFreedom: Double(count - 1), count: count
        ).halfWidth
      }
      #expect(halfWidth(7 + more) <= width && halfWidth(6 + more) > width)
    }
  }

  @Test("a relative precision is kept, and costs what the variance asks for")
  func sequential() throws {
    let law = try Normal(mean: 10, standardDeviation: 2)
    let rule = StoppingRule(.relative(0.05))
    var (covered, counts) = (0, RunningMoments())
    for run in 0..<1_000 as Range<UInt64> {
      var stream = RandomStreams(seed: 9).stream("stopping", entity: run)
      var moments = RunningMoments()
      while case .more = rule.decide(moments) { moments.add(law.sample(using: &stream)) }
      #expect(rule.decide(moments) == .stop)
      counts.add(Double(moments.count))
      if try #require(StudentInterval(of: moments)).contains(10) { covered += 1 }
    }
    // 1.96² · 0.2² / (0.05 / 1.05)² = 67.8 by known variance.
    #expect(abs(counts.mean - 68) < 4)
    // 95 % less what stopping early costs; four standard deviations are 2.8 %.
    #expect((0.90...0.975).contains(Double(covered) / 1_000))
  }
}
