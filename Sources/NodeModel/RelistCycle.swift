public import TimeUnits

/// The kubelet's pod lifecycle event generator: asks the runtime for all containers, rests a
/// second, and asks again.
///
/// Follows `pkg/kubelet/pleg/generic.go` (1.11 and 1.36): a relist that is done counts from when it
/// began; unhealthy when that is more than three minutes ago. In closed form between changes of
/// speed, so that it costs no events.
public struct RelistCycle: Sendable, Hashable {
  /// Seconds of rest after each relist.
  public static let period = 1.0
  public static let threshold = Duration.seconds(180)

  /// Seconds of rest that are left; meaningless while a relist runs.
  private var restLeft = period
  /// CPU seconds left of the relist that runs; zero while it rests.
  private var workLeft = 0.0
  private var began: SimulationTime
  /// When the last relist that is done began.
  public private(set) var lastRelist: SimulationTime

  public init(at start: SimulationTime) {
    began = start
    lastRelist = start
  }

  /// Lets `seconds` pass from `now`, a relist of `work` CPU seconds going on at `speed`.
  mutating func advance(
    from now: SimulationTime, seconds: Double, speed: Double, work: Double
  ) {
    var left = seconds
    if workLeft > 0 {
      guard speed * left >= workLeft else {
        workLeft -= speed * left
        return
      }
      left -= workLeft / speed
      finish()
    }
    guard left >= restLeft else {
      restLeft -= left
      return
    }
    left -= restLeft
    // Whole cycles of work and rest are skipped; the last one that is done is all that counts.
    let length = speed > 0 ? work / speed : .infinity
    let whole = (left / (length + Self.period)).rounded(.down)
    if whole > 0 {
      left -= whole * (length + Self.period)
      lastRelist = Self.point(now, seconds - left - length - Self.period)
    }
    began = Self.point(now, seconds - left)
    workLeft = work
    if left >= length {
      left -= length
      finish()
      restLeft -= left
    } else {
      workLeft -= speed * left
    }
  }

  private mutating func finish() {
    workLeft = 0
    restLeft = Self.period
    lastRelist = began
  }

  private static func point(_ now: SimulationTime, _ seconds: Double) -> SimulationTime {
    now.advanced(byNanoseconds: Int64((max(0, seconds) * 1e9).rounded()))
  }

  /// How long nothing has been heard, if that is longer than it may be.
  public func silence(at now: SimulationTime) -> Duration? {
    let silence = now - lastRelist
    return silence > Self.threshold ? silence : nil
  }
}
