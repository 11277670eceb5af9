import ServiceModel
import SimulationKernel
import TimeUnits

/// What happens to a container from outside, at random and the same for every key.
struct Script {
  enum Act {
    case arrival(id: UInt32, seconds: Double)
    case removal(id: UInt32)
    case death
    case grant(cores: Double, speed: Double)
  }

  var workers: Int?
  var quota: Double?
  var steps: [(time: SimulationTime, act: Act)] = []

  /// Times and work are whole microseconds; the work is 20 ms on average, which is more than some of
  /// the containers can do and less than others can.
  init(key: UInt64, steps count: Int, meanGapMicroseconds: UInt64 = 12_000) {
    var random = RandomStream(key: key)
    workers = [nil, 1, 2, 5][Int(random.next() % 4)]
    quota = [nil, 0.5, 1, 1.7][Int(random.next() % 4)]
    var time = SimulationTime.zero
    for id in 0..<UInt32(count) {
      time = time.advanced(
        byNanoseconds: Int64(random.next() % (2 * meanGapMicroseconds) * 1000))
      switch random.next() % 20 {
      case 0: steps.append((time, .removal(id: UInt32(random.next() % UInt64(id + 1)))))
      case 1 where random.next() % 8 == 0: steps.append((time, .death))
      case 2...5:
        let cores = [0, 0.1, 0.5, 1, 1.3, 2, 4, 8][Int(random.next() % 8)]
        steps.append((time, .grant(cores: cores, speed: [0.5, 1, 1.5][Int(random.next() % 3)])))
      default:
        let seconds = Double(random.next() % 40_000) * 1e-6
        steps.append((time, .arrival(id: id, seconds: seconds)))
      }
    }
    // In the end all that are left can finish.
    steps.append((time.advanced(byNanoseconds: 1_000_000), .grant(cores: 3, speed: 1)))
  }

  var queue: ServiceQueue { ServiceQueue(workers: workers, quotaCores: quota) }

  /// Plays some of the steps, and says who finished meanwhile.
  func play(_ range: some RangeExpression<Int>, on queue: inout ServiceQueue) -> [Finish] {
    var finishes: [Finish] = []
    for (time, act) in steps[range] {
      finishes += queue.run(until: time)
      _ = act.perform(on: &queue)
    }
    return finishes
  }
}

extension Script.Act {
  /// Does it to a queue that has been advanced to its time; gives back who was removed.
  func perform(on queue: inout ServiceQueue) -> [UInt32] {
    switch self {
    case .arrival(let id, let seconds):
      queue.arrive(id, cpuSeconds: seconds, at: queue.now)
      return []
    case .removal(let id): return queue.remove(id) ? [id] : []
    case .death: return queue.removeAll()
    case .grant(let cores, let speed):
      queue.grant(cores: cores, speed: speed)
      return []
    }
  }
}

/// A container in tiny steps of 100 ns, by nothing but the rules: each thread gets its share, the
/// pool runs dry, the period ends.
struct PlainContainer {
  static let step: Int64 = 100

  var workers: Int?
  var quota: Double?
  var cores = Double.infinity
  var speed = 1.0
  var now: Int64 = 0
  var pool = 0.0
  var isThrottled = false
  var throttledSteps = 0
  var used = 0.0
  /// Requests in the order in which they came, and the seconds of work left.
  var present: [(id: UInt32, left: Double)] = []
  var finishes: [Finish] = []

  init(_ script: Script) {
    workers = script.workers
    quota = script.quota
    pool = (quota ?? 0) * 0.1
  }

  mutating func advance(to time: Int64) {
    let step = Double(Self.step) * 1e-9
    while now < time {
      if isThrottled { throttledSteps += 1 }
      let serving = isThrottled ? 0 : min(workers ?? .max, present.count)
      let threads = Double(serving)
      for place in 0..<serving {
        present[place].left -= min(1, cores / threads) * speed * step
      }
      used += min(threads, cores) * step
      pool -= min(threads, cores) * step
      now += Self.step
      for place in (0..<serving).reversed() where present[place].left <= 1e-12 {
        finishes.append(Finish(present.remove(at: place).id, now))
      }
      guard let quota else { continue }
      if now % 100_000_000 == 0 {
        pool = quota * 0.1
        isThrottled = false
      } else if pool <= 1e-12, !present.isEmpty {
        isThrottled = true
      }
    }
  }

  mutating func perform(_ act: Script.Act) {
    switch act {
    case .arrival(let id, let seconds): present.append((id, seconds))
    case .removal(let id): present.removeAll { $0.id == id }
    case .death: present.removeAll()
    case .grant(let cores, let speed): (self.cores, self.speed) = (cores, speed)
    }
  }
}
