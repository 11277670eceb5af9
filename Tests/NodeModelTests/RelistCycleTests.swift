import Testing
import TimeUnits

@testable import NodeModel

/// The relist cycle in closed form against the same cycle played second by second.
@Suite struct RelistCycleTests {
  /// Begins of relists that are done by a time, at a constant speed: rest, work, rest, work.
  private static func lastDone(_ seconds: Double, work: Double, speed: Double) -> Double {
    var begin = RelistCycle.period
    var last = 0.0
    while begin + work / speed <= seconds + 1e-9 {
      last = begin
      begin += work / speed + RelistCycle.period
    }
    return last
  }

  @Test(
    "one step and many give the same last relist",
    arguments: [(0.137, 1.0), (2.0, 1.0), (0.145, 0.01), (0.0, 1.0)])
  func steps(work: Double, speed: Double) {
    for seconds in stride(from: 0.5, through: 60, by: 0.5) {
      var whole = RelistCycle(at: .zero)
      whole.advance(from: .zero, seconds: seconds, speed: speed, work: work)
      var small = RelistCycle(at: .zero)
      for step in 0..<Int(seconds * 2) {
        small.advance(
          from: SimulationTime(nanoseconds: Int64(step) * 500_000_000), seconds: 0.5, speed: speed,
          work: work)
      }
      let expected = Self.lastDone(seconds, work: work, speed: speed)
      #expect(abs(whole.lastRelist.secondsValue - expected) < 1e-6, "\(seconds) s")
      #expect(abs(small.lastRelist.secondsValue - expected) < 1e-6, "\(seconds) s")
    }
  }

  @Test("it is unhealthy three minutes after the last relist that was done had begun, no sooner")
  func silence() {
    var cycle = RelistCycle(at: .zero)
    cycle.advance(from: .zero, seconds: 10.5, speed: 1, work: 0)
    // The last began at 10 s; the next never ends.
    cycle.advance(
      from: SimulationTime(nanoseconds: 10_500_000_000), seconds: 300, speed: 1e-9, work: 1)
    #expect(cycle.silence(at: .seconds(190)) == nil)
    #expect(cycle.silence(at: .seconds(191)) == .seconds(181))
  }
}
