import SimulationKernel
import Statistics
import Testing

struct ProportionIntervalTests {
  struct Reference: Sendable {
    var successes: Int
    var count: Int
    var confidence: Double
    var wilson: (low: Double, high: Double)
    var exact: (low: Double, high: Double)
  }

  // scipy.stats.binomtest(k, n).proportion_ci(c, method="wilson" | "exact"), SciPy 1.17.1.
  static let references = [
    Reference(
      successes: 0, count: 20, confidence: 0.95, wilson: (0, 0.16112515805281935),
      exact: (0, 0.16843347098308548)),
    Reference(
      successes: 3, count: 20, confidence: 0.95,
      wilson: (0.05236874589621662, 0.3604188647407569),
      exact: (0.03207093718554477, 0.37892682654529564)),
    Reference(
      successes: 20, count: 20, confidence: 0.95, wilson: (0.8388748419471808, 1),
      exact: (0.8315665290169145, 1)),
    Reference(
      successes: 7, count: 50, confidence: 0.99,
      wilson: (0.05614371860633749, 0.3082057874303547),
      exact: (0.042468787378833785, 0.3091069659648189)),
    Reference(
      successes: 500, count: 1_000, confidence: 0.90,
      wilson: (0.4740276914784201, 0.5259723085215798),
      exact: (0.473517731235899, 0.5264822687641009)),
  ]

  @Test("Both intervals are the ones SciPy computes", arguments: references)
  func reference(_ reference: Reference) throws {
    for (method, limits) in [
      (ProportionInterval.Method.wilson, reference.wilson), (.clopperPearson, reference.exact),
    ] {
      let interval = try #require(
        ProportionInterval(
          successes: reference.successes, of: reference.count, confidence: reference.confidence,
          method: method))
      #expect(abs(interval.low - limits.low) < 1e-9, "\(method)")
      #expect(abs(interval.high - limits.high) < 1e-9, "\(method)")
      #expect(interval.contains(interval.proportion))
    }
  }

  @Test("Without a trial there is no interval")
  func none() {
    #expect(ProportionInterval(successes: 0, of: 0) == nil)
  }

  @Test("The exact interval covers no less often than it says, Wilson's about as often")
  func coverage() throws {
    // Exactly, by the binomial law of 30 trials with probability 0.13.
    var weight = 1.0
    for _ in 0..<30 { weight *= 0.87 }
    var covered = [0.0, 0.0]
    for k in 0...30 {
      for (index, method) in [ProportionInterval.Method.wilson, .clopperPearson].enumerated()
      where try #require(ProportionInterval(successes: k, of: 30, method: method)).contains(0.13) {
        covered[index] += weight
      }
      weight *= Double(30 - k) / Double(k + 1) * 0.13 / 0.87
    }
    #expect(covered[0] > 0.92 && covered[0] < 0.98)
    #expect(covered[1] >= 0.95)
  }
}

struct BootstrapIntervalTests {
  @Test("The ratio is of the sums, and the interval the same for the same stream")
  func ratio() throws {
    let units = [(above: 1.0, below: 10.0), (3, 10), (0, 20), (4, 10), (2, 10)]
    func interval(_ key: UInt64) throws -> BootstrapInterval {
      var stream = RandomStream(key: key)
      return try #require(BootstrapInterval(ofRatio: units, using: &stream))
    }
    let first = try interval(1)
    #expect(first.ratio == 10.0 / 60)
    #expect(first.low < first.ratio && first.ratio < first.high)
    #expect(try interval(1) == first)
  }

  @Test("Of units whose counts cluster it is wider than the counts alone would give")
  func clustering() throws {
    // Half of twenty units have all, the others none.
    let units = (0..<20).map { (above: $0 % 2 == 0 ? 50.0 : 0, below: 50.0) }
    var stream = RandomStream(key: 2)
    let interval = try #require(BootstrapInterval(ofRatio: units, using: &stream))
    let naive = try #require(ProportionInterval(successes: 500, of: 1_000))
    #expect(interval.high - interval.low > 4 * (naive.high - naive.low))
    // The mean of 20 fair coins: a standard deviation of 0.112.
    #expect(abs(interval.low - (0.5 - 1.96 * 0.112)) < 0.06)
  }

  @Test("One unit, or nothing to count in, has none")
  func none() {
    var stream = RandomStream(key: 3)
    #expect(BootstrapInterval(ofRatio: [(1, 2)], using: &stream) == nil)
    #expect(BootstrapInterval(ofRatio: [(0, 0), (0, 0)], using: &stream) == nil)
  }
}
