/// The mean of a level over time: pods pending, nodes running, messages waiting.
///
/// The integral of a step function, not an average of samples: a level counts for as long as it
/// held. Times are whole nanoseconds.
public struct TimeWeightedMean: Hashable, Sendable {
  public private(set) var level: Double
  public private(set) var start: Int64
  private var last: Int64
  // Kept in level-nanoseconds with the rounding error carried along (Kahan–Neumaier), because a
  // day has 10¹⁴ nanoseconds and a step may last one.
  private var integral = 0.0
  private var compensation = 0.0
  /// The greatest level that held, for however short a time.
  public private(set) var maximum: Double

  /// Observes from `start`, where the level is `level`.
  public init(level: Double = 0, start: Int64 = 0) {
    self.level = level
    self.start = start
    self.last = start
    self.maximum = level
  }

  /// The level becomes `newLevel` at `time`, which may not be before the last change.
  public mutating func set(_ newLevel: Double, at time: Int64) {
    accumulate(until: time)
    level = newLevel
    maximum = max(maximum, newLevel)
  }

  /// The level changes by `difference` at `time`.
  public mutating func add(_ difference: Double, at time: Int64) {
    set(level + difference, at: time)
  }

  /// Forgets what was before `time`, as at the end of a warm-up; the level stays.
  public mutating func restart(at time: Int64) {
    self = TimeWeightedMean(level: level, start: time)
  }

  /// The level integrated until `time`, in level-seconds.
  public func integralSeconds(until time: Int64) -> Double {
    var copy = self
    copy.accumulate(until: time)
    return (copy.integral + copy.compensation) / 1e9
  }

  /// The mean level from the start until `time`; the level itself if no time has passed.
  public func mean(until time: Int64) -> Double {
    time == start ? level : integralSeconds(until: time) / (Double(time - start) / 1e9)
  }

  private mutating func accumulate(until time: Int64) {
    precondition(time >= last, "a level cannot change in the past")
    let area = level * Double(time - last)
    let sum = integral + area
    compensation += abs(integral) >= abs(area) ? (integral - sum) + area : (area - sum) + integral
    integral = sum
    last = time
  }
}
