import NetworkModel
import SimulationKernel
import Testing

@Suite struct PathLatencyTests {
  /// Virginia to Ohio, Virginia to Oregon, and inside Canada, as measured.
  static let measured = [
    RoundTripFigures(minimum: 10.457, mean: 10.549, maximum: 12.038, deviation: 0.117),
    RoundTripFigures(minimum: 69.164, mean: 72.501, maximum: 77.173, deviation: 2.425),
    RoundTripFigures(minimum: 0.083, mean: 0.107, maximum: 8.008, deviation: 0.194),
  ]

  @Test("the table's mean is the measured one within a nanosecond", arguments: measured)
  func mean(figures: RoundTripFigures) {
    let path = PathLatency(figures)
    #expect(abs(path.mean - figures.mean * 1e6) < 1)
  }

  @Test("draws lie between minimum and maximum, and their mean is near", arguments: measured)
  func draws(figures: RoundTripFigures) {
    let path = PathLatency(figures)
    var stream = RandomStream(key: 7)
    let count = 200_000
    var sum: Int64 = 0
    for _ in 0..<count {
      let value = path.roundTrip(using: &stream)
      #expect(value >= path.minimum && Double(value) <= figures.maximum * 1e6 + 1)
      sum += value
    }
    // Four standard errors of the mean; the law's deviation is at most half of its span.
    let tolerance = 4 * (figures.maximum - figures.minimum) * 0.5e6 / Double(count).squareRoot()
    #expect(abs(Double(sum) / Double(count) - figures.mean * 1e6) < tolerance)
  }

  @Test("quantiles grow, and more than half of the round trips are below the mean")
  func skew() {
    let path = PathLatency(Self.measured[0])
    let quantiles = (0..<4096).map { path.quantile(Double($0) / 4096) }
    #expect(quantiles == quantiles.sorted())
    #expect(path.quantile(0.6) < 10_549_000)
    #expect(path.quantile(0.9999) > 11_000_000)
  }

  @Test("a path without spread always takes the same time")
  func constant() {
    let path = PathLatency(RoundTripFigures(minimum: 2, mean: 2, maximum: 2, deviation: 0))
    #expect(path.quantile(0) == 2_000_000 && path.quantile(0.999_999) == 2_000_000)
  }

  @Test("figures that contradict themselves are named")
  func mistakes() {
    #expect(Self.measured.allSatisfy { $0.mistakes.isEmpty })
    let upside = RoundTripFigures(minimum: 2, mean: 1, maximum: 3, deviation: -1)
    #expect(
      upside.mistakes == [
        "times are finite and at least 0", "the mean lies between the minimum and the maximum",
      ])
  }
}
