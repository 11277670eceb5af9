import Probability
import SimulationKernel
import Statistics
import Testing

/// Quantiles with bounds from the order of the observations alone.
@Suite struct QuantileIntervalTests {
  @Test("the median of ten lies between the second and the ninth, as the tables have it")
  func table() throws {
    // H. A. David, H. N. Nagaraja: P(X(2) < median < X(9)) = 0.9785; X(3) and X(8) give 0.891.
    let interval = try #require(
      QuantileInterval(ofSorted: (1...10).map(Double.init), probability: 0.5))
    #expect(interval.low == 2)
    #expect(interval.high == 9)
    #expect(interval.value == 5)
  }

  @Test("too few observations bound a far quantile on one side only, or not at all")
  func few() throws {
    let values = (1...50).map(Double.init)
    let high = try #require(QuantileInterval(ofSorted: values, probability: 0.95))
    // 0.95^50 = 0.077 of all samples have nothing above the quantile.
    #expect(high.high == nil)
    #expect(high.low != nil)
    let one = try #require(QuantileInterval(ofSorted: [3], probability: 0.5))
    #expect(one.value == 3 && one.low == nil && one.high == nil)
    #expect(QuantileInterval(ofSorted: [], probability: 0.5) == nil)
  }

  @Test("intervals cover the true quantile as often as they say", arguments: [0.5, 0.8, 0.95])
  func coverage(probability: Double) throws {
    let law = try Exponential(mean: 1)
    let truth = law.quantile(probability)
    var covered = 0
    for sample in 0..<2_000 as Range<UInt64> {
      var stream = RandomStreams(seed: 5).stream("coverage", entity: sample)
      let values = (0..<200).map { _ in law.sample(using: &stream) }.sorted()
      let interval = try #require(QuantileInterval(ofSorted: values, probability: probability))
      if interval.contains(truth) { covered += 1 }
    }
    // At least 95 %: four standard deviations of 2 000 samples are 1.9 %. Whole ranks of a sample of
    // 200 exceed it by little.
    #expect((0.931...0.985).contains(Double(covered) / 2_000))
  }
}
