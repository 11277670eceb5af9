/// Who goes first among events of one instant.
///
/// Facts come before news of them, news before those who act on it, and observers come last. Within
/// one instant and one priority, events are handled in the order in which they were scheduled.
@frozen
public enum EventPriority: UInt8, Sendable, CaseIterable, Comparable, BitwiseCopyable {
  /// Something became true: an instance runs, a container exits.
  case environment
  /// News of it reaches a cache: a watch event, a heartbeat.
  case delivery
  /// A loop looks and acts: a scheduler, a controller, an autoscaler.
  case control
  /// An observer reads the state; it changes nothing.
  case measurement

  @inlinable
  public static func < (a: EventPriority, b: EventPriority) -> Bool { a.rawValue < b.rawValue }
}
