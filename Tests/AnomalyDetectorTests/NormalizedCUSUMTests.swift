import AnomalyDetector
import Testing

/// The textbook's detector: learning, alarms, and what is not a number.
@Suite struct NormalizedCUSUMTests {
  static let known = NormalizedCUSUM(baseline: .known(mean: 10, deviation: 2))

  @Test("a level learned from the first values is their mean and sample deviation")
  func learning() {
    var detector = NormalizedCUSUM(baseline: .firstValues(8))
    let detections = [2.0, 4, 4, 4, 5, 5, 7, 9].map { detector.observe($0) }
    #expect(detections.allSatisfy { $0 == .undecided })
    #expect(detector.mean == 5)
    // The squares of the distances sum up to 32; one less than eight values.
    #expect(abs(detector.deviation - (32.0 / 7).squareRoot()) < 1e-12)
    #expect(detector.isReady && detector.cusumHigh == 0)
    let detection = detector.observe(5 + 3 * detector.deviation)
    #expect(detection.isReady && !detection.isAnomaly)
    #expect(abs(detector.cusumHigh - 2.5) < 1e-12 && detector.mean == 5)
  }

  @Test("the sums grow by what is beyond half a deviation, and alarm beyond five")
  func sums() {
    var detector = Self.known
    // Three deviations: 2.5 a value, and 5 is not beyond 5.
    #expect(!detector.observe(16).isAnomaly)
    #expect(!detector.observe(16).isAnomaly)
    #expect(detector.cusumHigh == 5 && detector.cusumLow == 0)
    let detection = detector.observe(12)
    #expect(detection.changeHigh && !detection.changeLow && detection.isAnomaly)
    #expect(detector.cusumHigh == 5.5, "an alarm shows the sum that raised it")
    var other = Self.known
    let down = [4.0, 4, 8].map { other.observe($0) }
    #expect(down.map(\.changeLow) == [false, false, true] && !down[2].changeHigh)
    #expect(other.cusumLow == -5.5)
  }

  @Test("after an alarm both sums begin anew, and the level stays")
  func restart() {
    var detector = Self.known
    #expect(detector.observe(100).isAnomaly)
    #expect(!detector.observe(10).isAnomaly)
    #expect(detector.cusumHigh == 0 && detector.cusumLow == 0)
    #expect(!detector.observe(16).isAnomaly, "without the restart the sum would still be high")
    #expect(detector.cusumHigh == 2.5 && detector.mean == 10 && detector.deviation == 2)
  }

  @Test("either side is reported, or the one that is asked for")
  func sides() {
    for (sides, expected) in [
      (NormalizedCUSUM.Sides.both, [true, true]), (.high, [true, false]), (.low, [false, true]),
    ] {
      var detector = NormalizedCUSUM(baseline: .known(mean: 0, deviation: 1), sides: sides)
      let detections = [6.0, -6].map { detector.observe($0) }
      #expect(detections.map(\.isAnomaly) == expected)
      #expect(detections[0].changeHigh && detections[1].changeLow)
    }
  }

  @Test("an isolated spike fires, where the published detector is silent")
  func spike() {
    for id in [1.0, 0.1, 815_118] {
      let window = Array(repeating: id, count: 50) + [id * 1000]
      #expect(NormalizedCUSUM().check(window: window).isAnomaly)
      #expect(!PublishedCUSUM().check(window: window).isAnomaly)
    }
  }

  @Test("where the first values are equal, any other value alarms at once, an equal one never")
  func withoutSpread() {
    var detector = NormalizedCUSUM(baseline: .firstValues(5))
    for _ in 0..<1_000 { #expect(!detector.observe(0.1).isAnomaly) }
    #expect(detector.deviation == 0)
    let up = detector.observe((0.1).nextUp)
    #expect(up.changeHigh && !up.changeLow)
    #expect(!detector.observe(0.1).isAnomaly)
    let down = detector.observe(0)
    #expect(down.changeLow && !down.changeHigh)
    #expect(!detector.observe(0.1).isAnomaly)
  }

  @Test("a NaN changes nothing; an infinity is not learned from, and alarms later")
  func notFinite() {
    var detector = NormalizedCUSUM(baseline: .firstValues(3))
    for value in [1.0, .nan, 2, .infinity, 3] { #expect(!detector.observe(value).isReady) }
    #expect(detector.mean == 2 && detector.deviation == 1 && detector.count == 3)
    _ = detector.observe(4)
    let before = detector
    let detection = detector.observe(.nan)
    #expect(detection.isReady && !detection.isAnomaly && detector == before)
    #expect(detector.observe(.infinity).changeHigh)
    #expect(detector.observe(-.infinity).changeLow)
    #expect(!detector.observe(2).isAnomaly && detector.cusumLow == 0)
  }

  @Test("forgetting everything forgets what was learned, and not what was given")
  func reset() {
    var learned = NormalizedCUSUM(baseline: .firstValues(2))
    for value in [1.0, 2, 90] { _ = learned.observe(value) }
    learned.reset()
    #expect(learned == NormalizedCUSUM(baseline: .firstValues(2)) && !learned.isReady)
    var known = Self.known
    _ = known.observe(100)
    known.reset()
    #expect(known == Self.known && known.isReady)
  }
}
