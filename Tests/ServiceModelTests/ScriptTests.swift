import ServiceModel
import SimulationKernel
import Testing
import TimeUnits

/// What holds whatever happens to a container.
struct ScriptTests {
  /// What a run came to.
  private struct Outcome: Equatable {
    var finishes: [Finish] = []
    var counters: [Double] = []

    init(_ finishes: [Finish], _ queue: ServiceQueue) {
      self.finishes = finishes
      counters = [
        queue.cpuSeconds, queue.throttledSeconds, Double(queue.periods),
        Double(queue.throttledPeriods), Double(queue.completed),
      ]
    }

    /// FNV-1a over who finished when.
    var digest: UInt64 {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for finish in finishes {
        for word in [UInt64(finish.id), UInt64(finish.at)] {
          hash = (hash ^ word) &* 0x0000_0100_0000_01B3
        }
      }
      return hash
    }
  }

  @Test("nobody is lost and no work either, at every step", arguments: 0..<40 as Range<UInt64>)
  func conservation(key: UInt64) {
    let script = Script(key: key, steps: 2000)
    var queue = script.queue
    var wanted: [UInt32: Double] = [:]
    // Work done for those that are gone, and CPU seconds times their speed.
    var (arrived, removed) = (0, 0)
    var (gone, done, used, speed) = (0.0, 0.0, 0.0, 1.0)
    for (time, act) in script.steps {
      for finish in queue.run(until: time) {
        gone += wanted.removeValue(forKey: finish.id)!
      }
      done += (queue.cpuSeconds - used) * speed
      used = queue.cpuSeconds
      let before = queue.backlogSeconds
      let ids = act.perform(on: &queue)
      switch act {
      case .arrival(let id, let seconds):
        arrived += 1
        wanted[id] = seconds
      case .grant(_, let newSpeed): speed = newSpeed
      case .removal, .death:
        removed += ids.count
        for id in ids { gone += wanted.removeValue(forKey: id)! }
        gone -= before - queue.backlogSeconds
      }
      #expect(arrived == queue.completed + queue.inService + queue.waiting + removed)
      #expect(wanted.count == queue.inService + queue.waiting)
      #expect(queue.waiting == 0 || queue.inService == script.workers)
      let present = wanted.values.reduce(0, +)
      let expected = gone + present - queue.backlogSeconds
      #expect(abs(done - expected) <= 1e-9 * max(1e-3, expected))
    }
    _ = queue.run(until: .seconds(1000))
    #expect(queue.inService == 0 && queue.waiting == 0 && queue.nextTime == nil)
    #expect(arrived == queue.completed + removed && arrived > 1000)
  }

  @Test("no period uses more than the quota", arguments: 0..<40 as Range<UInt64>)
  func quota(key: UInt64) {
    var script = Script(key: key, steps: 2000)
    script.quota = script.quota ?? 0.3
    var queue = script.queue
    var (used, full) = (0.0, 0)
    var boundary = ms(100)
    for (time, act) in script.steps {
      while boundary <= time {
        queue.advance(to: boundary)
        let spent = queue.cpuSeconds - used
        used = queue.cpuSeconds
        #expect(spent <= 0.1 * script.quota! * (1 + 1e-9))
        if spent > 0.1 * script.quota! * (1 - 1e-9) { full += 1 }
        boundary = boundary.advanced(byNanoseconds: 100_000_000)
      }
      queue.advance(to: time)
      _ = act.perform(on: &queue)
    }
    #expect(queue.throttledPeriods <= full, "a throttled period used its whole quota")
    #expect(queue.throttledPeriods <= queue.periods)
  }

