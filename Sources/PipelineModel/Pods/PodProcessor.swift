/// The CPU of one consumer pod or one Cassandra node: cores that work on checks first come, first
/// served, under CFS bandwidth control.
///
/// A check needs less CPU than a slice of the kernel's scheduler (3 ms by default, Linux 6.18
/// `sysctl_sched_base_slice` scaled by processors), so a thread that got a core keeps it until it
/// waits again: the order is that of waking up. What a check will take is known when it comes,
/// so nothing has to be taken back; a change of the grant holds for checks that come after it.
///
/// ServiceModel's `ServerBank` follows the same recursion with equal servers. Here come a part of a
/// core, the quota and grants that change, and a place in memory that all processors share: it
/// stands in the path of every message.
///
/// When each core is free next is kept elsewhere with that of all processors: nanoseconds, with
/// the core's number in as many low bits as that needs, so that the least one says which core it
/// is. For 1 024 cores they last 104 days, for 32 nine years. The last core is the part of one, if
/// there is one.
struct PodProcessor: BitwiseCopyable, Sendable {
  /// Its place among the cores of all, how many it has, and for how many there is room.
  private(set) var first = 0
  private(set) var count = 0
  private var room = -1
  /// Low bits of a mark that hold the number.
  private var numberBits: Int64 = 0
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
  private(set) var used = 0.0
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
    var free = all[first..<(first + count)].map { $0 >> numberBits }
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
      for _ in 0...room { all.append(Self.end) }
    }
    count = free.count
    numberBits = Int64(Int.bitWidth - (count - 1).leadingZeroBitCount)
    for (core, time) in free.enumerated() { all[first + core] = mark(core, freeAt: time) }
    all[first + count] = Self.end
  }

  /// A CPU limit in cores; nil takes it off.
  mutating func limit(cores: Double?, at now: Int64) {
    quota = (cores ?? 0) * Double(Self.period)
    left = quota
    periodEnd = now + Self.period
  }

  /// All work that is under way is dropped.
  func clear(at now: Int64, _ all: inout Slab<Int64>) {
    for core in 0..<count {
      all[first + core] = min(all[first + core], mark(core, freeAt: now))
    }
  }

  /// Nanoseconds that work which comes now would wait for a core.
  func wait(at now: Int64, _ all: Slab<Int64>) -> Int64 {
    max(0, earliest(all.place(first)) >> numberBits - now)
  }

  /// Work comes, not before any that came earlier; returns when it is done.
  @inline(__always)
  mutating func serve(_ work: Double, at now: Int64, _ all: Slab<Int64>) -> Int64 {
    let free = all.place(first)
    if hasPart || quota > 0 { return serveSlowly(work, at: now, free) }
    let next = earliest(free)
    let start = max(now, next &>> numberBits)
    let core = number(of: next)
    return occupy(core, free, work, slowdown, from: start, at: now)
  }

  private mutating func serveSlowly(
    _ work: Double, at now: Int64, _ free: UnsafeMutablePointer<Int64>
  ) -> Int64 {
    var core = number(of: earliest(free))
    var slowdown = slowdown
    if hasPart { (core, slowdown) = firstDone(work, at: now, free) }
    var start = max(now, free[core] >> numberBits)
    if quota > 0 { start = throttle(work, from: start) }
    return occupy(core, free, work, slowdown, from: start, at: now)
  }

  @inline(__always)
  private mutating func occupy(
    _ core: Int, _ free: UnsafeMutablePointer<Int64>, _ work: Double, _ slowdown: Double,
    from start: Int64, at now: Int64
  ) -> Int64 {
    let end = start &+ max(1, Self.whole(work * slowdown))
    free[core] = mark(core, freeAt: end)
    used += work
    sojourn &+= end &- now
    return end
  }

  /// The mark of the core that is free first, by its number among equals.
  ///
  /// Without branches but for the end: which core it is cannot be foreseen.
  @inline(__always)
  private func earliest(_ free: UnsafeMutablePointer<Int64>) -> Int64 {
    var earliest = free[0]
    var core = 1
    while true {
      let mark = free[core]
      if mark == Self.end { return earliest }
      earliest = min(earliest, mark)
      core &+= 1
    }
  }

  /// Behind the last core.
  private static let end = Int64.max

  @inline(__always)
  private func mark(_ core: Int, freeAt time: Int64) -> Int64 {
    time &<< numberBits | Int64(truncatingIfNeeded: core)
  }

  @inline(__always)
  private func number(of mark: Int64) -> Int {
    Int(truncatingIfNeeded: mark & (1 &<< numberBits &- 1))
  }

  /// Nanoseconds as an integer, to the nearest; less than 26 days. Adding 2⁵² leaves no place for
  /// a fraction, and costs less than a conversion that asks first whether the value fits.
  @inline(__always)
  private static func whole(_ nanoseconds: Double) -> Int64 {
    let sum = min(nanoseconds, 0x1p51) + 0x1p52
    return Int64(truncatingIfNeeded: sum.bitPattern & (1 << 52 - 1))
  }

  /// The core that would be done first: the slow one only where waiting for another takes longer,
  /// as threads that share cores would have it.
  private func firstDone(
    _ work: Double, at now: Int64, _ free: UnsafeMutablePointer<Int64>
  ) -> (Int, Double) {
    let part = count - 1
    guard part > 0 else { return (part, partSlowdown) }
    let core = number(of: (0..<part).reduce(Int64.max) { min($0, free[$1]) })
    let whole = Double(max(now, free[core] >> numberBits)) + work * slowdown
    let slow = Double(max(now, free[part] >> numberBits)) + work * partSlowdown
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
