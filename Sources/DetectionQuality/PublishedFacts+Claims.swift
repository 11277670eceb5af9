import AnomalyDetector
import Glibc
import Probability
import SimulationKernel
import Statistics
import SyntheticStreams

extension PublishedFacts {
  /// A kind of random window, and how often the detector says what about it.
  struct Claim: Sendable {
    var text: String
    var window: @Sendable (Int, inout RandomStream) -> [Double]
    /// What the reference says of the reported side; nil to leave it out.
    var high: Double?
    /// What the reference says of the side that is never reported.
    var low: Double?
    /// Half a unit of the reference's last digit.
    var rounding: Double
  }

  func facts(of claim: Claim) -> [DerivedFact] {
    var stream = RandomStreams(seed: seed).stream("quality.facts." + claim.text)
    var counts = (high: 0, low: 0)
    let detector = PublishedCUSUM()
    for draw in 0..<draws {
      let detection = detector.check(window: claim.window(draw, &stream))
      if detection.changeHigh { counts.high += 1 }
      if detection.changeLow { counts.low += 1 }
    }
    func fact(_ side: String, _ count: Int, _ reference: Double) -> DerivedFact? {
      ProportionInterval(successes: count, of: draws).map {
        DerivedFact(
          text: "\(claim.text): \(side)", measured: .share($0), reference: reference,
          rounding: claim.rounding)
      }
    }
    return [
      claim.high.flatMap { fact("reported", counts.high, $0) },
      claim.low.flatMap { fact("downward, not reported", counts.low, $0) },
    ].compactMap { $0 }
  }

  var claims: [Claim] {
    [
      Claim(
        text: "constant history, the last value any distance up", window: Self.spikeOnConstant,
        high: 0, rounding: 0),
      Claim(
        text: "Gaussian history, the last value up to 1e6 deviations up",
        window: Self.spikeOnNoise, high: 0, rounding: 0),
      Self.shift(10, 10, 0.005, 0.000_5), Self.shift(10, 15, 1, 0.005),
      Self.shift(3, 15, 0.03, 0.005), Self.shift(3, 20, 0.37, 0.005),
      Self.shift(3, 25, 0.74, 0.005), Self.shift(1, 25, 0, 0.005),
      Claim(
        text: "Gaussian noise", window: { _, stream in Self.noise(Self.window, &stream) },
        high: 0, low: 0.118, rounding: 0.000_5),
      Claim(
        text: "random walk", window: Self.walk, high: 0.27, low: 0.47, rounding: 0.005),
      Claim(
        text: "the published generator's events", window: published, high: 0, rounding: 0),
    ]
  }

  private static func shift(
    _ size: Double, _ count: Int, _ reference: Double, _ rounding: Double
  ) -> Claim {
    Claim(
      text: "Gaussian, \(count) trailing values \(Int(size)) deviations up",
      window: { _, stream in
        var values = noise(window, &stream)
        for number in (window - count)..<window { values[number] += size }
        return values
      }, high: reference, rounding: rounding)
  }

  @Sendable private static func noise(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    (0..<count).map { _ in StandardNormal.law.sample(using: &stream) }
  }

  /// 50 and 51 values in turn; level and distance over nine orders of magnitude.
  @Sendable private static func spikeOnConstant(
    _ draw: Int, _ stream: inout RandomStream
  ) -> [Double] {
    let level = magnitude(-3, 6, &stream)
    var values = [Double](repeating: level, count: window - draw % 2)
    values[values.count - 1] += magnitude(-3, 6, &stream) * level
    return values
  }

  @Sendable private static func spikeOnNoise(
    _ draw: Int, _ stream: inout RandomStream
  ) -> [Double] {
    var values = noise(window - draw % 2, &stream)
    values[values.count - 1] += magnitude(0, 6, &stream)
    return values
  }

  @Sendable private static func walk(_: Int, _ stream: inout RandomStream) -> [Double] {
    var walk = RandomWalkStream(step: StandardNormal.law)
    return walk.elements(window, using: &stream).map(\.value)
  }

  /// The last values of a random id that has had between 51 and 1 000 events.
  private var published: @Sendable (Int, inout RandomStream) -> [Double] {
    let events = PublishedEvents(seed: seed)
    return { _, stream in
      let id = events.id(using: &stream)
      let number = Int.random(in: Self.window...1_000, using: &stream)
      return ((number - Self.window)..<number).map { events.element(id: id, number: $0).value }
    }
  }

  /// Uniform in the logarithm between powers of ten.
  private static func magnitude(
    _ from: Double, _ to: Double, _ stream: inout RandomStream
  ) -> Double {
    pow(10, from + (to - from) * stream.openUniform())
  }
}
