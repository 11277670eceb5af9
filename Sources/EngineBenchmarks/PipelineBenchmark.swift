public import Documents
import Glibc
import NetworkModel
import PipelineModel
import SimulationKernel
import TimeUnits

/// The anomaly pipeline at its limit, message by message: ten consumer pods of forty threads, three
/// Cassandra nodes of eight cores, a million keys. A check's arithmetic is left out, as it is in
/// the machine for keys without an outlier.
public struct PipelineBenchmark: Hashable, Sendable {
  public var pods: Int
  public var messages: Int64

  public init(pods: Int = 10, messages: Int64 = 10_000_000) {
    self.pods = pods
    self.messages = messages
  }

  public struct Result: Hashable, Sendable {
    /// Messages checked while the clock ran.
    public var messages: Int64
    /// Events played for them.
    public var events: Int64
    /// CPU time of this thread.
    public var cpuSeconds: Double
    /// The least CPU time for a message over a hundredth of the run: what other programs on the
    /// machine disturb least.
    public var leastNanoseconds: Double
    /// Different keys, and what is kept of their last 50 values.
    public var keys: Int
    public var keyBytes: Int
    /// The most memory that this process has held.
    public var peakBytes: Int

    public var nanosecondsPerMessage: Double { cpuSeconds * 1e9 / Double(messages) }
    public var messagesPerSecond: Double { Double(messages) / cpuSeconds }
    public var eventsPerMessage: Double { Double(events) / Double(messages) }
    public var bytesPerKey: Double { Double(keyBytes) / Double(keys) }

    public func write(to json: inout JSONWriter) {
      json.object { json in
        json.field("messages", Int(messages))
        json.field("events", Int(events))
        json.field("cpu_s", cpuSeconds)
        json.field("messages_per_cpu_s", messagesPerSecond)
        json.field("ns_per_message", nanosecondsPerMessage)
        json.field("least_ns_per_message", leastNanoseconds)
        json.field("events_per_message", eventsPerMessage)
        json.field("keys", keys)
        json.field("values_per_key", 50)
        json.field("bytes_per_key", bytesPerKey)
        json.field("key_bytes", keyBytes)
        json.field("peak_bytes", peakBytes)
      }
    }
  }

  public func run() -> Result {
    var machine = makeMachine()
    let perSecond = saturate(&machine)
    let (before, events) = (machine.totals.checked, machine.eventCount)
    let step = Duration.rounded(seconds: Double(messages) / perSecond / 100)
    var spent: Int64 = 0
    var least = Double.infinity
    while machine.totals.checked - before < messages {
      let done = machine.totals.checked
      let start = CPUTime.thisThread()
      machine.advance(to: machine.now + step)
      let span = CPUTime.thisThread() - start
      spent += span
      least = min(least, Double(span) / Double(machine.totals.checked - done))
    }
    return Result(
      messages: machine.totals.checked - before, events: machine.eventCount - events,
      cpuSeconds: Double(spent) / 1e9, leastNanoseconds: least, keys: machine.settings.keys.count,
      keyBytes: machine.rowBytes, peakBytes: Self.peakMemory)
  }

  private func makeMachine() -> PipelineMachine {
    var settings = PipelineSettings(partitions: pods * 4, nodes: 3, coresPerNode: 8)
    settings.initialRows = 50
    let figures = RoundTripFigures(minimum: 0.2, mean: 0.3, maximum: 1, deviation: 0.1)
    let geography = Geography([.init(region: "us-east-1", name: "us-east-1a")])
    let regions = RegionLatencies()
    guard
      let network = try? Network(
        geography, regions: regions, sameZone: figures, otherZone: figures)
    else { preconditionFailure("within one region no latency is missing") }
    return PipelineMachine(
      settings, network: network, nodeZones: settings.nodeCores.map { _ in ZoneID(0) },
      brokerZones: [ZoneID(0)], streams: RandomStreams(seed: 1))
  }

  /// Starts the pods and more messages than they can check; returns how many they check a second.
  private func saturate(_ machine: inout PipelineMachine) -> Double {
    for _ in 0..<pods { _ = machine.addPod(zone: ZoneID(0), cores: 2, at: .zero) }
    machine.send(perSecond: Double(pods) * 2_800, at: .zero)
    // The group of consumers needs 6 s, each consumer pauses for 2 s, and the caches fill.
    machine.advance(to: .seconds(12))
    let before = machine.totals.checked
    machine.advance(to: .seconds(14))
    return Double(machine.totals.checked - before) / 2
  }

  private static var peakMemory: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1_024
  }
}
