import Probability
import ServiceModel
import SimulationKernel
import TimeUnits

/// A container under open arrivals: the requests in it, driven by the kernel.
struct SharingStation: Model {
  enum Event {
    case arrival
    case due
  }

  /// Who finished, how long it was here in nanoseconds, and how much it had asked for in seconds.
  struct Record {
    let number: Int
    let stayed: Int64
    let work: Double
  }

  let customers: Int
  let interarrival: AnyDistribution
  let service: AnyDistribution
  var arrivals: RandomStream
  var services: RandomStream
  var queue: ServiceQueue
  var work: [Double] = []
  var due: EventID?

  static func simulation(
    _ queue: ServiceQueue, customers: Int, interarrival: AnyDistribution,
    service: AnyDistribution, streams: RandomStreams
  ) -> Simulation<SharingStation> {
    let model = SharingStation(
      customers: customers, interarrival: interarrival, service: service,
      arrivals: streams.stream("arrivals"), services: streams.stream("services"), queue: queue)
    var simulation = Simulation(model: model)
    simulation.model.scheduleArrival(in: &simulation.context)
    return simulation
  }

  mutating func handle(_ event: Event, in context: inout Context<Event, Record>) {
    queue.advance(to: context.now)
    switch event {
    case .arrival:
      let seconds = service.sample(using: &services)
      queue.arrive(UInt32(work.count), cpuSeconds: seconds, at: context.now)
      work.append(seconds)
      scheduleArrival(in: &context)
    case .due: due = nil
    }
    while let (id, arrived) = queue.takeFinished() {
      let stayed = context.now.nanoseconds - arrived.nanoseconds
      context.record(Record(number: Int(id), stayed: stayed, work: work[Int(id)]))
    }
    if let due { context.cancel(due) }
    due = queue.nextTime.map { context.schedule(.due, at: $0) }
  }

  mutating func scheduleArrival(in context: inout Context<Event, Record>) {
    guard work.count < customers else { return }
    context.schedule(
      .arrival, afterNanoseconds: interarrival.sampleNanoseconds(using: &arrivals))
  }
}
