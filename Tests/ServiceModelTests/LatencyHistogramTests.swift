import ServiceModel
import SimulationKernel
import Statistics
import Testing

struct LatencyHistogramTests {
  private static let probabilities = [0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.9999, 1]

  /// Values of all sizes up to a bit more than an hour.
  private static func values(_ key: UInt64, _ count: Int) -> [Int64] {
    var random = RandomStream(key: key)
    return (0..<count).map { _ in Int64(random.next() >> (22 + random.next() % 40)) }
  }

  @Test("a quantile is the exact one or at most 1/128 above it")
  func error() throws {
    let values = Self.values(1, 20_001)
    var histogram = LatencyHistogram()
    for value in values { histogram.add(value) }
    let sorted = values.sorted()
    for probability in Self.probabilities {
      let exact = sorted[max(Int((probability * 20_001).rounded(.up)), 1) - 1]
      let reported = try #require(histogram.quantile(probability))
      #expect(reported >= exact)
      #expect(Double(reported) <= Double(exact) * (1 + 1.0 / 128), "\(probability)")
    }
  }

  @Test("it says what the histogram of the statistics says")
  func agreement() {
    var histogram = LatencyHistogram(longestSeconds: 9e8)
    var reference = Histogram(precisionBits: 8)
    for value in Self.values(2, 5000) + [0, -3, 255, 256, 257, .max / 16] {
      histogram.add(value)
      reference.add(value)
    }
    for probability in Self.probabilities {
      #expect(histogram.quantile(probability) == reference.quantile(probability))
    }
    #expect(histogram.minimum == 0 && histogram.maximum == .max / 16)
  }

  @Test("what is beyond the longest counts as the greatest")
  func beyond() {
    var histogram = LatencyHistogram(longestSeconds: 1e-6)
    histogram.add(1000)
    for _ in 0..<3 { histogram.add(500_000) }
    histogram.add(7_000_000)
    #expect(histogram.quantile(0.2) == 1000)
    #expect(histogram.quantile(0.4) == 7_000_000)
    #expect(histogram.quantile(1) == 7_000_000)
  }

  @Test("merged parts equal the whole, and a reset one a new one")
  func merging() {
    var (whole, left, right) = (LatencyHistogram(), LatencyHistogram(), LatencyHistogram())
    for (index, value) in Self.values(3, 1000).enumerated() {
      whole.add(value)
      if index % 2 == 0 { left.add(value) } else { right.add(value) }
    }
    left.merge(right)
    #expect(left == whole && left.count == 1000)
    left.reset()
    #expect(left == LatencyHistogram())
    #expect(left.quantile(0.5) == nil)
    left.merge(whole)
    #expect(left == whole)
  }

  @Test("a law that is added a few at a time keeps its tail, if their phases differ")
  func tail() {
    var law = LatencyHistogram()
    for value in 1...1_000 as ClosedRange<Int64> { law.add(value * value * 1_000) }
    var (spread, fixed) = (LatencyHistogram(), LatencyHistogram())
    var phase = 0.5
    for _ in 0..<2_000 {
      phase = (phase + 0.618033988749895).truncatingRemainder(dividingBy: 1)
      spread.add(law, times: 7, phase: phase)
      fixed.add(law, times: 7)
    }
    #expect(spread.count == 14_000 && fixed.count == 14_000)
    for probability in [0.05, 0.5, 0.95, 0.99] {
      let exact = Double(law.quantile(probability)!)
      #expect(abs(Double(spread.quantile(probability)!) / exact - 1) < 0.02)
    }
    #expect(Double(fixed.quantile(0.99)!) < 0.9 * Double(law.quantile(0.99)!))
    #expect(abs(spread.mean / law.mean - 1) < 1e-6)
  }
}
