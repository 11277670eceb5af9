import AWSObjects
import ClusterState
import EC2AutoScaling
import Scenarios
public import SimulationKernel
public import TimeUnits
public import Traces

/// One run of a scenario, observed: advance it, copy it, ask what it came to.
public struct ClusterRun: Sendable {
  public private(set) var simulation: Simulation<ClusterModel>
  public private(set) var observer: RunObserver
  private let setup: ClusterSetup

  /// - Throws: what makes the setup impossible.
  public init(_ setup: ClusterSetup, parameters: ClusterParameters? = nil) throws(AssemblyError) {
    self.setup = setup
    simulation = try ClusterModel.assemble(setup, parameters: parameters)
    observer = RunObserver(expectations: setup.scenario.expectations)
  }

  public var horizon: SimulationTime { SimulationTime.zero + setup.scenario.horizon }
  public var now: SimulationTime { simulation.now }

  /// Advances to `time`; `line` receives each record's canonical bytes. If it throws, the run stops.
  public mutating func run<Failure: Error>(
    until time: SimulationTime, line: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var watching = observer
    defer { observer = watching }
    try simulation.run(until: time) { (record, at) throws(Failure) in
      try line(watching.absorb(record, at: at))
    }
  }

  /// Advances to `time`; `observe` sees each record.
  public mutating func run(
    until time: SimulationTime, observe: (TraceRecord, SimulationTime) -> Void
  ) {
    var watching = observer
    defer { observer = watching }
    simulation.run(until: time) { record, at in
      watching.absorb(record, at: at)
      observe(record, at)
    }
  }

  /// Advances to `time` and keeps no trace.
  public mutating func run(until time: SimulationTime) { run(until: time) { _, _ in } }

  /// What the run came to by now.
  public func summary(version: String, warnings: [String] = []) -> RunSummary {
    var observer = observer
    let scenario = setup.scenario
    var summary = RunSummary(
      scenario: scenario.name, seed: scenario.seed, version: version, era: scenario.era.rawValue,
      digest: observer.digest.text, start: scenario.date, simulated: now - .zero,
      events: simulation.eventsHandled, story: observer.finishStory())
    summary.expectations = observer.verdicts(end: now)
    summary.warnings = warnings
    addBill(&summary)
    summary.metrics = observer.metrics.store.all.map { ($0.0, $0.1.last) }
    summary.metrics += derivedMetrics(summary)
    summary.advice = observer.advice(hasFailures: !summary.passed)
    return summary
  }

  private func derivedMetrics(_ summary: RunSummary) -> [(name: MetricName, value: Double)] {
    let waiting = observer.metrics.store[MetricName("seatrial_pods_unschedulable")]
    return [
      (MetricName("seatrial_cost_usd"), summary.costUSD),
      (
        MetricName("seatrial_unschedulable_pod_seconds"),
        waiting?.integral(until: now) ?? 0
      ),
    ]
  }

  private func addBill(_ summary: inout RunSummary) {
    let scenario = setup.scenario
    var bill = Bill()
    bill.add(
      simulation.model.world.cloud.instances, in: scenario.cloud.region, prices: setup.aws.prices,
      epoch: scenario.date, at: now)
    bill.addControlPlane(setup.aws.eks, from: .zero, epoch: scenario.date, at: now)
    summary.costLines = bill.lines.map { line in
      let hours = (Double(line.seconds) / 3600 * 100).rounded() / 100
      return RunSummary.CostLine(
        item: line.count == 1 ? line.item : "\(line.count) x \(line.item)",
        detail: "\(hours) h at $\(line.price.usdPerHour)/h "
          + "(\(line.price.provenance.mark.rawValue): \(line.price.provenance.source))",
        usd: line.usd)
    }
    summary.warnings += bill.missing.map(\.description)
  }
}
