import Probability
import SimulationKernel
import Statistics
import Testing

private typealias References = EstimatorReferences

/// Two systems, or several, against each other.
@Suite struct ComparisonTests {
  @Test("a paired difference is the one SciPy computes")
  func paired() throws {
    let paired = try #require(
      PairedDifference(References.a, References.b, confidence: 0.9))
    #expect(abs(paired.interval.low - References.pairedLimits90[0]) < 1e-9)
    #expect(abs(paired.interval.high - References.pairedLimits90[1]) < 1e-9)
    #expect(abs(paired.pValue / References.pairedP - 1) < 1e-9)
    #expect(abs(try #require(paired.varianceReduction) / References.varianceReduction - 1) < 1e-9)
    #expect(abs(paired.first - paired.second - paired.interval.mean) < 1e-12)
  }

  @Test("pairs that all differ by the same leave no doubt, and one pair says nothing")
  func constant() throws {
    let paired = try #require(PairedDifference([3, 5, 9], [1, 3, 7]))
    #expect(paired.interval.low == 2 && paired.interval.high == 2)
    #expect(paired.varianceReduction == nil && paired.pValue == 0)
    #expect(try #require(PairedDifference([1, 2], [1, 2])).pValue == 1)
    #expect(PairedDifference([1], [2]) == nil)
  }

  @Test("corrected chances are those of statsmodels, in the order given")
  func corrected() {
    for (mine, theirs) in zip(MultipleComparisons.holm(References.pValues), References.holm) {
      #expect(abs(mine - theirs) < 1e-12)
    }
    let bonferroni: [Double] = MultipleComparisons.bonferroni(References.pValues)
    for (mine, theirs) in zip(bonferroni, References.bonferroni) {
      #expect(abs(mine - theirs) < 1e-12)
    }
  }

  @Test("four systems against one baseline: all four intervals cover at once, as promised")
  func simultaneous() throws {
    let law = try Normal(mean: 0, standardDeviation: 1)
    var (together, single) = (0, 0)
    for sample in 0..<2_000 as Range<UInt64> {
      var stream = RandomStreams(seed: 6).stream("simultaneous", entity: sample)
      func draw() -> [Double] { (0..<8).map { _ in law.sample(using: &stream) } }
      let baseline = draw()
      let systems = (0..<4).map { _ in draw() }
      let all = try #require(MultipleComparisons.differences(of: systems, from: baseline))
      if all.allSatisfy({ $0.interval.contains(0) }) { together += 1 }
      let each = systems.compactMap { PairedDifference($0, baseline) }
      if each.allSatisfy({ $0.interval.contains(0) }) { single += 1 }
    }
    // Four standard deviations of 2 000 samples are 1.9 %; the bound is wide where comparisons
    // share a baseline.
    #expect((0.931...0.985).contains(Double(together) / 2_000))
    #expect(Double(single) / 2_000 < 0.9, "without a correction the promise is broken")
  }

  @Test("Fieller's limits are where the t test of a − R b is on the edge")
  func fieller() throws {
    let ratio = try #require(RatioOfMeans(pairs: References.a, References.b))
    #expect(abs(try #require(ratio.low) - References.fiellerPairs[0]) < 1e-10)
    #expect(abs(try #require(ratio.high) - References.fiellerPairs[1]) < 1e-10)
    let percent = ratio.percentChange
    #expect(abs(percent.value - (ratio.ratio - 1) * 100) < 1e-12)
    #expect(try #require(percent.high) < 0, "the first is the cheaper one")
    let delta = try #require(RatioOfMeans(pairs: References.a, References.b, method: .delta))
    // t times the relative error of the mean below is a tenth; widths differ by its square.
    func width(_ ratio: RatioOfMeans) throws -> Double {
      let low = try #require(ratio.low)
      return try #require(ratio.high) - low
    }
    #expect(abs(try width(delta) / width(ratio) - 1) < 0.02)
  }

  @Test("a mean below that could be 0 leaves the ratio without limits")
  func unbounded() throws {
    let ratio = try #require(RatioOfMeans(pairs: [1, 2, 3], [-4, 1, 4]))
    #expect(ratio.low == nil && ratio.high == nil && ratio.contains(1e9))
    #expect(RatioOfMeans(pairs: [1, 2], [-1, 1]) == nil)
  }

  @Test("independent samples of unequal size cover the ratio as often as they say")
  func independent() throws {
    let above = try Normal(mean: 8, standardDeviation: 3)
    let below = try Normal(mean: 10, standardDeviation: 1)
    var covered = 0
    for sample in 0..<2_000 as Range<UInt64> {
      var stream = RandomStreams(seed: 7).stream("ratio", entity: sample)
      let a = (0..<6).map { _ in above.sample(using: &stream) }
      let b = (0..<15).map { _ in below.sample(using: &stream) }
      if try #require(RatioOfMeans(independent: a, b)).contains(0.8) { covered += 1 }
    }
    #expect((0.931...0.969).contains(Double(covered) / 2_000))
  }
}
