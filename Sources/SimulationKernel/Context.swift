public import TimeUnits

/// What a model may do while it handles an event: read the clock, schedule, cancel, record.
@frozen
public struct Context<Event: BitwiseCopyable & Sendable, Record: Sendable>: Sendable {
  @usableFromInline var queue = EventQueue<Event>()
  @usableFromInline var clock: SimulationTime
  @usableFromInline var handled = 0
  @usableFromInline var records: [Record] = []

  /// Whether `record(_:)` keeps anything; a model may skip costly records when nobody wants them.
  public var isRecording: Bool

  @inlinable
  init(start: SimulationTime, isRecording: Bool) {
    self.clock = start
    self.isRecording = isRecording
  }

  /// The time of the event that is being handled; before the first one, the start of the run.
  @inlinable
  public var now: SimulationTime { clock }

  /// The number of events that are scheduled and neither handled nor canceled.
  @inlinable
  public var pendingEvents: Int { queue.count }

  /// Schedules `event` at `time`, which may be now but not earlier: the past traps.
  ///
  /// An event scheduled for now with an earlier priority than the one being handled comes next.
  ///
  /// - Complexity: O(log *n*) in the number of pending events.
  @inlinable
  @discardableResult
  public mutating func schedule(
    _ event: Event, at time: SimulationTime, priority: EventPriority = .environment
  ) -> EventID {
    precondition(time.nanoseconds >= clock.nanoseconds, "an event cannot be scheduled in the past")
    return queue.insert(event, at: time, priority: priority)
  }

  /// Schedules `event` after a span from now; a negative span traps.
  @inlinable
  @discardableResult
  public mutating func schedule(
    _ event: Event, after span: Duration, priority: EventPriority = .environment
  ) -> EventID {
    schedule(event, afterNanoseconds: span.nanoseconds, priority: priority)
  }

  /// Schedules `event` some whole nanoseconds from now; a negative span traps.
  @inlinable
  @discardableResult
  public mutating func schedule(
    _ event: Event, afterNanoseconds span: Int64, priority: EventPriority = .environment
  ) -> EventID {
    schedule(event, at: clock.advanced(byNanoseconds: span), priority: priority)
  }

  /// Takes a scheduled event back; false if it was already handled or canceled.
  ///
  /// - Complexity: O(log *n*) in the number of pending events.
  @inlinable
  @discardableResult
  public mutating func cancel(_ id: EventID) -> Bool { queue.cancel(id) }

  /// Whether the event is still to come.
  @inlinable
  public func isPending(_ id: EventID) -> Bool { queue.contains(id) }

  /// Reports what was observed; nothing is kept while `isRecording` is false.
  @inlinable
  public mutating func record(_ record: Record) {
    if isRecording { records.append(record) }
  }

  /// Takes the next event if it is due by `deadline`, and sets the clock to its time.
  @inlinable
  mutating func takeNext(until deadline: SimulationTime) -> Event? {
    guard let (time, event) = queue.popFirst(until: deadline) else { return nil }
    clock = time
    handled &+= 1
    return event
  }

  /// Moves an idle clock forward to the end of a run; an endless run stays where it is.
  @inlinable
  mutating func settle(at deadline: SimulationTime) {
    if deadline > clock, deadline != .distantFuture { clock = deadline }
  }
}
