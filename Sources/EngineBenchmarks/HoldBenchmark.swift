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
  /// How far ahead events are scheduled.
  public var gaps: Gaps

  public init(pending: Int, events: Int, gaps: Gaps = .exponential) {
    self.pending = pending
    self.events = events
    self.gaps = gaps
  }

  /// Shapes that are known to be hard for one queue or another.
  public enum Gaps: String, Hashable, Sendable, CaseIterable {
    /// A million nanoseconds in the mean.
    case exponential
    /// Nine of ten are short, one is a thousand times longer.
    case bimodal
    /// Equally many in each of eight decades: milliseconds beside days.
    case logUniform
    /// All the same: whatever was scheduled at one instant happens at one instant.
    case equal
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
    var simulation = Simulation(model: HoldModel(gaps: gaps), isRecording: false)
    for entity in 0..<pending {
      simulation.model.schedule(entity: UInt64(entity), in: &simulation.context)
    }
    let meanGap = simulation.model.meanGap
    let warmUp = Int64(max(pending * 2, 100_000)) * meanGap / Int64(pending)
    simulation.run(until: SimulationTime(nanoseconds: warmUp))
    let measured = Int64(events) * meanGap / Int64(pending)
    let start = CPUTime.thisThread()
    let handled = simulation.run(until: SimulationTime(nanoseconds: warmUp + measured))
    let spent = CPUTime.thisThread() - start
    return Result(
      pending: pending, nanosecondsPerEvent: Double(spent) / Double(max(handled, 1)),
      checksum: simulation.model.checksum)
  }
}

struct HoldModel: Model {
  struct Event: BitwiseCopyable, Sendable {
    var entity: UInt64
  }

  /// Drawn beforehand, so that the queue is measured and not the logarithm.
  let gaps: [Int64]
  let meanGap: Int64
  var position = 0
  var checksum: UInt64 = 0

  init(gaps shape: HoldBenchmark.Gaps) {
    var random = RandomStream(key: 1)
    gaps = (0..<16_384).map { _ in
      let uniform = random.openUniform()
      switch shape {
      case .exponential: return Self.exponential.quantileNanoseconds(uniform)
      case .bimodal:
        let isLong = random.openUniform() < 0.1
        return Self.exponential.quantileNanoseconds(uniform) * (isLong ? 1_000 : 1)
      case .logUniform:
        // Ten to the power of 3...11, without a power function.
        let decade = Int(uniform * 8)
        let scale = (0..<decade).reduce(1_000.0) { scale, _ in scale * 10 }
        return Int64(scale * (1 + 9 * random.openUniform()))
      case .equal: return 1_000_000
      }
    }
    meanGap = shape == .exponential ? 1_000_000 : gaps.reduce(0, +) / 16_384
  }

  private static let exponential: Exponential = {
    // The mean is a positive constant.
    guard let law = try? Exponential(mean: 1e-3) else { fatalError() }
    return law
  }()

  mutating func handle(_ event: Event, in context: inout Context<Event, Never>) {
    checksum = checksum &* 0x0000_0100_0000_01B3 ^ event.entity
    schedule(entity: event.entity, in: &context)
  }

  mutating func schedule(entity: UInt64, in context: inout Context<Event, Never>) {
    context.schedule(Event(entity: entity), afterNanoseconds: gaps[position])
    position = (position + 1) & 16_383
  }
}

extension Exponential {
  fileprivate func quantileNanoseconds(_ probability: Double) -> Int64 {
    Int64((quantile(probability) * 1e9).rounded())
  }
}
