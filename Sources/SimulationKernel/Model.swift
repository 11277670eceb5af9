/// A system whose state changes only by handling events.
///
/// ```swift
/// struct Lamp: Model {
///   enum Event { case toggle }
///   var isOn = false
///
///   mutating func handle(_ event: Event, in context: inout Context<Event, Bool>) {
///     isOn.toggle()
///     context.record(isOn)
///     context.schedule(.toggle, after: .seconds(1))
///   }
/// }
/// var simulation = Simulation(model: Lamp())
/// simulation.context.schedule(.toggle, at: .zero)
/// simulation.run(until: .seconds(10))
/// ```
///
/// A model is a value and holds all its state, its random streams included; it reads no clock but
/// `context.now`. Then a copy of its `Simulation` continues identically.
public protocol Model: Sendable {
  /// What can happen: a small enum of plain data, never closures or references.
  associatedtype Event: BitwiseCopyable & Sendable
  /// What is observed: one value for each change worth telling.
  associatedtype Record: Sendable

  /// Changes the state by one event; further events are scheduled through `context`.
  mutating func handle(_ event: Event, in context: inout Context<Event, Record>)
}
