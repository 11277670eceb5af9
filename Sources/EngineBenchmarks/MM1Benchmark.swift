import DequeModule
import Probability
import SimulationKernel
import TimeUnits

/// The M/M/1 queue: Poisson arrivals, exponential service, one server. A small whole model, two
/// events and two draws a customer.
public struct MM1Benchmark: Hashable, Sendable {
  public var customers: Int

  public init(customers: Int) { self.customers = customers }

  public struct Result: Hashable, Sendable {
    /// CPU time of this thread for one event, its random draw included.
    public var nanosecondsPerEvent: Double
    /// The mean wait of all customers, in mean service times.
    public var meanWait: Double
    /// What theory says of it: ρ/(1 − ρ).
    public var theory: Double
  }

  public func run() -> Result {
    var simulation = Simulation(model: MM1Model(customers: customers), isRecording: false)
    simulation.model.scheduleArrival(in: &simulation.context)
    let start = CPUTime.thisThread()
    let handled = simulation.run(until: .distantFuture)
    let spent = CPUTime.thisThread() - start
    return Result(
      nanosecondsPerEvent: Double(spent) / Double(max(handled, 1)),
      meanWait: Double(simulation.model.totalWait) / 1e9 / Double(customers),
      theory: MM1Model.load / (1 - MM1Model.load))
  }
}

struct MM1Model: Model {
  struct Event: BitwiseCopyable, Sendable {
    enum Kind: UInt32 { case arrival, departure }
    var kind: Kind
    var customer: UInt32
  }

  static let load = 0.8

  var customersToCome: Int
  let interarrival: Exponential
  let service: Exponential
  var arrivals = RandomStream(key: 1)
  var services = RandomStream(key: 2)
  var isBusy = false
  /// When those who wait arrived.
  var line: Deque<Int64> = []
  var totalWait: Int64 = 0

  init(customers: Int) {
    // Both means are positive constants.
    guard let interarrival = try? Exponential(mean: 1 / Self.load),
      let service = try? Exponential(mean: 1)
    else { fatalError() }
    self.customersToCome = customers
    self.interarrival = interarrival
    self.service = service
  }

  mutating func handle(_ event: Event, in context: inout Context<Event, Never>) {
    switch event.kind {
    case .arrival:
      if isBusy {
        line.append(context.now.nanoseconds)
      } else {
        isBusy = true
        scheduleDeparture(in: &context)
      }
      scheduleArrival(in: &context)
    case .departure:
      if let arrivedAt = line.popFirst() {
        totalWait += context.now.nanoseconds - arrivedAt
        scheduleDeparture(in: &context)
      } else {
        isBusy = false
      }
    }
  }

  mutating func scheduleArrival(in context: inout Context<Event, Never>) {
    guard customersToCome > 0 else { return }
    customersToCome -= 1
    context.schedule(
      Event(kind: .arrival, customer: UInt32(truncatingIfNeeded: customersToCome)),
      afterNanoseconds: interarrival.sampleNanoseconds(using: &arrivals))
  }

  mutating func scheduleDeparture(in context: inout Context<Event, Never>) {
    context.schedule(
      Event(kind: .departure, customer: 0),
      afterNanoseconds: service.sampleNanoseconds(using: &services))
  }
}
