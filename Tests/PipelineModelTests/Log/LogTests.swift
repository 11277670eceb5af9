import SimulationKernel
import Testing

@testable import PipelineModel

@Suite struct RateCurveTests {
  @Test("The curve reaches a number of messages when the rates say so")
  func times() {
    var curve = RateCurve(partitions: 2)
    var segment: UInt32 = 0
    #expect(curve.time(of: 1, from: &segment) == .max)
    curve.set(perSecond: 2_000, at: 1_000_000_000)
    curve.set(perSecond: 0, at: 3_000_000_000)
    curve.set(perSecond: 20, at: 10_000_000_000)
    #expect(curve.perSecond == 20)
    // 1 000 a second to each partition: 2 000 by second 3; then none; then 10 a second.
    func time(_ epoch: Double) -> Int64 {
      var segment: UInt32 = 0
      return curve.time(of: epoch, from: &segment)
    }
    #expect(abs(time(500) - 1_500_000_000) <= 1)
    #expect(abs(time(1_999) - 2_999_000_000) <= 1)
    #expect(abs(time(2_005) - 10_500_000_000) <= 1)
    curve.set(perSecond: 0, at: 11_000_000_000)
    #expect(time(2_011) == .max)
  }

  @Test("A change at the time of the last one replaces it")
  func replacement() {
    var curve = RateCurve(partitions: 1)
    curve.set(perSecond: 5, at: 7)
    curve.set(perSecond: 10, at: 7)
    #expect(curve.segments.count == 2)
    #expect(curve.perSecond == 10)
  }
}

@Suite struct LogCursorTests {
  private let gaps = UnitExponential()

  private func times(of seed: UInt64, _ curve: RateCurve, until end: Int64) -> [Int64] {
    var cursor = LogCursor(RandomStream(key: seed), gaps: gaps)
    var times: [Int64] = []
    while cursor.time(on: curve) <= end {
      times.append(cursor.time(on: curve))
      cursor.advance(gaps)
    }
    return times
  }

  @Test("The number of messages in a span is a Poisson number: its variance is its mean")
  func counts() {
    var curve = RateCurve(partitions: 1)
    curve.set(perSecond: 20, at: 0)
    let counts = (0..<2_000).map {
      Double(times(of: UInt64($0), curve, until: 1_000_000_000).count)
    }
    let mean = counts.reduce(0, +) / 2_000
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1_999
    // Three standard errors: of a mean √(20/2000), of a variance 20 √(2/2000 + 1/(2000·20)).
    #expect(abs(mean - 20) < 0.3)
    #expect(abs(variance - 20) < 1.95)
  }

  @Test("A change of rate stretches the gap that is under way, and changes no message before it")
  func stretch() {
    var curve = RateCurve(partitions: 1)
    curve.set(perSecond: 100, at: 0)
    let before = times(of: 7, curve, until: 2_000_000_000)
    curve.set(perSecond: 50, at: 1_000_000_000)
    let after = times(of: 7, curve, until: 3_000_000_000)
    let common = before.filter { $0 <= 1_000_000_000 }
    #expect(Array(after.prefix(common.count)) == common)
    // Whatever lay behind the change is now twice as far from it.
    for (old, new) in zip(before, after).dropFirst(common.count) {
      #expect(abs(new - 1_000_000_000 - 2 * (old - 1_000_000_000)) <= 4)
    }
  }

  @Test("Two cursors over one log see the same messages")
  func twice() {
    var curve = RateCurve(partitions: 3)
    curve.set(perSecond: 1_000, at: 0)
    let first = times(of: 3, curve, until: 1_000_000_000)
    #expect(first == times(of: 3, curve, until: 1_000_000_000))
    #expect(first == first.sorted())
    #expect(first.count > 200)
  }

  @Test("The table of the exponential law has mean 1, and the variance that is stated")
  func exponential() {
    let values = (0..<4_096).map { gaps.draw(UInt64($0)) }
    let mean = values.reduce(0, +) / 4_096
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4_096
    #expect(abs(mean - 1) < 1e-12)
    #expect(abs(variance - 0.9997) < 5e-5)
    #expect(values == values.sorted())
    // Bits above the lowest twelve do not matter.
    #expect(gaps.draw(0xABC_D123) == values[0x123])
  }
}
