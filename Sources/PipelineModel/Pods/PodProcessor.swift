/// The CPU of one consumer pod or one Cassandra node: cores that work on checks first come, first
/// served, under CFS bandwidth control.
///
/// A check needs less CPU than a slice of the kernel's scheduler (3 ms by default, Linux 6.18
/// `sysctl_sched_base_slice` scaled by processors), so a thread that got a core keeps it until it
/// waits again: the order is that of waking up. What a check will take is known when it comes,
/// so nothing has to be taken back; a change of the grant holds for checks that come after it.
///
/// When each core is free next, in nanoseconds, is kept elsewhere with that of all processors: the
/// last is the part of a core, if there is one.
struct PodProcessor: BitwiseCopyable, Sendable {
  /// Its place among the cores of all, how many it has, and for how many there is room.
  private(set) var first = 0
  private(set) var count = 0
  private var room = 0
  /// Nanoseconds for a nanosecond of work, on a whole core and on the part of one.
  private var slowdown = 1.0
  private var partSlowdown = 1.0
  private var hasPart = false
  /// CPU nanoseconds in each period; 0 without a limit.
  private var quota = 0.0
  /// Of the period that ends at `periodEnd`.
  private var left = 0.0
  private var periodEnd: Int64 = 0
  static let period: Int64 = 100_000_000

  /// CPU nanoseconds used so far, at full speed.
  private(set) var used: Int64 = 0
  /// Nanoseconds from coming to leaving, of all checks so far.
  private(set) var sojourn: Int64 = 0
  /// Periods that ended with work left and no runtime.
  private(set) var throttled = 0

  /// Cores granted, with a fraction; and how fast each of them is.
  ///
  /// A fraction is a core of its own that is slower: so as many threads as there are whole cores
  /// run at full speed, and all cores together do what was granted.
  mutating func grant(
    cores: Double, speed: Double, at now: Int64, _ all: inout Slab<Int64>
  ) {
    let whole = cores.rounded(.down)
    let part = cores - whole
    var free = Array(all[first..<(first + count)])
    let old = hasPart ? free.removeLast() : nil
    // Less than a thousandth is rounding, not a core.
    hasPart = part > 1e-3 || whole == 0
    slowdown = 1 / max(1e-9, speed)
    partSlowdown = hasPart ? 1 / max(1e-9, speed * part) : slowdown
    var gone: Int64?
    while free.count > Int(whole) {
      // The core that is free last goes; who is on it still ends.
      let last = free.indices.max { free[$0] < free[$1] }!
      gone = free.remove(at: last)
    }
    while free.count < Int(whole) { free.append(now) }
    if hasPart { free.append(old ?? gone ?? now) }
    keep(free, in: &all)
  }

  private mutating func keep(_ free: [Int64], in all: inout Slab<Int64>) {
    if free.count > room {
      first = all.count
      room = free.count
      for _ in 0..<room { all.append(0) }
    }
    count = free.count
    for (index, time) in free.enumerated() { all[first + index] = time }
  }

  /// A CPU limit in cores; nil takes it off.
  mutating func limit(cores: Double?, at now: Int64) {
    quota = (cores ?? 0) * Double(Self.period)
    left = quota
    periodEnd = now + Self.period
  }

  /// All work that is under way is dropped.
  func clear(at now: Int64, _ all: inout Slab<Int64>) {
    for core in first..<(first + count) { all[core] = min(all[core], now) }
  }

  /// Nanoseconds that work which comes now would wait for a core.
  func wait(at now: Int64, _ all: Slab<Int64>) -> Int64 {
    let free = all.place(first)
    return max(0, free[firstFree(free, count)] - now)
  }

  /// Work comes, not before any that came earlier; returns when it is done.
  @inline(__always)
  mutating func serve(_ work: Double, at now: Int64, _ all: Slab<Int64>) -> Int64 {
    let free = all.place(first)
    if hasPart || quota > 0 { return serveSlowly(work, at: now, free) }
    let core = firstFree(free, count)
    return occupy(free + core, work, slowdown, from: max(now, free[core]), at: now)
  }

  private mutating func serveSlowly(
    _ work: Double, at now: Int64, _ free: UnsafeMutablePointer<Int64>
  ) -> Int64 {
    var core = firstFree(free, count)
    var slowdown = slowdown
    if hasPart { (core, slowdown) = firstDone(work, at: now, free) }
    var start = max(now, free[core])
    if quota > 0 { start = throttle(work, from: start) }
    return occupy(free + core, work, slowdown, from: start, at: now)
  }

  @inline(__always)
  private mutating func occupy(
    _ core: UnsafeMutablePointer<Int64>, _ work: Double, _ slowdown: Double, from start: Int64,
    at now: Int64
  ) -> Int64 {
    let end = start &+ max(1, Int64(work * slowdown))
    core.pointee = end
    used &+= Int64(work)
    sojourn &+= end &- now
    return end
  }

  @inline(__always)
  private func firstFree(_ free: UnsafeMutablePointer<Int64>, _ count: Int) -> Int {
    var core = 0
    var earliest = free[0]
    var index = 1
    while index < count {
      let time = free[index]
      core = time < earliest ? index : core
      earliest = min(earliest, time)
      index &+= 1
    }
    return core
  }

  /// The core that would be done first: the slow one only where waiting for another takes longer,
  /// as threads that share cores would have it.
  private func firstDone(
    _ work: Double, at now: Int64, _ free: UnsafeMutablePointer<Int64>
  ) -> (Int, Double) {
    let part = count - 1
    guard part > 0 else { return (part, partSlowdown) }
    let core = firstFree(free, part)
    let whole = Double(max(now, free[core])) + work * slowdown
    let slow = Double(max(now, free[part])) + work * partSlowdown
    return slow < whole ? (part, partSlowdown) : (core, slowdown)
  }

  /// The first instant from `start` on with runtime left.
  private mutating func throttle(_ work: Double, from start: Int64) -> Int64 {
    if start >= periodEnd {
      periodEnd += ((start - periodEnd) / Self.period + 1) * Self.period
      // Who overdrew the last period pays in this one.
      left = quota + min(0, left)
    }
    while left <= 0 {
      periodEnd += Self.period
      left += quota
      throttled += 1
    }
    left -= work
    // Another core may have used up all periods before this one.
    return max(start, periodEnd - Self.period)
  }
}
