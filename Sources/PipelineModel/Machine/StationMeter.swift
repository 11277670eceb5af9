/// How many are at a station, over time, and how long they stay: the two sides of Little's law,
/// counted apart.
///
/// Whole nanoseconds, so that both sides agree to the last one when nobody is left. Up to 9.2e18
/// message-nanoseconds: ten thousand at a time for ten days.
public struct StationMeter: Sendable, Hashable {
  /// At the station now.
  public private(set) var number: Int64 = 0
  /// The integral of `number` over time up to `since`.
  private var integral: Int64 = 0
  private var since: Int64 = 0
  /// Those that have left.
  public private(set) var departures: Int64 = 0
  /// The nanoseconds that those stayed.
  public private(set) var sojourn: Int64 = 0

  @inline(__always)
  mutating func enter(at now: Int64) {
    integral &+= number &* (now &- since)
    since = now
    number &+= 1
  }

  /// One leaves that came at `arrival`.
  @inline(__always)
  mutating func leave(arrival: Int64, at now: Int64) {
    integral &+= number &* (now &- since)
    since = now
    number &-= 1
    departures &+= 1
    sojourn &+= now &- arrival
  }

  /// The mean number at the station from the start to `now`, in nanoseconds.
  public func meanNumber(until now: Int64) -> Double {
    now > 0 ? Double(numberSeconds(until: now)) / Double(now) : 0
  }

  /// The integral of the number over time, in message-nanoseconds.
  public func numberSeconds(until now: Int64) -> Int64 { integral + number * (now - since) }
}
