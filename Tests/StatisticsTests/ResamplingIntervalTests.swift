import Probability
import SimulationKernel
import Statistics
import Testing

private typealias References = EstimatorReferences

/// Intervals by drawing the observations anew.
@Suite struct ResamplingIntervalTests {
  @Test("of the same draws, the limits are those SciPy finds")
  func limits() {
    let skewed = References.skewed
    let mean = skewed.reduce(0, +) / Double(skewed.count)
    let percentile = ResamplingInterval(estimate: mean, draws: References.meanDraws)
    #expect(abs(percentile.low - References.percentileLimits[0]) < 1e-12)
    #expect(abs(percentile.high - References.percentileLimits[1]) < 1e-12)
    let jackknife = skewed.map { (mean * Double(skewed.count) - $0) / Double(skewed.count - 1) }
    let corrected = ResamplingInterval(
      estimate: mean, draws: References.meanDraws, jackknife: jackknife)
    #expect(abs(corrected.low - References.bcaLimits[0]) < 1e-9)
    #expect(abs(corrected.high - References.bcaLimits[1]) < 1e-9)
  }

  @Test("draws of its own come to the same limits, and depend on the stream alone")
  func draws() throws {
    func interval(_ method: ResamplingInterval.Method) -> ResamplingInterval? {
      var stream = RandomStreams(seed: 2).stream("bootstrap")
      return ResamplingInterval(of: References.skewed, method: method, using: &stream) {
        $0.reduce(0, +) / Double($0.count)
      }
    }
    for (method, expected) in [
      (ResamplingInterval.Method.percentile, References.percentileLimits),
      (.biasCorrected, References.bcaLimits),
    ] {
      let interval = try #require(interval(method))
      // SciPy had 399 draws: a limit of it varies by some 6 % of the width.
      let width = expected[1] - expected[0]
      #expect(abs(interval.low - expected[0]) < 0.2 * width)
      #expect(abs(interval.high - expected[1]) < 0.2 * width)
    }
    #expect(interval(.biasCorrected) == interval(.biasCorrected))
  }

  @Test("equal observations give an interval without width, and one gives none")
  func degenerate() throws {
    var stream = RandomStream(key: 1)
    let interval = try #require(
      ResamplingInterval(of: [2, 2, 2], using: &stream) { $0.reduce(0, +) / 3 })
    #expect(interval.low == 2 && interval.high == 2)
    #expect(ResamplingInterval(of: [1], using: &stream) { $0[0] } == nil)
  }

  @Test("an estimate beyond every draw still has limits among the draws")
  func extreme() {
    let interval = ResamplingInterval(
      estimate: 9, draws: [1, 2, 3, 4], jackknife: [9, 8, 9, 8.5])
    #expect(interval.low <= interval.high && interval.high <= 4 && interval.low >= 1)
  }
}
