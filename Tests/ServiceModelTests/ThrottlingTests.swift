import ServiceModel
import Testing
import TimeUnits

struct ThrottlingTests {
  @Test("a busy thread on half a core runs 50 ms of every 100, exactly")
  func half() {
    var queue = ServiceQueue(quotaCores: 0.5)
    queue.arrive(1, cpuSeconds: .infinity, at: .zero)
    for period in 0..<1000 as Range<Int64> {
      #expect(queue.nextTime == ms(100 * period + 50))
      queue.advance(to: ms(100 * period + 50))
      #expect(queue.isThrottled && queue.demand == 0)
      #expect(queue.nextTime == ms(100 * period + 100))
      queue.advance(to: ms(100 * period + 75))
      #expect(queue.throttledSeconds == (50 * Double(period) + 25) / 1000)
      queue.advance(to: ms(100 * period + 100))
      #expect(!queue.isThrottled && queue.demand == 1)
    }
    #expect(queue.cpuSeconds == 50)
    #expect(queue.throttledSeconds == 50)
    #expect(queue.periods == 1000 && queue.throttledPeriods == 1000)
  }

  @Test("a user who asks again at once gets exactly the quota's throughput")
  func closed() {
    var queue = ServiceQueue(quotaCores: 0.5)
    queue.arrive(0, cpuSeconds: 0.008, at: .zero)
    while let time = queue.nextTime, time <= .seconds(40) {
      queue.advance(to: time)
      while let (id, _) = queue.takeFinished() {
        queue.arrive(id + 1, cpuSeconds: 0.008, at: time)
      }
    }
    #expect(queue.completed == 2500)
    #expect(queue.cpuSeconds == 20)
    #expect(queue.throttledPeriods == 400 && queue.periods == 400)
    #expect(queue.throttledSeconds == 20)
  }

  @Test("n busy threads use up a quota of L cores after L/n of the period")
  func threads() {
    for (threads, quota, stop) in [
      (4, 1.5, Int64(37_500_000)), (3, 0.5, 16_666_667), (2, 1, 50_000_000),
      (7, 0.1, 1_428_572), (100, 0.5, 500_000),
    ] {
      var queue = ServiceQueue(quotaCores: quota)
      for id in 0..<threads { queue.arrive(UInt32(id), cpuSeconds: .infinity, at: .zero) }
      for period in 0..<200 as Range<Int64> {
        #expect(queue.nextTime == SimulationTime(nanoseconds: period * 100_000_000 + stop))
        queue.advance(to: queue.nextTime!)
        #expect(queue.nextTime == ms(100 * (period + 1)))
        queue.advance(to: ms(100 * (period + 1)))
      }
      #expect(abs(queue.cpuSeconds - 20 * quota) < 1e-9)
      #expect(abs(queue.throttledSeconds - 20 * (1 - quota / Double(threads))) < 1e-9)
      #expect(queue.periods == 200 && queue.throttledPeriods == 200)
    }
  }

  @Test("threads that fit their quota are never throttled", arguments: [1.0, 2, 3, 0.3])
  func fitting(quota: Double) {
    var queue = ServiceQueue(quotaCores: quota)
    queue.grant(cores: quota)
    for id in 0..<3 { queue.arrive(UInt32(id), cpuSeconds: .infinity, at: .zero) }
    #expect(queue.nextTime == nil)
    queue.advance(to: .seconds(100))
    #expect(queue.periods == 1000 && queue.throttledPeriods == 0)
    #expect(abs(queue.cpuSeconds - 100 * quota) < 1e-9)
  }

  @Test("a short request below the quota is not delayed, nor one that goes on in the next period")
  func short() {
    var queue = ServiceQueue(quotaCores: 0.5)
    queue.arrive(1, cpuSeconds: 0.030, at: .zero)
    queue.arrive(2, cpuSeconds: 0.020, at: ms(10))
    #expect(queue.run(until: ms(150)) == [Finish(1, 30_000_000), Finish(2, 30_000_000)])
    #expect(queue.throttledSeconds == 0)
    // 40 ms of this period's 50 and 40 of the next one's.
    queue.arrive(3, cpuSeconds: 0.080, at: ms(160))
    #expect(queue.run(until: ms(300)) == [Finish(3, 240_000_000)])
    #expect(queue.throttledSeconds == 0 && queue.periods == 3)
  }

