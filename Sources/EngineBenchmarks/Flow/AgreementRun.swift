import NetworkModel
import PipelineModel
import ServiceModel
import SimulationKernel
import TimeUnits

/// What one run of a scenario came to, after its warm-up.
public struct AgreementFigures: Sendable, Hashable {
  /// Checks a second.
  public var throughput = 0.0
  /// Milliseconds from sending to the end of the check.
  public var meanLatency = 0.0
  public var p99Latency = 0.0
  /// Messages that nobody had read, looked at twenty times a second: polls come in step for a
  /// while, and rarer looks would hit the same phase of them.
  public var meanLag = 0.0
  /// Whether every message was accounted for at every look.
  public var isBalanced = true
}

/// A pipeline of either fidelity.
protocol PipelineUnderLoad {
  mutating func send(perSecond: Double, at: SimulationTime) -> Double
  mutating func addPod(
    zone: ZoneID, cores: Double, limit: Double?, detectorThreads: Int?, at: SimulationTime
  ) -> PipelinePod
  mutating func removePod(_ pod: PipelinePod, at: SimulationTime)
  mutating func advance(to: SimulationTime)
  mutating func measure(at: SimulationTime) -> PipelineTotals
  var endToEnd: LatencyHistogram { get }
}

extension PipelineMachine: PipelineUnderLoad {}
extension FlowMachine: PipelineUnderLoad {}

extension AgreementScenario {
  /// The event machine's run; streams of the replication.
  public func playEvent(replication: UInt64) -> AgreementFigures {
    let zone = ZoneID(0)
    var machine = PipelineMachine(
      settings, network: network, nodeZones: settings.nodeCores.map { _ in zone },
      brokerZones: [zone], streams: RandomStreams(seed: seed).replication(replication))
    return play(&machine)
  }

  /// The flow's run, with its changes and the short runs that it needed.
  public func playFlow() -> (figures: AgreementFigures, changes: Int, cellRuns: Int) {
    let zone = ZoneID(0)
    var machine = FlowMachine(
      settings, network: network, nodeZones: settings.nodeCores.map { _ in zone },
      brokerZones: [zone], streams: RandomStreams(seed: seed))
    let figures = play(&machine)
    return (figures, machine.changes, machine.cellRuns)
  }

  private enum Step {
    case send(Double)
    case lose
    case look
  }

  private func play<Machine: PipelineUnderLoad>(_ machine: inout Machine) -> AgreementFigures {
    let places = (0..<pods).map { _ in
      machine.addPod(
        zone: ZoneID(0), cores: cores, limit: nil, detectorThreads: nil, at: .zero)
    }
    var steps: [(at: Double, step: Step)] = load.map { ($0.at, .send($0.perSecond)) }
    if let loss { steps.append((loss, .lose)) }
    let looks = Int((Self.horizon - Self.warmUp) * 20)
    for look in 0...looks { steps.append((Self.warmUp + Double(look) / 20, .look)) }
    // Of one instant in this order: an order that does not depend on the sort.
    let order = steps.indices.sorted { (steps[$0].at, $0) < (steps[$1].at, $1) }
    var figures = AgreementFigures()
    var start: (checked: Int64, endToEnd: LatencyHistogram)?
    for index in order {
      let time = SimulationTime.zero + .rounded(seconds: steps[index].at)
      switch steps[index].step {
      case .send(let rate): _ = machine.send(perSecond: rate, at: time)
      case .lose: machine.removePod(places[0], at: time)
      case .look:
        let totals = machine.measure(at: time)
        if !totals.isBalanced { figures.isBalanced = false }
        guard let begin = start else {
          start = (totals.checked, machine.endToEnd)
          continue
        }
        figures.meanLag += Double(totals.lag) / Double(looks)
        figures.throughput =
          Double(totals.checked - begin.checked) / (Self.horizon - Self.warmUp)
      }
    }
    let latencies = machine.endToEnd.minus(start!.endToEnd)
    figures.meanLatency = latencies.mean / 1e6
    figures.p99Latency = Double(latencies.quantile(0.99) ?? 0) / 1e6
    return figures
  }
}
