/// The CPU of one consumer pod: cores that work on checks first come, first served, under CFS
/// bandwidth control.
///
/// A check needs less CPU than a slice of the kernel's scheduler (3 ms by default, Linux 6.18
/// `sysctl_sched_base_slice` scaled by processors), so a thread that got a core keeps it until it
/// waits again: the order is that of waking up. What a check will take is known when it comes,
/// so nothing has to be taken back; a change of the grant holds for checks that come after it.
struct PodProcessor: Sendable {
  /// When each core is free next, in nanoseconds; the last is the part of a core, if there is one.
  private var free: [Int64] = [0]
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
  mutating func grant(cores: Double, speed: Double, at now: Int64) {
    let whole = cores.rounded(.down)
    let part = cores - whole
    // Less than a thousandth is rounding, not a core.
    let hadPart = hasPart
    hasPart = part > 1e-3 || whole == 0
    slowdown = 1 / max(1e-9, speed)
    partSlowdown = hasPart ? 1 / max(1e-9, speed * part) : slowdown
    let old = hadPart ? free.removeLast() : nil
    var gone: Int64?
    while free.count > Int(whole) {
      // The core that is free last goes; who is on it still ends.
      let last = free.indices.max { free[$0] < free[$1] }!
      gone = free.remove(at: last)
    }
    while free.count < Int(whole) { free.append(now) }
    if hasPart { free.append(old ?? gone ?? now) }
  }

  /// A CPU limit in cores; nil takes it off.
  mutating func limit(cores: Double?, at now: Int64) {
    quota = (cores ?? 0) * Double(Self.period)
    left = quota
    periodEnd = now + Self.period
  }

  /// All work that is under way is dropped.
  mutating func clear(at now: Int64) {
    for core in free.indices { free[core] = min(free[core], now) }
  }

  /// Nanoseconds that work which comes now would wait for a core.
  func wait(at now: Int64) -> Int64 { max(0, firstFree.at - now) }

  /// Work comes, not before any that came earlier; returns when it is done.
  @inline(__always)
  mutating func serve(_ work: Double, at now: Int64) -> Int64 {
    var (core, earliest) = firstFree
    var slowdown = slowdown
    if hasPart { (core, earliest, slowdown) = firstDone(work, at: now) }
    var start = max(now, earliest)
    if quota > 0 { start = throttle(work, from: start) }
    let end = start &+ max(1, Int64(work * slowdown))
    free.withUnsafeMutableBufferPointer { $0[core] = end }
    used &+= Int64(work)
    sojourn &+= end &- now
    return end
  }

  @inline(__always)
  private var firstFree: (core: Int, at: Int64) {
    free.withUnsafeBufferPointer { free in
      var (core, earliest) = (0, free[0])
      var index = 1
      while index < free.count {
        if free[index] < earliest { (core, earliest) = (index, free[index]) }
        index &+= 1
      }
      return (core, earliest)
    }
  }

  /// The core that would be done first: the slow one only where waiting for another takes longer,
  /// as threads that share cores would have it.
  private func firstDone(_ work: Double, at now: Int64) -> (Int, Int64, Double) {
    let part = free.count - 1
    guard part > 0 else { return (part, free[part], partSlowdown) }
    var core = 0
    for index in 1..<part where free[index] < free[core] { core = index }
    let whole = Double(max(now, free[core])) + work * slowdown
    let slow = Double(max(now, free[part])) + work * partSlowdown
    return slow < whole ? (part, free[part], partSlowdown) : (core, free[core], slowdown)
  }

  /// The first instant from `start` on with runtime left.
  private mutating func throttle(_ work: Double, from start: Int64) -> Int64 {
    var start = start
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
    start = max(start, periodEnd - Self.period)
    return start
  }
}
