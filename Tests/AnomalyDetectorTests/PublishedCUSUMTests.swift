import SimulationKernel
import Testing

@testable import AnomalyDetector

/// What the published rule does, apart from recordings.
@Suite struct PublishedCUSUMTests {
  @Test("zeros, infinities and NaN go through max and min as in Java")
  func javaZero() {
    #expect((-0.0).raisedToZero.bitPattern == (0.0).bitPattern)
    #expect((0.0).raisedToZero.bitPattern == (0.0).bitPattern)
    #expect((-0.0).loweredToZero.bitPattern == (-0.0).bitPattern)
    #expect((0.0).loweredToZero.bitPattern == (0.0).bitPattern)
    for value in [Double.leastNonzeroMagnitude, 1, 1e300, .infinity] {
      #expect(value.raisedToZero == value && (-value).raisedToZero.bitPattern == 0)
      #expect((-value).loweredToZero == -value && value.loweredToZero.bitPattern == 0)
    }
    // The processor makes NaN with the sign set.
    for value in [Double.nan, -Double.nan] {
      #expect(value.raisedToZero.isNaN && value.loweredToZero.isNaN)
    }
  }

  @Test("a NaN or an infinity stays in the state, and nothing fires from there on")
  func notANumber() {
    for value in [Double.nan, .infinity, -.infinity] {
      var detector = PublishedCUSUM(readyAfter: 1)
      _ = detector.observe(1)
      for value in [value, 1, 1e300] {
        let detection = detector.observe(value)
        #expect(detection.isReady && !detection.changeHigh && !detection.changeLow)
      }
      #expect(detector.mean.isNaN && detector.cusumHigh.isNaN && detector.cusumLow.isNaN)
      detector.reset()
      #expect(detector == PublishedCUSUM(readyAfter: 1))
    }
  }

  @Test("it is ready with the fiftieth value, not before")
  func ready() {
    var detector = PublishedCUSUM()
    let detections = (1...51).map { detector.observe(Double($0)) }
    #expect(detections.map(\.isReady) == Array(repeating: false, count: 49) + [true, true])
    #expect(detections[48] == .undecided)
  }

  /// The upper sum over its limit after a window.
  private func share(_ window: [Double]) -> Double {
    var detector = PublishedCUSUM()
    for value in window { _ = detector.observe(value) }
    return detector.cusumHigh
      / (detector.sumSquaredDeviation.squareRoot() * detector.threshold)
  }

  @Test(
    "an isolated spike reaches (√(1 − 1/n) − 0.05) / 3 of the limit, however high",
    arguments: [(50, 0.3133), (51, 0.3134)])
  func spike(length: Int, recorded: Double) {
    let theory = ((1 - 1 / Double(length)).squareRoot() - 0.05) / 3
    #expect(abs(theory - recorded) < 5e-5)
    for jump in [1e-3, 1, 1e3, 1e6, 1e12] {
      let window = Array(repeating: 5.0, count: length - 1) + [5 + jump]
      #expect(abs(share(window) - theory) < 1e-9, "\(jump)")
      #expect(!PublishedCUSUM().check(window: window).isAnomaly)
    }
  }

  @Test("of 51 values, 13 to 46 at the end a thousand times as high fire, fewer and more do not")
  func trailing() {
    for id in [1.0, 7, 815_118, 999_999] {
      let firing = (0...51).filter { count in
        let window =
          Array(repeating: id, count: 51 - count) + Array(repeating: id * 1000, count: count)
        return PublishedCUSUM().check(window: window).isAnomaly
      }
      #expect(firing == Array(13...46), "\(id)")
    }
  }

  @Test("equal values leave sums of exactly zero, whatever the value, and never fire")
  func constant() {
    let values = [
      0.0, -0.0, 1, 0.1, 1.0 / 3, -815_118, 999_999_000, 1e300, -1e300, 1e-300,
      .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    ]
    for value in values {
      var detector = PublishedCUSUM(magnitude: 0, threshold: 0, readyAfter: 1)
      for _ in 0..<1_000 {
        let detection = detector.observe(value)
        #expect(detection.isReady && !detection.changeHigh && !detection.changeLow)
      }
      #expect(detector.mean == value && detector.sumSquaredDeviation == 0)
      #expect(detector.cusumHigh == 0 && detector.cusumLow == 0)
      #expect(!PublishedCUSUM().check(window: Array(repeating: value, count: 51)).isAnomaly)
    }
  }

  @Test("a window is decided as by a new detector that sees its values one by one")
  func windows() {
    var random = RandomStream(key: 3)
    var decided: Set<Detection> = []
    for length in 0...80 {
      for shift in [-400.0, 0, 400] {
        let window = (0..<length).map { index in
          Double(random.next() % 1_000) / 10 + (index * 2 > length ? shift : 0)
        }
        var detector = PublishedCUSUM()
        var last = Detection.undecided
        for value in window { last = detector.observe(value) }
        // What it saw before does not matter.
        #expect(detector.check(window: window) == last)
        #expect(window.withUnsafeBufferPointer { PublishedCUSUM().check(window: $0) } == last)
        #expect(last.isReady == (length >= 50))
        decided.insert(last)
      }
    }
    #expect(decided.count == 4, "undecided, up, down and neither: \(decided)")
  }

  @Test("its state can be kept elsewhere and continued")
  func continued() {
    var whole = PublishedCUSUM()
    var first = PublishedCUSUM()
    for value in [3.0, 1, 4, 1, 5] {
      _ = whole.observe(value)
      _ = first.observe(value)
    }
    var second = PublishedCUSUM()
    second.mean = first.mean
    second.sumSquaredDeviation = first.sumSquaredDeviation
    second.cusumHigh = first.cusumHigh
    second.cusumLow = first.cusumLow
    second.count = first.count
    for value in [9.0, 2, 6] { #expect(whole.observe(value) == second.observe(value)) }
    #expect(whole == second)
  }
}
