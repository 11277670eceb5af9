public import TimeUnits

/// A run in progress: a model, its pending events, its clock and what was recorded.
///
/// A value: a copy is a checkpoint that continues identically, and neither disturbs the other.
/// Nothing sleeps, waits or reads a clock; a driver that wants a pace steps at its own.
@frozen
public struct Simulation<M: Model>: Sendable {
  public var model: M
  /// The model's context, to schedule what begins a run.
  public var context: Context<M.Event, M.Record>

  /// A run that begins at `start` with no events; it records unless told otherwise.
  @inlinable
  public init(model: M, start: SimulationTime = .zero, isRecording: Bool = true) {
    self.model = model
    self.context = Context(start: start, isRecording: isRecording)
  }

  /// The time of the last handled event, or the deadline of the last run if that is later.
  @inlinable
  public var now: SimulationTime { context.clock }

  /// The number of events handled since the start.
  @inlinable
  public var eventsHandled: Int { context.handled }

  /// When the next event is due; nil if none is pending.
  @inlinable
  public var nextEventTime: SimulationTime? { context.queue.firstTime }

  /// Schedules an event from outside the model: a command, a fault. The past traps.
  @inlinable
  @discardableResult
  public mutating func inject(
    _ event: M.Event, at time: SimulationTime, priority: EventPriority = .environment
  ) -> EventID {
    context.schedule(event, at: time, priority: priority)
  }

  /// Handles the next event if it is due at or before `deadline`.
  ///
  /// - Returns: false if none is due; then the clock stands at `deadline`, unless that is
  ///   `distantFuture`.
  @inlinable
  public mutating func step(until deadline: SimulationTime) -> Bool {
    guard let event = context.takeNext(until: deadline) else {
      context.settle(at: deadline)
      return false
    }
    model.handle(event, in: &context)
    return true
  }

  /// Handles all events that are due at or before `deadline`, then sets the clock to it (but leaves
  /// it at the last event if `deadline` is `distantFuture`).
  ///
  /// - Returns: the number of events handled.
  @inlinable
  @discardableResult
  public mutating func run(until deadline: SimulationTime) -> Int {
    let before = context.handled
    while let event = context.takeNext(until: deadline) {
      model.handle(event, in: &context)
    }
    context.settle(at: deadline)
    return context.handled - before
  }
}

// MARK: Records

extension Simulation {
  /// Like `run(until:)`, and hands over the records of each event, with its time, right after it.
  ///
  /// Records kept from earlier come first, with the time at which this call began. If `receive`
  /// throws, the run stops after the current event; the record that was refused and those after it
  /// stay, so that a later call offers them again.
  @inlinable
  @discardableResult
  public mutating func run<Failure: Error>(
    until deadline: SimulationTime,
    receive: (M.Record, SimulationTime) throws(Failure) -> Void
  ) throws(Failure) -> Int {
    let before = context.handled
    try drain(receive)
    while let event = context.takeNext(until: deadline) {
      model.handle(event, in: &context)
      if !context.records.isEmpty { try drain(receive) }
    }
    context.settle(at: deadline)
    return context.handled - before
  }

  /// What was recorded since the last call; nothing is returned twice.
  @inlinable
  public mutating func takeRecords() -> [M.Record] {
    var taken: [M.Record] = []
    swap(&taken, &context.records)
    return taken
  }

  @inlinable
  mutating func drain<Failure: Error>(
    _ receive: (M.Record, SimulationTime) throws(Failure) -> Void
  ) throws(Failure) {
    var delivered = 0
    do throws(Failure) {
      while delivered < context.records.count {
        try receive(context.records[delivered], context.clock)
        delivered += 1
      }
    } catch {
      context.records.removeFirst(delivered)
      throw error
    }
    context.records.removeAll(keepingCapacity: true)
  }
}
