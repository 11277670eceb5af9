/// A calendar point in UTC, in whole seconds since 1970-01-01: what API timestamps show.
public struct CalendarTime: Hashable, Sendable, Comparable {
  public var unixSeconds: Int64

  public init(unixSeconds: Int64) { self.unixSeconds = unixSeconds }

  public static func < (a: CalendarTime, b: CalendarTime) -> Bool {
    a.unixSeconds < b.unixSeconds
  }

  /// The calendar second that contains `time` in a run whose start is this point.
  public func adding(_ time: SimulationTime) -> CalendarTime {
    CalendarTime(unixSeconds: unixSeconds + time.nanoseconds / 1_000_000_000)
  }
}

extension CalendarTime {
  /// Midnight UTC of a date in the proleptic Gregorian calendar; nil if there is no such date.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year) else {
      return nil
    }
    self.init(unixSeconds: Self.daysSinceEpoch(year: year, month: month, day: day) * 86_400)
  }

  /// Reads `2018-10-15` or `2018-10-15T08:30:00Z`; nil for anything else.
  public init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    guard bytes.count == 10 || bytes.count == 20, bytes[4] == 45, bytes[7] == 45,
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let midnight = CalendarTime(year: year, month: month, day: day)
    else { return nil }
    guard bytes.count == 20 else {
      self = midnight
      return
    }
    guard bytes[10] == 84, bytes[13] == 58, bytes[16] == 58, bytes[19] == 90,
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      hour < 24, minute < 60, second < 60
    else { return nil }
    self.init(
      unixSeconds: midnight.unixSeconds + Int64(hour * 3600 + minute * 60 + second))
  }

  /// `2018-10-15T08:30:00Z`, as the Kubernetes and AWS APIs print time.
  public var rfc3339: String {
    let days = unixSeconds >= 0 ? unixSeconds / 86_400 : (unixSeconds - 86_399) / 86_400
    let rest = unixSeconds - days * 86_400
    let (year, month, day) = Self.civil(daysSinceEpoch: days)
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock = "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
    return "\(year)-\(two(Int64(month)))-\(two(Int64(day)))T\(clock)Z"
  }

  /// `2018-10-15`.
  public var date: String { String(rfc3339.prefix(10)) }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    default: 31
    }
  }

  // Counting years from March puts the leap day last, which makes month lengths periodic.
  private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  private static func civil(daysSinceEpoch: Int64) -> (Int, Int, Int) {
    let days = Int(daysSinceEpoch) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
