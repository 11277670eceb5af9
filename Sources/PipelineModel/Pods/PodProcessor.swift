/// The CPU of one consumer pod: cores that work on checks first come, first served, under CFS
/// bandwidth control.
///
/// A check needs less CPU than a slice of the kernel's scheduler (3 ms by default, Linux 6.18
/// `sysctl_sched_base_slice` scaled by processors), so a thread that got a core keeps it until it
/// waits again: the order is that of waking up. What a check will take is known when it comes,
/// so nothing has to be taken back; a change of the grant holds for checks that come after it.
struct PodProcessor: Sendable {
  /// When each core is free next, in nanoseconds.
  private var free: [Int64] = [0]
  /// Nanoseconds for a nanosecond of work.
  private var slowdown = 1.0
  /// CPU nanoseconds in each period; 0 without a limit.
  private var quota = 0.0
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
  mutating func grant(cores: Double, speed: Double, at now: Int64) {
    let servers = max(1, Int(cores.rounded(.up)))
    slowdown = 1 / max(1e-9, speed * min(1, cores / Double(servers)))
    while free.count > servers {
      // The core that is free last goes; who is on it still ends.
      let last = free.indices.max { free[$0] < free[$1] }!
      free.remove(at: last)
    }
    while free.count < servers { free.append(now) }
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

  /// Work comes, not before any that came earlier; returns when it is done.
  @inline(__always)
  mutating func serve(_ work: Double, at now: Int64) -> Int64 {
    let (core, earliest) = firstFree
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

  /// The first instant from `start` on with runtime left.
  private mutating func throttle(_ work: Double, from start: Int64) -> Int64 {
    var start = start
    if start >= periodEnd {
      periodEnd += ((start - periodEnd) / Self.period + 1) * Self.period
      // Who overdrew the last period pays in this one.
      left = quota + min(0, left)
    }
    while left <= 0 {
      start = periodEnd
      periodEnd += Self.period
      left += quota
      throttled += 1
    }
    left -= work
    return start
  }
}
