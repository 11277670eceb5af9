import TimeUnits

/// The time of a game: hands-on work goes on in working hours only, a wait at any hour.
struct WorkdayClock: Hashable, Sendable {
  private static let day: Int64 = 86_400_000_000_000
  private let opening: Int64
  private let length: Int64
  /// Since midnight of the first day.
  private(set) var now: Int64

  /// The opening of the first day.
  init(_ workday: ProvisioningPlan.Workday) {
    opening = workday.start.nanoseconds
    length = workday.length.nanoseconds
    now = opening
  }

  /// Since the opening of the first day.
  var elapsed: Int64 { now - opening }

  /// The day, counted from 1; what ends at night belongs to the day that it began on or to the
  /// next, as the calendar has it.
  var dayNumber: Int { Int(clamping: now / Self.day) + 1 }

  /// Works for `span`: what does not fit before closing time goes on the next morning.
  mutating func work(_ span: Int64) {
    settle()
    let free = now / Self.day * Self.day + opening + length - now
    if span <= free {
      now += span
      return
    }
    let rest = span - free
    // Days that are worked through, so that the last piece is at least a nanosecond.
    let full = (rest - 1) / length
    let morning = (now / Self.day + 1 + full).multipliedReportingOverflow(by: Self.day)
    guard !morning.overflow else {
      now = .max / 2
      return
    }
    now = min(morning.partialValue.addedSafely(opening + rest - full * length), .max / 2)
  }

  /// Lets `span` pass.
  mutating func wait(_ span: Int64) { now = min(now.addedSafely(span), .max / 2) }

  /// Moves to the next moment at which somebody works.
  mutating func settle() {
    let midnight = now / Self.day * Self.day
    if now - midnight < opening { now = midnight + opening }
    if now - midnight >= opening + length { now = midnight + Self.day + opening }
  }
}

extension Int64 {
  /// The sum, or the greatest value where it does not fit.
  func addedSafely(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
