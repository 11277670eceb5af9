import DequeModule
import Probability
import SimulationKernel
import TimeUnits

/// A queueing station: one line, first come first served, `servers` equal servers.
struct Station: Model {
  enum Event {
    case arrival
    case departure(arrivedAt: Int64)
  }

  /// How long a customer waited and stayed, in nanoseconds, in the order of departures or starts.
  enum Record: Equatable {
    case waited(Int64)
    case stayed(Int64)
  }

  let servers: Int
  let customers: Int
  let interarrival: AnyDistribution
  let service: AnyDistribution
  var arrivals: RandomStream
  var services: RandomStream
  var arrived = 0
  var busy = 0
  var line: Deque<(arrivedAt: Int64, service: Int64)> = []

  /// The number present, integrated over time in customer-nanoseconds: an exact integer.
  var presence: Int64 = 0
  var lastChange: Int64 = 0

  static func simulation(
    servers: Int = 1, customers: Int, interarrival: AnyDistribution, service: AnyDistribution,
    streams: RandomStreams
  ) -> Simulation<Station> {
    let model = Station(
      servers: servers, customers: customers, interarrival: interarrival, service: service,
      arrivals: streams.stream("arrivals"), services: streams.stream("services"))
    var simulation = Simulation(model: model)
    simulation.model.scheduleArrival(in: &simulation.context)
    return simulation
  }

  mutating func handle(_ event: Event, in context: inout Context<Event, Record>) {
    let now = context.now.nanoseconds
    presence += Int64(busy + line.count) * (now - lastChange)
    lastChange = now
    switch event {
    case .arrival:
      line.append((now, service.sampleNanoseconds(using: &services)))
      scheduleArrival(in: &context)
    case .departure(let arrivedAt):
      busy -= 1
      context.record(.stayed(now - arrivedAt))
    }
    if busy < servers, let next = line.popFirst() {
      busy += 1
      context.record(.waited(now - next.arrivedAt))
      context.schedule(.departure(arrivedAt: next.arrivedAt), afterNanoseconds: next.service)
    }
  }

  mutating func scheduleArrival(in context: inout Context<Event, Record>) {
    guard arrived < customers else { return }
    arrived += 1
    context.schedule(
      .arrival, afterNanoseconds: interarrival.sampleNanoseconds(using: &arrivals))
  }
}
