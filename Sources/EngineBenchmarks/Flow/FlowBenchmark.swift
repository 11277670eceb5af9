public import Documents
import KafkaModel
import NetworkModel
import PipelineModel
import ServiceModel
import SimulationKernel
import TimeUnits

/// A day of the published system as a flow: 220 000 checks a second on 48 Cassandra nodes, 9
/// brokers and 100 pods; ten times the rate; and ten times as much of everything.
public struct FlowBenchmark: Hashable, Sendable {
  /// The system that is played.
  public enum Size: String, Hashable, Sendable, CaseIterable {
    /// As published.
    case published
    /// Ten times the rate, on cores that are ten times as fast.
    case tenfoldRate
    /// Ten times the rate, on ten times as many cores and threads a pod and a node.
    case tenfoldSize
  }

  public var size: Size
  public var hours: Int

  public init(size: Size = .published, hours: Int = 24) {
    self.size = size
    self.hours = hours
  }

  public struct Result: Hashable, Sendable {
    public var size: Size
    public var perSecond: Double
    public var hours: Int
    public var checked: Int64
    public var isBalanced: Bool
    public var cpuSeconds: Double
    public var wallSeconds: Double
    /// Changes of rates, and short runs of the event machine.
    public var changes: Int
    public var cellRuns: Int
    public var busiestHour: Int
    /// Milliseconds from sending to the end of the check.
    public var meanLatency: Double
    public var p99Latency: Double
    /// The most memory that this process has held.
    public var peakBytes: Int

    public func write(to json: inout JSONWriter) {
      json.object { json in
        json.field("size", size.rawValue)
        json.field("per_second", perSecond)
        json.field("hours", hours)
        json.field("checked", Int(checked))
        json.field("balanced", isBalanced)
        json.field("cpu_s", cpuSeconds)
        json.field("wall_s", wallSeconds)
        json.field("changes", changes)
        json.field("cell_runs", cellRuns)
        json.field("changes_in_busiest_hour", busiestHour)
        json.field("mean_latency_ms", meanLatency)
        json.field("p99_latency_ms", p99Latency)
        json.field("peak_bytes", peakBytes)
      }
    }
  }

  /// Checks a second: the published rate (AnomaliaMachina part 10), or ten times it.
  public var perSecond: Double { size == .published ? 220_000 : 2_200_000 }

  /// The pods and nodes: 100 pods of 40 threads and two cores on 48 nodes of eight cores (the
  /// tuned system as far as it is published), demands as the defaults of `PipelineSettings`.
  private func makeMachine() -> FlowMachine {
    let scale = size == .tenfoldSize ? 10 : 1
    var settings = PipelineSettings(partitions: 400, nodes: 48, coresPerNode: 8 * scale)
    settings.pod.detectorThreads = 40 * scale
    settings.initialRows = 50
    settings.topicReplication = 3
    if size == .tenfoldRate {
      settings.pod.checkCPU /= 10
      settings.pod.handOverTime = .rounded(seconds: settings.pod.handOverTime.secondsValue / 10)
      settings.costs.read /= 10
      settings.costs.write /= 10
    }
    let broker = size == .published ? 4.0 : 40
    settings.brokerHardware.cores *= broker
    settings.brokerHardware.network *= broker
    settings.brokerHardware.disk *= broker
    let same = RoundTripFigures(minimum: 0.05, mean: 0.2, maximum: 1, deviation: 0.1)
    let other = RoundTripFigures(minimum: 0.5, mean: 0.8, maximum: 3, deviation: 0.2)
    let geography = Geography(
      ["a", "b", "c"].map { .init(region: "us-east-1", name: "us-east-1\($0)") })
    guard
      let network = try? Network(
        geography, regions: RegionLatencies(), sameZone: same, otherZone: other)
    else { preconditionFailure("within one region no latency is missing") }
    return FlowMachine(
      settings, network: network, nodeZones: (0..<48).map { ZoneID($0 % 3) },
      brokerZones: (0..<9).map { ZoneID($0 % 3) }, streams: RandomStreams(seed: 1))
  }

  public func run() -> Result {
    let (cpu, start) = (CPUTime.thisThread(), ContinuousClock.now)
    var machine = makeMachine()
    let cores = size == .tenfoldSize ? 20.0 : 2
    for pod in 0..<100 {
      _ = machine.addPod(zone: ZoneID(pod % 3), cores: cores, at: .zero)
    }
    machine.send(perSecond: perSecond, at: .zero)
    var isBalanced = true
    // Looks every 15 s, as a scrape has them.
    for look in 1...(hours * 240) {
      let totals = machine.measure(at: .zero + .seconds(Int64(look) * 15))
      if !totals.isBalanced { isBalanced = false }
    }
    let latencies = machine.endToEnd
    return Result(
      size: size, perSecond: perSecond, hours: hours, checked: machine.totals.checked,
      isBalanced: isBalanced,
      cpuSeconds: Double(CPUTime.thisThread() - cpu) / 1e9,
      wallSeconds: (ContinuousClock.now - start) / .seconds(1),
      changes: machine.changes, cellRuns: machine.cellRuns, busiestHour: machine.busiestHour,
      meanLatency: latencies.mean / 1e6, p99Latency: Double(latencies.quantile(0.99) ?? 0) / 1e6,
      peakBytes: PeakMemory.bytes)
  }
}
