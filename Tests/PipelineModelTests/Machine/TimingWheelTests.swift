import SimulationKernel
import Testing

@testable import PipelineModel

@Suite struct TimingWheelTests {
  private static func number(_ event: PipelineEvent) -> UInt32? {
    if case .consumer(let number, _) = event { number } else { nil }
  }

  @Test("Events come in the order of time, then of arrival, at all scales", arguments: 0..<20)
  func order(seed: UInt64) {
    var random = RandomStream(key: seed)
    var wheel = TimingWheel()
    // A sorted array is the oracle.
    var expected: [(time: Int64, number: UInt32)] = []
    var now: Int64 = 0
    var number: UInt32 = 0
    for _ in 0..<4_000 {
      if Int.random(in: 0..<5, using: &random) < 3 {
        // From the same nanosecond to hours away; every fourth at a round time, so that many meet.
        let scale = Int64(1) << Int64.random(in: 0...43, using: &random)
        var time = now + Int64.random(in: 0..<scale, using: &random)
        if number % 4 == 0 { time = max(now, time / 1_000_000 * 1_000_000) }
        wheel.insert(.consumer(number, life: 0), at: time)
        let place = expected.firstIndex { $0.time > time } ?? expected.count
        expected.insert((time, number), at: place)
        number += 1
      } else {
        let deadline = now + (Int64(1) << Int64.random(in: 0...43, using: &random))
        #expect(wheel.firstTime == expected.first?.time)
        let next = wheel.popFirst(until: deadline)
        if let first = expected.first, first.time <= deadline {
          #expect(next?.time == first.time)
          #expect(next.flatMap { Self.number($0.event) } == first.number)
          expected.removeFirst()
          now = first.time
        } else {
          #expect(next == nil)
          now = deadline
        }
      }
    }
    while let next = wheel.popFirst(until: .max) {
      let first = expected.removeFirst()
      #expect(next.time == first.time)
      #expect(Self.number(next.event) == first.number)
    }
    #expect(expected.isEmpty)
    #expect(wheel.firstTime == nil)
  }

  @Test("A copy goes on by itself")
  func copies() {
    var wheel = TimingWheel()
    for number in 0..<100 {
      wheel.insert(.consumer(UInt32(number), life: 0), at: Int64(number) * 1_000_000)
    }
    var copy = wheel
    wheel.detach()
    copy.detach()
    while wheel.popFirst(until: 50_000_000) != nil {}
    copy.insert(.linkRestored, at: 3)
    #expect(wheel.firstTime == 51_000_000)
    #expect(copy.popFirst(until: .max)?.time == 0)
    #expect(copy.popFirst(until: .max)?.time == 3)
  }
}
