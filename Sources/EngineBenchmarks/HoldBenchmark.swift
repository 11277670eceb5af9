import Probability
import SimulationKernel
import TimeUnits

/// The HOLD model (J. Vaucher, P. Duval, 1975): a fixed number of events is pending, and each one
/// handled schedules one more. It measures the event queue and little else.
public struct HoldBenchmark: Hashable, Sendable {
  /// The number of pending events.
  public var pending: Int
  /// The expected number of measured events.
  public var events: Int

  public init(pending: Int, events: Int) {
    self.pending = pending
    self.events = events
  }

  public struct Result: Hashable, Sendable {
    public var pending: Int
    /// CPU time of this thread for one event: taken, handled, and the next one scheduled.
    public var nanosecondsPerEvent: Double
    /// A hash of the order in which all events were handled; every correct queue has the same.
    public var checksum: UInt64
  }

  /// Warms up for two turnovers of the queue or 100 000 events, whichever is more, then measures.
  public func run() -> Result {
    var simulation = Simulation(model: HoldModel(), isRecording: false)
    for entity in 0..<pending {
      simulation.model.schedule(entity: UInt64(entity), in: &simulation.context)
    }
    let warmUp = deadline(events: max(pending * 2, 100_000))
    simulation.run(until: warmUp)
    let start = CPUTime.thisThread()
    let handled = simulation.run(until: warmUp + deadline(events: events).duration(from: .zero))
    let spent = CPUTime.thisThread() - start
    return Result(
      pending: pending, nanosecondsPerEvent: Double(spent) / Double(max(handled, 1)),
      checksum: simulation.model.checksum)
  }

  /// When about so many events have happened.
  private func deadline(events: Int) -> SimulationTime {
    SimulationTime(nanoseconds: Int64(events) * HoldModel.meanGap / Int64(pending))
  }
}

extension SimulationTime {
  fileprivate func duration(from start: SimulationTime) -> Duration { self - start }
}

struct HoldModel: Model {
  struct Event: BitwiseCopyable, Sendable {
    var entity: UInt64
  }

  static let meanGap: Int64 = 1_000_000

  /// Exponential gaps, drawn beforehand: so the queue is measured and not the logarithm.
  let gaps: [Int64]
  var position = 0
  var checksum: UInt64 = 0

  init() {
    var random = RandomStream(key: 1)
    // The mean is a positive constant.
    guard let law = try? Exponential(mean: Double(Self.meanGap) / 1e9) else { fatalError() }
    gaps = (0..<16_384).map { _ in law.sampleNanoseconds(using: &random) }
  }

  mutating func handle(_ event: Event, in context: inout Context<Event, Never>) {
    checksum = checksum &* 0x0000_0100_0000_01B3 ^ event.entity
    schedule(entity: event.entity, in: &context)
  }

  mutating func schedule(entity: UInt64, in context: inout Context<Event, Never>) {
    context.schedule(Event(entity: entity), afterNanoseconds: gaps[position])
    position = (position + 1) & 16_383
  }
}
