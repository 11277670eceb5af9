/// CFS bandwidth control of one cgroup (`cpu.cfs_quota_us`, `cpu.max`): so much CPU time in each
/// period, and when it is used up the group waits for the next one.
///
/// Periods lie on a grid from the group's start. What is left at a period's end is lost, as with
/// `cpu.max.burst` 0. Follows `do_sched_cfs_period_timer` and `__refill_cfs_bandwidth_runtime` of
/// Linux 6.18's `kernel/sched/fair.c`, with three differences: the runtime is one pool, not handed
/// to the processors in slices of 5 ms; an idle period does not count, where the kernel counts the
/// first of them in `nr_periods`; and the time throttled is the group's, where the kernel adds up
/// that of each processor. All spans and CPU times are in nanoseconds.
struct CPUBandwidth: Sendable {
  /// CPU time for each period.
  let quota: Double
  let period: Int64
  /// CPU time left of the present period.
  private(set) var left: Double
  /// Where the present period ends; it may be over while nothing runs.
  private(set) var end: Int64
  /// Whether there was something to run in the present period.
  private(set) var isActive = false
  private(set) var isThrottled = false
  private(set) var periods = 0
  private(set) var throttledPeriods = 0
  private(set) var throttledTime = 0.0

  /// A quota of `quotaCores` for each period of 1 ms … 1 s, the kernel's bounds; one below 1 ms is
  /// raised to it, the kernel's least.
  init(quotaCores: Double, periodSeconds: Double, start: Int64) {
    precondition(quotaCores > 0 && quotaCores.isFinite, "a quota is above zero")
    precondition(periodSeconds >= 0.001 && periodSeconds <= 1, "a period lies in 1 ms … 1 s")
    period = Int64((periodSeconds * 1e9).rounded())
    quota = max((quotaCores * Double(period)).rounded(), 1e6)
    left = quota
    end = start + period
  }

  /// Time passes until an instant, with `usage` cores used all the time.
  mutating func pass(
    _ span: Double, usage: Double, isBusy: Bool, until instant: Int64, fraction: Double
  ) {
    guard !isThrottled else {
      throttledTime += span
      return
    }
    guard instant >= end else {
      left = max(0, left - usage * span)
      return
    }
    periods = periods(by: instant, isBusy: isBusy)
    isActive = isBusy
    if isBusy {
      begin(at: instant)
      left = max(0, quota - usage * (Double(instant - (end - period)) + fraction))
    }
  }

  /// The periods that count by an instant, if what was so stayed so until then.
  func periods(by instant: Int64, isBusy: Bool) -> Int {
    guard instant >= end else { return periods }
    return periods + (isBusy ? Int((instant - end) / period) + 1 : isActive ? 1 : 0)
  }

  /// How long the runtime lasts at a usage above zero; infinity if it is never used up.
  func spanUntilEmpty(usage: Double, from instant: Int64, fraction: Double) -> Double {
    let untilEnd = Double(end - instant) - fraction
    let span = left / usage
    if span + hair < untilEnd { return span }
    return usage * Double(period) > quota + hair ? untilEnd + quota / usage : .infinity
  }

  /// Something is to run in an idle group.
  mutating func wake(at instant: Int64) {
    if instant >= end {
      periods = periods(by: instant, isBusy: false)
      begin(at: instant)
    }
    isActive = true
  }

  /// Nothing is to run any more; a period that has only just begun does not count.
  mutating func rest(at instant: Int64, fraction: Double) {
    if instant == end - period, fraction <= hair { isActive = false }
  }

  mutating func throttle() {
    left = 0
    isThrottled = true
  }

  /// The period ends in which the group was throttled.
  mutating func unthrottle(isBusy: Bool) {
    isThrottled = false
    periods += 1
    throttledPeriods += 1
    begin(at: end)
    isActive = isBusy
  }

  /// The period begins that an instant lies in, which is not before the present one's end.
  private mutating func begin(at instant: Int64) {
    end += ((instant - end) / period + 1) * period
    left = quota
  }
}
