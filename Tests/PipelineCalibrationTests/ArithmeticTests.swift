import PipelineCalibration
import Testing

@Suite("What follows from published figures by arithmetic")
struct ArithmeticTests {
  @Test("a second of the published peak takes 9.45 s to drain")
  func drain() {
    let factor = PublishedArithmetic.drainFactor(peak: 2.3e6, rate: 220_000)
    #expect((factor * 100).rounded() == 945)
  }

  @Test("a minute of it leaves 124.8 million messages")
  func backlog() {
    let messages = PublishedArithmetic.backlog(peak: 2.3e6, rate: 220_000, seconds: 60)
    #expect(messages == 124_800_000)
    #expect((messages / 220_000).rounded() == 567)
  }

  /// Of a Poisson law by another program; keys uniform, 49 rows needed.
  @Test(
    "so many checks have rows enough, by the mean rows of a key",
    arguments: [
      (30.0, 0.0009), (40, 0.0925), (45, 0.2947), (49, 0.519), (55, 0.8083), (60, 0.935),
      (70, 0.9965),
    ])
  func warmth(rows: Double, share: Double) {
    #expect(abs(PublishedArithmetic.warmShare(meanRows: rows) - share) < 6e-5)
  }

  @Test("an empty table warms up in minutes to an hour")
  func warmUp() {
    let table: [(rate: Double, seconds: [Double])] = [
      (18_000, [2_706, 3_394, 3_711]), (81_019, [601, 754, 824]), (220_000, [221, 278, 304]),
    ]
    for row in table {
      for (share, expected) in zip([0.5, 0.95, 0.99], row.seconds) {
        let found = PublishedArithmetic.secondsUntilWarm(share, rate: row.rate)
        // The table was read off a curve: up to 0.1 % late, and in whole seconds.
        #expect(
          abs(found - expected) <= max(1, 0.001 * expected), "\(share) at \(row.rate): \(found)")
      }
    }
  }
}
