import Probability
import SimulationKernel
import Statistics
import Testing

struct RunningMomentsTests {
  @Test("Mean and variance are those of the textbook, and extremes are kept")
  func moments() throws {
    // NumPy: np.mean, np.var(ddof=1).
    let moments = RunningMoments([12.1, 9.7, 11.4, 10.2, 13.3, 8.8, 10.9])
    #expect(abs(moments.mean - 10.914285714285713) < 1e-14)
    #expect(abs(try #require(moments.variance) - 2.298095238095238) < 1e-14)
    #expect(moments.minimum == 8.8)
    #expect(moments.maximum == 13.3)
    #expect(RunningMoments([3]).variance == nil)
  }

  @Test("A small spread on a large offset is not lost")
  func offset() {
    let moments = RunningMoments([4, 7, 13, 16].map { 1e9 + $0 })
    #expect(moments.mean == 1e9 + 10)
    #expect(moments.variance == 30)
  }

  @Test("Merged parts say what the whole says")
  func merging() throws {
    var random = RandomStream(key: 1)
    let law = try LogNormal(median: 3, sigma: 1)
    let values = (0..<1_000).map { _ in law.sample(using: &random) }
    let whole = RunningMoments(values)
    for cut in [0, 1, 17, 999, 1_000] {
      var merged = RunningMoments(values[..<cut])
      merged.merge(RunningMoments(values[cut...]))
      #expect(merged.count == 1_000)
      #expect(abs(merged.mean - whole.mean) < 1e-12)
      let (a, b) = (try #require(merged.variance), try #require(whole.variance))
      #expect(abs(a - b) < 1e-10 * b)
      #expect(merged.maximum == whole.maximum)
    }
  }
}

struct TimeWeightedMeanTests {
  @Test("A level counts for as long as it held")
  func weights() {
    var pods = TimeWeightedMean(start: 1_000_000_000)
    pods.set(4, at: 2_000_000_000)
    pods.add(-3, at: 5_000_000_000)
    #expect(pods.level == 1)
    #expect(pods.integralSeconds(until: 11_000_000_000) == 18)
    #expect(pods.mean(until: 11_000_000_000) == 1.8)
    #expect(pods.maximum == 4)
  }

  @Test("A level of zero duration changes the maximum, not the mean")
  func spike() {
    var level = TimeWeightedMean(level: 2)
    level.set(100, at: 50)
    level.set(2, at: 50)
    #expect(level.mean(until: 100) == 2)
    #expect(level.maximum == 100)
    #expect(TimeWeightedMean(level: 3, start: 9).mean(until: 9) == 3)
  }

  @Test("The warm-up can be forgotten")
  func warmUp() {
    var level = TimeWeightedMean(level: 50)
    level.set(2, at: 1_000)
    level.restart(at: 2_000)
    #expect(level.mean(until: 4_000) == 2)
    #expect(level.maximum == 2)
  }

  @Test("Tiny steps are not lost beside a long one")
  func precision() {
    var level = TimeWeightedMean(level: 1e6)
    level.set(0, at: 86_400_000_000_000)
    for step in 0..<1_000_000 {
      level.set(step % 2 == 0 ? 1 : 0, at: 86_400_000_000_000 + Int64(step))
    }
    // 500 000 level-nanoseconds beside 8.64e19: only compensated summation sees them.
    let tiny = level.integralSeconds(until: 86_400_001_000_000) - 86_400e6
    #expect(abs(tiny - 0.0005) < 2e-5)
  }
}

struct HistogramTests {
  @Test("Quantiles are within the stated error of the exact ones")
  func quantiles() throws {
    var random = RandomStream(key: 2)
    let law = try LogNormal(median: 0.02, sigma: 1.5)
    for precision in [4, 8, 12] {
      var histogram = Histogram(precisionBits: precision)
      var values: [Int64] = []
      for _ in 0..<20_000 {
        values.append(law.sampleNanoseconds(using: &random))
        histogram.add(values[values.count - 1])
      }
      values.sort()
      let error = 1 / Double(1 << (precision - 1))
      for probability in [0.0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.9999, 1.0] {
        let exact = values[max(Int((probability * 20_000).rounded(.up)), 1) - 1]
        let reported = try #require(histogram.quantile(probability))
        #expect(reported >= exact)
        #expect(Double(reported) <= Double(exact) * (1 + error), "\(precision), \(probability)")
      }
      #expect(histogram.minimum == values.first)
      #expect(histogram.quantile(1) == values.last)
    }
  }

  @Test("Small values are exact, and any value has a bucket")
  func range() {
    var histogram = Histogram()
    for value in 0..<256 { histogram.add(Int64(value)) }
    for value in 0..<256 { #expect(histogram.quantile(Double(value + 1) / 256) == Int64(value)) }
    histogram.add(.max)
    histogram.add(-5)
    #expect(histogram.quantile(1) == .max)
    #expect(histogram.count == 258)
    #expect(Histogram().quantile(0.5) == nil)
  }

  @Test("Shares and quantiles are each other's inverse")
  func shares() {
    var histogram = Histogram()
    histogram.add(10, times: 3)
    histogram.add(100)
    #expect(histogram.share(upTo: 9) == 0)
    #expect(histogram.share(upTo: 10) == 0.75)
    #expect(histogram.share(upTo: 1_000_000) == 1)
    #expect(histogram.quantile(0.75) == 10)
    #expect(histogram.quantile(0.76) == 100)
  }

  @Test("Merged parts equal the whole")
  func merging() {
    var random = RandomStream(key: 3)
    var (whole, left, right) = (Histogram(), Histogram(), Histogram())
    for index in 0..<1_000 {
      let value = Int64(random.next() >> (index % 2 == 0 ? 30 : 50))
      whole.add(value)
      if index % 2 == 0 { left.add(value) } else { right.add(value) }
    }
    var merged = right
    merged.merge(left)
    left.merge(right)
    #expect(left == whole)
    #expect(merged == whole)
  }
}
