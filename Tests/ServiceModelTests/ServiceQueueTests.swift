import ServiceModel
import Testing
import TimeUnits

/// A request that finished: who, and when in nanoseconds.
struct Finish: Hashable {
  var id: UInt32
  var at: Int64

  init(_ id: UInt32, _ at: Int64) {
    self.id = id
    self.at = at
  }
}

extension ServiceQueue {
  /// Steps from one happening to the next, and says what finished by `deadline`.
  mutating func run(until deadline: SimulationTime) -> [Finish] {
    var finishes: [Finish] = []
    while let time = nextTime, time <= deadline {
      #expect(time >= now)
      advance(to: time)
      #expect(nextTime.map { $0 > time } ?? true, "nothing more happens at the same instant")
      while let (id, _) = takeFinished() { finishes.append(Finish(id, time.nanoseconds)) }
    }
    if deadline > now { advance(to: deadline) }
    return finishes
  }
}

/// A time in whole milliseconds.
func ms(_ milliseconds: Int64) -> SimulationTime {
  SimulationTime(nanoseconds: milliseconds * 1_000_000)
}

struct ServiceQueueTests {
  @Test("requests on one core share it, and each runs alone on two")
  func sharing() {
    for (cores, second) in [(1.0, Int64(30)), (2, 20)] {
      var queue = ServiceQueue()
      queue.grant(cores: cores)
      queue.arrive(1, cpuSeconds: 0.010, at: .zero)
      queue.arrive(2, cpuSeconds: 0.020, at: .zero)
      #expect(queue.demand == 2)
      let first: Int64 = cores == 1 ? 20 : 10
      #expect(
        queue.run(until: .seconds(1)) == [
          Finish(1, first * 1_000_000), Finish(2, second * 1_000_000),
        ])
      #expect(queue.cpuSeconds == 0.03)
      #expect(queue.demand == 0 && queue.nextTime == nil)
    }
  }

  @Test("completions are rounded up to the nanosecond, and the rounding does not add up")
  func rounding() {
    var queue = ServiceQueue()
    queue.grant(cores: 0.3)
    for id in 0..<3 { queue.arrive(UInt32(id), cpuSeconds: 1e-9 * Double(id + 1), at: .zero) }
    // Work 1, 2 and 3 ns: 3 · 1 at a third of 0.3 cores each, 2 · 1 at halves, 1 alone.
    #expect(queue.run(until: ms(1)) == [Finish(0, 10), Finish(1, 17), Finish(2, 20)])
  }

  @Test("with one worker the line is first in, first out")
  func line() {
    var queue = ServiceQueue(workers: 1)
    queue.arrive(1, cpuSeconds: 0.010, at: .zero)
    queue.arrive(2, cpuSeconds: 0.001, at: ms(1))
    queue.arrive(3, cpuSeconds: 0.002, at: ms(2))
    #expect(queue.inService == 1 && queue.waiting == 2 && queue.demand == 1)
    #expect(
      queue.run(until: .seconds(1)) == [
        Finish(1, 10_000_000), Finish(2, 11_000_000), Finish(3, 13_000_000),
      ])
    #expect(queue.completed == 3)
  }

  @Test("a new grant and a new speed count from now on")
  func granting() {
    var queue = ServiceQueue()
    queue.arrive(1, cpuSeconds: 0.1, at: .zero)
    #expect(queue.nextTime == ms(100))
    queue.advance(to: ms(20))
    queue.grant(cores: 0.5)
    #expect(queue.nextTime == ms(180))
    queue.advance(to: ms(40))
    queue.grant(cores: 0.5, speed: 2)
    #expect(queue.nextTime == ms(110))
    queue.grant(cores: 0)
    #expect(queue.nextTime == nil && queue.demand == 1)
    queue.advance(to: ms(1000))
    queue.grant(cores: 8)
    #expect(queue.run(until: .seconds(2)) == [Finish(1, 1_035_000_000)])
    // 20 ms on a core, 20 ms on half a one, 35 ms on a fast one.
    #expect(queue.cpuSeconds == 0.065)
  }

  @Test("a late look finds all that finished, in its order, as an early one does")
  func late() {
    var queue = ServiceQueue(workers: 2, quotaCores: 0.5)
    queue.grant(cores: 1)
    for id in 0..<20 { queue.arrive(UInt32(id), cpuSeconds: 0.03, at: ms(Int64(id))) }
    var early = queue
    let ids = early.run(until: .seconds(5)).map(\.id)
    queue.advance(to: .seconds(5))
    var late: [UInt32] = []
    while let (id, arrived) = queue.takeFinished() {
      late.append(id)
      #expect(arrived == ms(Int64(id)))
    }
    #expect(late == ids && ids.count == 20)
    #expect(queue.cpuSeconds == early.cpuSeconds)
    #expect(queue.periods == early.periods)
    #expect(queue.throttledSeconds == early.throttledSeconds)
  }

  @Test("equal requests finish at one instant in the order in which they came")
  func ties() {
    var queue = ServiceQueue()
    queue.grant(cores: 0.7)
    for id in [5, 3, 9, 1, 7] as [UInt32] { queue.arrive(id, cpuSeconds: 0.01, at: .zero) }
    let finishes = queue.run(until: .seconds(1))
    #expect(finishes.map(\.id) == [5, 3, 9, 1, 7])
    #expect(Set(finishes.map(\.at)) == [71_428_572])
  }

  @Test("no work is done at once, and endless work never")
  func extremes() {
    var queue = ServiceQueue()
    queue.arrive(1, cpuSeconds: .infinity, at: .zero)
    #expect(queue.nextTime == nil)
    queue.advance(to: ms(5))
    queue.arrive(2, cpuSeconds: 0, at: ms(5))
    #expect(queue.nextTime == ms(5))
    #expect(queue.run(until: .seconds(3600)) == [Finish(2, 5_000_000)])
    #expect(queue.cpuSeconds == 3600 && queue.inService == 1)
  }

  @Test("who gives up leaves room, and the others gain")
  func removing() {
    var queue = ServiceQueue(workers: 2)
    queue.grant(cores: 1)
    for id in 1...4 { queue.arrive(UInt32(id), cpuSeconds: 0.01, at: .zero) }
    queue.advance(to: ms(10))
    let gone = (queue.remove(1), queue.remove(4), queue.remove(1), queue.remove(8))
    #expect(gone == (true, true, false, false))
    #expect(queue.inService == 2 && queue.waiting == 0)
    #expect(abs(queue.backlogSeconds - 0.015) < 1e-15)
    #expect(queue.run(until: .seconds(1)) == [Finish(2, 20_000_000), Finish(3, 25_000_000)])
    #expect(queue.remove(3) == false)
    #expect(queue.cpuSeconds == 0.025 && queue.completed == 2)
  }

  @Test("whoever gives up of many, the others finish in the order of their work")
  func leaving() {
    for stride in 1..<64 as Range<UInt32> {
      var queue = ServiceQueue()
      queue.grant(cores: 1)
      for place in 0..<64 as Range<UInt32> {
        // All of 0 … 63 in some order, longest and shortest mixed.
        let id = place * (2 * stride + 1) % 64
        queue.arrive(id, cpuSeconds: Double(id) * 1e-3 + 1e-3, at: .zero)
      }
      let gone = Set((0..<64 as Range<UInt32>).filter { $0 * 7 % 64 < stride })
      for id in gone.sorted(by: >) {
        let went = queue.remove(id)
        #expect(went)
      }
      let finishes = queue.run(until: .seconds(10))
      #expect(finishes.map(\.id) == (0..<64).filter { !gone.contains($0) })
    }
  }

  @Test("after months of work a container that was empty is as precise as a new one")
  func precision() {
    var queue = ServiceQueue()
    queue.arrive(1, cpuSeconds: 2e7, at: .zero)
    #expect(queue.run(until: .seconds(20_000_000)).count == 1)
    queue.arrive(2, cpuSeconds: 3e-9, at: queue.now)
    #expect(queue.run(until: .seconds(20_000_001)) == [Finish(2, 20_000_000_000_000_003)])
  }

  @Test("a dead container gives its requests back in the order in which they came")
  func dying() {
    var queue = ServiceQueue(workers: 3)
    for (place, id) in ([8, 2, 6, 4, 0] as [UInt32]).enumerated() {
      queue.arrive(id, cpuSeconds: 0.1 / Double(place + 1), at: ms(Int64(place)))
    }
    queue.advance(to: ms(40))
    #expect(queue.removeAll() == [8, 2, 4, 0])
    #expect(queue.takeFinished()?.id == 6)
    #expect(queue.takeFinished() == nil)
    #expect(queue.nextTime == nil && queue.demand == 0 && queue.backlogSeconds == 0)
    queue.arrive(5, cpuSeconds: 0.001, at: ms(50))
    #expect(queue.run(until: ms(60)) == [Finish(5, 51_000_000)])
  }
}
