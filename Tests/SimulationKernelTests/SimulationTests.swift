import SimulationKernel
import Testing
import TimeUnits

/// Counts what it handles and says so; each beat schedules the next.
private struct Clockwork: Model {
  enum Event: Equatable {
    case beat
    case note(Int)
  }
  struct Line: Equatable {
    var time: Int64
    var event: Event
  }
  var random = RandomStream(key: 1)
  var handled: [Line] = []

  mutating func handle(_ event: Event, in context: inout Context<Event, Line>) {
    let line = Line(time: context.now.nanoseconds, event: event)
    handled.append(line)
    context.record(line)
    if event == .beat {
      let gap = Int64(random.next() >> 58)
      context.schedule(.beat, afterNanoseconds: gap, priority: .control)
    }
  }
}

struct SimulationTests {
  @Test("Events of one instant run by priority, then in the order they were scheduled")
  func simultaneousEvents() {
    var simulation = Simulation(model: Clockwork())
    let priorities: [EventPriority] = [.measurement, .control, .environment, .delivery]
    for (index, priority) in (priorities + priorities).enumerated() {
      simulation.context.schedule(.note(index), at: .seconds(1), priority: priority)
    }
    simulation.run(until: .seconds(1))
    #expect(simulation.model.handled.map(\.event) == [2, 6, 3, 7, 1, 5, 0, 4].map { .note($0) })
  }

  @Test("A run handles what is due at its deadline, and its clock ends there")
  func deadlineIsInclusive() {
    var simulation = Simulation(model: Clockwork())
    for second in 1...3 { simulation.context.schedule(.note(second), at: .seconds(Int64(second))) }
    #expect(simulation.run(until: .seconds(2)) == 2)
    #expect(simulation.now == .seconds(2))
    #expect(simulation.nextEventTime == .seconds(3))
    #expect(simulation.run(until: .distantFuture) == 1)
    #expect(simulation.now == .seconds(3))
    #expect(simulation.eventsHandled == 3)
  }

  @Test("Stepping handles one event at a time and ends where a run ends")
  func steps() {
    var stepped = Simulation(model: Clockwork())
    stepped.context.schedule(.beat, at: .zero)
    var run = stepped
    var steps = 0
    let deadline = SimulationTime(nanoseconds: 5_000)
    while stepped.step(until: deadline) { steps += 1 }
    #expect(run.run(until: deadline) == steps)
    #expect(run.model.handled == stepped.model.handled)
    #expect(run.now == stepped.now)
  }

  @Test("A canceled event does not happen, and cannot be canceled twice")
  func cancellation() {
    var simulation = Simulation(model: Clockwork())
    let first = simulation.context.schedule(.note(1), at: .seconds(1))
    simulation.context.schedule(.note(2), at: .seconds(2))
    #expect(simulation.context.isPending(first))
    #expect(simulation.context.cancel(first) == true)
    #expect(simulation.context.cancel(first) == false)
    #expect(!simulation.context.isPending(first))
    let third = simulation.inject(.note(3), at: .seconds(3))
    #expect(
      simulation.context.cancel(first) == false, "an old id must not reach the slot's new event")
    simulation.run(until: .seconds(2))
    #expect(simulation.model.handled.map(\.event) == [.note(2)])
    #expect(simulation.context.cancel(third) == true)
    #expect(simulation.context.pendingEvents == 0)
  }

  @Test("A copy is a checkpoint: it continues identically, and neither disturbs the other")
  func checkpoint() {
    var original = Simulation(model: Clockwork())
    original.context.schedule(.beat, at: .zero)
    for index in 0..<200 {
      original.context.schedule(.note(index), at: SimulationTime(nanoseconds: Int64(index * 97)))
    }
    original.run(until: SimulationTime(nanoseconds: 7_000))
    var copy = original
    original.run(until: SimulationTime(nanoseconds: 30_000))
    #expect(copy.model.handled.count < original.model.handled.count)
    copy.run(until: SimulationTime(nanoseconds: 30_000))
    #expect(copy.model.handled == original.model.handled)
    #expect(copy.takeRecords() == original.takeRecords())
  }

  @Test("Records are kept until taken, and not at all when nobody wants them")
  func records() {
    var simulation = Simulation(model: Clockwork())
    var silent = Simulation(model: Clockwork(), isRecording: false)
    for second in 1...4 {
      simulation.inject(.note(second), at: .seconds(Int64(second)))
      silent.inject(.note(second), at: .seconds(Int64(second)))
    }
    simulation.run(until: .seconds(2))
    #expect(simulation.takeRecords().map(\.event) == [.note(1), .note(2)])
    #expect(simulation.takeRecords().isEmpty)
    simulation.run(until: .seconds(4))
    #expect(simulation.takeRecords().map(\.event) == [.note(3), .note(4)])
    #expect(silent.run(until: .seconds(4)) == 4)
    #expect(silent.takeRecords().isEmpty)
  }

  @Test("A receiver gets every record with its time; one that refuses loses none")
  func receiver() {
    struct Full: Error {}
    var simulation = Simulation(model: Clockwork())
    for second in 1...4 { simulation.inject(.note(second), at: .seconds(Int64(second))) }
    simulation.run(until: .seconds(1))
    var received: [Int64] = []
    #expect(throws: Full.self) {
      try simulation.run(until: .seconds(4)) { line, time throws(Full) in
        guard line.time < 3_000_000_000 else { throw Full() }
        #expect(line.time == time.nanoseconds)
        received.append(line.time)
      }
    }
    #expect(simulation.now == .seconds(3))
    simulation.run(until: .seconds(4)) { line, _ in received.append(line.time) }
    #expect(received == [1, 2, 3, 4].map { $0 * 1_000_000_000 })
    #expect(simulation.takeRecords().isEmpty)
  }

  @Test("A run may begin at any time")
  func start() {
    var simulation = Simulation(model: Clockwork(), start: .seconds(10))
    simulation.context.schedule(.note(1), after: .milliseconds(1_500))
    simulation.run(until: .seconds(20))
    #expect(simulation.model.handled.first?.time == 11_500_000_000)
  }

  @Test("Scheduling in the past traps")
  func past() async {
    await #expect(processExitsWith: .failure) {
      var simulation = Simulation(model: Clockwork(), start: .seconds(10))
      simulation.context.schedule(.beat, at: .seconds(9))
    }
  }
}
