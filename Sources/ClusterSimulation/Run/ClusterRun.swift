import AWSObjects
import ClusterState
import EC2AutoScaling
import KubernetesObjects
import Scenarios
public import SimulationKernel
public import TimeUnits
public import Traces

/// One run of a scenario, observed: advance it, copy it, ask what it came to.
public struct ClusterRun: Sendable {
  public private(set) var simulation: Simulation<ClusterModel>
  public private(set) var observer: RunObserver
  let setup: ClusterSetup

  /// - Throws: what makes the setup impossible.
  public init(_ setup: ClusterSetup, parameters: ClusterParameters? = nil) throws(AssemblyError) {
    self.setup = setup
    simulation = try ClusterModel.assemble(setup, parameters: parameters)
    observer = RunObserver(
      expectations: setup.scenario.expectations, hasArrivals: !setup.arrivals.isEmpty)
  }

  public var horizon: SimulationTime { SimulationTime.zero + setup.scenario.horizon }
  public var now: SimulationTime { simulation.now }

  /// Advances to `time`; `line` receives each record's canonical bytes. If it throws, the run stops
  /// soon after.
  public mutating func run<Failure: Error>(
    until time: SimulationTime, line: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var failure: Failure?
    // In slices, so that a full disk ends the run before its end. The engine itself is called
    // without a generic parameter: only so is it specialized for this model.
    let slice = max(1, (time.nanoseconds - now.nanoseconds) / 64)
    while now < time {
      let next = min(time, now.advanced(byNanoseconds: slice))
      advance(until: next) { bytes, _, _ in
        guard failure == nil else { return }
        do throws(Failure) { try line(bytes) } catch { failure = error }
      }
      if let failure { throw failure }
    }
  }

  /// Advances to `time`; `observe` sees each record.
  public mutating func run(
    until time: SimulationTime, observe: (TraceRecord, SimulationTime) -> Void
  ) {
    advance(until: time) { _, record, at in observe(record, at) }
  }

  private mutating func advance(
    until time: SimulationTime, _ receive: ([UInt8], TraceRecord, SimulationTime) -> Void
  ) {
    var watching = observer
    defer { observer = watching }
    simulation.run(until: time) { (record, at) in
      receive(watching.absorb(record, at: at), record, at)
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
    summary.workloads = simulation.model.workloadStates()
    summary.nodes = simulation.model.nodeStates()
    summary.allocation = simulation.model.allocation()
    summary.expectations = observer.verdicts(end: now)
    summary.warnings = warnings + refusals
    summary.pipeline = pipelineLines
    addBill(&summary)
    summary.metrics = observer.metrics.store.all.map { ($0.0, $0.1.last) }
    summary.metrics += derivedMetrics(summary)
    summary.advice = observer.advice(hasFailures: !summary.passed)
    return summary
  }

  /// The share of all nodes' time in which they were not Ready.
  private var notReadyShare: Double {
    let nodes = observer.metrics.store.matching(
      "kube_node_status_condition", ["condition": "Ready"])
    let total = nodes.reduce(0) { $0 + $1.1.integral(until: now) }
    let ready = nodes.first { $0.0.labels["status"] == "true" }?.1.integral(until: now) ?? 0
    return total > 0 ? 1 - ready / total : 0
  }

  /// What people who watched the dashboard saw, over time; empty if there was none.
  private var dashboardMetrics: [(name: MetricName, value: Double)] {
    let name = MetricName("seatrial_dashboard_response_seconds")
    guard let series = observer.metrics.store[name] else { return [] }
    return [
      (
        MetricName("seatrial_dashboard_response_seconds_p95"),
        series.quantile(0.95, until: now)
      ),
      (
        MetricName("seatrial_dashboard_frozen_ratio"),
        series.share(until: now) { $0 >= 30 }
      ),
    ]
  }

  private func derivedMetrics(_ summary: RunSummary) -> [(name: MetricName, value: Double)] {
    let waiting = observer.metrics.store[MetricName("seatrial_pods_unschedulable")]
    return dashboardMetrics + pipelineMetrics + [
      (MetricName("seatrial_node_not_ready_ratio"), notReadyShare),
      (MetricName("seatrial_cost_usd"), summary.costUSD),
      (
        MetricName("seatrial_unschedulable_pod_seconds"),
        waiting?.integral(until: now) ?? 0
      ),
    ]
  }

  /// What of the scenario's own objects the API server refused; of many the first.
  private var refusals: [String] {
    let all = simulation.model.refusals
    let rest = all.count - 5
    return all.prefix(5) + (rest > 0 ? ["\(rest) more objects were refused"] : [])
  }
}
