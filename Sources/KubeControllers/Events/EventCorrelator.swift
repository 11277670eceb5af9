public import TimeUnits

/// Keeps a component from flooding the API server with events.
///
/// Follows `EventCorrelator` of client-go tools/record/events_cache.go, 1.36: from the tenth
/// different message of one object and reason within ten minutes they are told as one that counts;
/// and one object may have 25 events of a source at once, then one every five minutes.
public struct EventCorrelator: Sendable {
  /// What is left of an event.
  public enum Outcome: Sendable, Hashable {
    /// Nobody hears of it.
    case dropped
    /// A new event object.
    case created(message: String)
    /// An existing event object counts up.
    case counted(message: String, count: Int)
  }

  public static let similarLimit = 10
  /// Nanoseconds: ten minutes.
  public static let similarInterval: Int64 = 600_000_000_000
  public static let burst = 25.0
  /// Nanoseconds for one more event: five minutes.
  public static let refillInterval = 300e9

  // Looked up by key only, never walked.
  private var similar: [SimilarKey: Similar] = [:]
  private var counts: [EventKey: Int] = [:]
  private var buckets: [String: Bucket] = [:]

  public init() {}

  private struct SimilarKey: Hashable, Sendable {
    var object: String
    var reason: String
    var severity: ReportedEvent.Severity
  }

  private struct EventKey: Hashable, Sendable {
    var group: SimilarKey
    /// Empty for the one that stands for many.
    var message: String
  }

  private struct Similar: Sendable {
    var messages: [String] = []
    var last: SimulationTime
  }

  private struct Bucket: Sendable {
    var tokens: Double
    var at: SimulationTime
  }

  /// Takes in an event about `object`, which is its kind and name.
  public mutating func observe(
    _ event: ReportedEvent, about object: String, at now: SimulationTime
  ) -> Outcome {
    let group = SimilarKey(object: object, reason: event.reason, severity: event.severity)
    let isCombined = aggregate(event, group, now)
    let message =
      isCombined ? "(combined from similar events): \(event.message)" : event.message
    let key = EventKey(group: group, message: isCombined ? "" : event.message)
    let count = (counts[key] ?? 0) + 1
    counts[key] = count
    guard takeToken(object, now) else { return .dropped }
    return count == 1 ? .created(message: message) : .counted(message: message, count: count)
  }

  private mutating func aggregate(
    _ event: ReportedEvent, _ group: SimilarKey, _ now: SimulationTime
  ) -> Bool {
    var record = similar[group] ?? Similar(last: now)
    if now.nanoseconds - record.last.nanoseconds > Self.similarInterval { record.messages = [] }
    record.last = now
    if !record.messages.contains(event.message) { record.messages.append(event.message) }
    let isCombined = record.messages.count >= Self.similarLimit
    if isCombined { record.messages.removeFirst() }
    similar[group] = record
    return isCombined
  }

  private mutating func takeToken(_ object: String, _ now: SimulationTime) -> Bool {
    var bucket = buckets[object] ?? Bucket(tokens: Self.burst, at: now)
    let elapsed = Double(now.nanoseconds - bucket.at.nanoseconds)
    bucket.tokens = min(Self.burst, bucket.tokens + elapsed / Self.refillInterval)
    bucket.at = now
    defer { buckets[object] = bucket }
    guard bucket.tokens >= 1 else { return false }
    bucket.tokens -= 1
    return true
  }
}