  @Test("a request that needs more than the quota waits for each next period")
  func long() {
    var queue = ServiceQueue(quotaCores: 0.2)
    queue.arrive(1, cpuSeconds: 0.05, at: ms(70))
    // 20 ms to 90 ms, 20 from 100 ms, 10 from 200 ms.
    #expect(queue.run(until: ms(300)) == [Finish(1, 210_000_000)])
    #expect(queue.periods == 3 && queue.throttledPeriods == 2)
    #expect(queue.throttledSeconds == 0.09)
  }

  @Test("who comes when the quota is used up stands still at once")
  func empty() {
    var queue = ServiceQueue(quotaCores: 0.5)
    queue.arrive(1, cpuSeconds: 0.05, at: .zero)
    #expect(queue.run(until: ms(60)) == [Finish(1, 50_000_000)])
    #expect(!queue.isThrottled)
    queue.arrive(2, cpuSeconds: 0.01, at: ms(60))
    #expect(queue.isThrottled && queue.demand == 0 && queue.nextTime == ms(100))
    #expect(queue.run(until: ms(200)) == [Finish(2, 110_000_000)])
    #expect(queue.throttledSeconds == 0.04)
    #expect(queue.periods == 2 && queue.throttledPeriods == 1)
  }

  @Test("an idle container counts no periods, and they lie on a grid from its start")
  func idle() {
    var queue = ServiceQueue(quotaCores: 0.5, start: ms(30))
    queue.advance(to: ms(1000))
    #expect(queue.periods == 0)
    // The period from 1030 ms to 1130 ms.
    queue.arrive(1, cpuSeconds: 0.01, at: ms(1040))
    _ = queue.run(until: ms(1129))
    #expect(queue.periods == 0)
    queue.advance(to: ms(1130))
    #expect(queue.periods == 1)
    queue.advance(to: ms(9000))
    #expect(queue.periods == 1)
    // Done exactly when its period is over: the next one does not count.
    queue.arrive(2, cpuSeconds: 0.03, at: ms(9000))
    #expect(queue.run(until: ms(9990)) == [Finish(2, 9_030_000_000)])
    #expect(queue.periods == 2 && queue.throttledPeriods == 0)
    // From one period into the next: both count.
    queue.arrive(3, cpuSeconds: 0.03, at: ms(10_010))
    #expect(queue.run(until: ms(20_000)) == [Finish(3, 10_040_000_000)])
    #expect(queue.periods == 4)
  }

  @Test("a throttling in a later period is foreseen without a stop at its beginning")
  func foreseen() {
    var queue = ServiceQueue(quotaCores: 1)
    for id in 0..<2 { queue.arrive(UInt32(id), cpuSeconds: 5, at: ms(90)) }
    #expect(queue.nextTime == ms(150))
    queue.advance(to: ms(149))
    #expect(abs(queue.cpuSeconds - 0.118) < 1e-12 && queue.periods == 1)
    queue.advance(to: ms(150))
    #expect(queue.isThrottled)
  }

  @Test("a container that gets less than its quota is slow but not throttled")
  func contended() {
    var queue = ServiceQueue(quotaCores: 0.5)
    queue.grant(cores: 0.25)
    for id in 0..<4 { queue.arrive(UInt32(id), cpuSeconds: 0.1, at: .zero) }
    #expect(queue.run(until: .seconds(9)).map(\.at) == Array(repeating: 1_600_000_000, count: 4))
    #expect(queue.throttledSeconds == 0 && queue.periods == 16)
  }

  @Test("a quota below a millisecond is raised to it; a shorter period is as good")
  func least() {
    var tiny = ServiceQueue(quotaCores: 0.001)
    tiny.arrive(1, cpuSeconds: .infinity, at: .zero)
    #expect(tiny.nextTime == ms(1))
    var quick = ServiceQueue(quotaCores: 0.5, periodSeconds: 0.01)
    quick.arrive(1, cpuSeconds: 0.025, at: .zero)
    #expect(quick.run(until: .seconds(1)) == [Finish(1, 45_000_000)])
  }
}