  @Test("how often somebody looks changes nothing", arguments: 0..<40 as Range<UInt64>)
  func looking(key: UInt64) {
    let script = Script(key: key, steps: 1000)
    var (queue, watched) = (script.queue, script.queue)
    var (finishes, seen): ([Finish], [Finish]) = ([], [])
    var random = RandomStream(key: key)
    for (time, act) in script.steps {
      finishes += queue.run(until: time)
      while watched.now < time {
        let look = watched.now.advanced(byNanoseconds: Int64(random.next() % 3_000_000))
        seen += watched.run(until: min(look, time))
        watched.grant(cores: watched.cores)
      }
      _ = act.perform(on: &queue)
      _ = act.perform(on: &watched)
    }
    finishes += queue.run(until: .seconds(1000))
    seen += watched.run(until: .seconds(1000))
    #expect(Outcome(finishes, queue) == Outcome(seen, watched))
    #expect(finishes.count > 150)
  }

  @Test("a copy continues identically, and neither disturbs the other")
  func copies() {
    for key in 0..<20 as Range<UInt64> {
      let script = Script(key: key, steps: 600)
      var whole = script.queue
      let head = script.play(..<300, on: &whole)
      var copy = whole
      let half = Outcome(head, copy)
      let tail = script.play(300..., on: &whole)
      let reference = Outcome(head + tail + whole.run(until: .seconds(1000)), whole)
      // Another copy goes its own way; this one must not notice.
      var other = copy
      _ = other.removeAll()
      other.arrive(1, cpuSeconds: 7, at: other.now)
      _ = other.run(until: .seconds(1000))
      let again = script.play(300..., on: &copy)
      let outcome = Outcome(head + again + copy.run(until: .seconds(1000)), copy)
      #expect(outcome == reference)
      #expect(outcome.digest == reference.digest && outcome.digest != half.digest)
    }
  }

  // The plain container is late by a step of 100 ns at each completion and throttling, which the
  // others feel divided by their rate, at least a twentieth of a core. None of these scripts has a
  // completion so near a throttling that this would let it slip into the next period.
  @Test(
    "it agrees with a container played in tiny steps within 20 µs",
    arguments: 0..<24 as Range<UInt64>)
  func plain(key: UInt64) {
    let script = Script(key: 1000 + key, steps: 80)
    var (queue, plain) = (script.queue, PlainContainer(script))
    var finishes: [Finish] = []
    for (time, act) in script.steps {
      finishes += queue.run(until: time)
      plain.advance(to: time.nanoseconds)
      _ = act.perform(on: &queue)
      plain.perform(act)
    }
    let end = queue.now + .seconds(3)
    finishes += queue.run(until: end)
    plain.advance(to: end.nanoseconds)
    #expect(finishes.count > 25)
    #expect(queue.inService == 0)
    let expected = Dictionary(uniqueKeysWithValues: plain.finishes.map { ($0.id, $0.at) })
    #expect(finishes.count == expected.count)
    for finish in finishes {
      #expect(abs(finish.at - (expected[finish.id] ?? 0)) <= 20_000, "\(finish)")
    }
    #expect(abs(queue.cpuSeconds - plain.used) <= 5e-6)
    #expect(abs(queue.throttledSeconds - Double(plain.throttledSteps) * 1e-7) <= 5e-6)
  }

  @Test("it goes on under grants, speeds and work of any size")
  func anySize() {
    var random = RandomStream(key: 77)
    for _ in 0..<200 {
      var queue = ServiceQueue(
        quotaCores: [nil, 0.0001, 0.37, 3][Int(random.next() % 4)],
        start: SimulationTime(nanoseconds: Int64(random.next() >> 10)))
      for id in 0..<300 as Range<UInt32> {
        let size = Double(random.next() % 1000) / 997 * [1e-12, 1e-9, 1e-3, 10][Int(id % 4)]
        queue.grant(
          cores: [1e-3, 0.3, 1, 1000][Int(random.next() % 4)],
          speed: [1e-2, 1, 3][Int(random.next() % 3)])
        queue.arrive(id, cpuSeconds: size, at: queue.now)
        let deadline = queue.now.advanced(byNanoseconds: Int64(random.next() % 50_000_000))
        _ = queue.run(until: deadline)
      }
      queue.grant(cores: .infinity, speed: 10)
      _ = queue.run(until: queue.now + .seconds(100_000))
      #expect(queue.completed == 300 && queue.nextTime == nil && queue.backlogSeconds == 0)
    }
  }
}
