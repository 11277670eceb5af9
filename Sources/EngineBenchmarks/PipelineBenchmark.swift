public import Documents
import NetworkModel
import PipelineModel
import SimulationKernel
import TimeUnits

/// The anomaly pipeline message by message: ten consumer pods of forty threads, three Cassandra
/// nodes of eight cores, a million keys; with more messages than it can check, and then with seven
/// tenths of what it can. A check's arithmetic is left out, as it is in the machine for keys
/// without an outlier, and timed beside it.
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
    /// Messages that waited in Kafka at the end: above 0, or the pods were not at their limit.
    public var lag: Int64
    /// CPU time for a message where none waits: a poll brings one, or none.
    public var openNanoseconds: Double
    /// CPU time of the published detector for a window, in ours and in the C loop.
    public var window: DetectorBenchmark.Side

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
        json.field("lag", Int(lag))
        json.field("open_ns_per_message", openNanoseconds)
        json.field("detector_ns_per_window", window.nanoseconds)
        json.field("detector_c_ns_per_window", window.nanosecondsOfC)
      }
    }
  }

  public func run() -> Result {
    var machine = makeMachine()
    let perSecond = saturate(&machine)
    var full = machine
    let events = full.eventCount
    let limit = measure(&full, messages, perSecond)
    let lag = full.measure(at: full.now).lag
    var open = machine
    drain(&open, to: 0.7 * perSecond)
    let below = measure(&open, messages / 4, 0.7 * perSecond)
    return Result(
      messages: limit.messages, events: full.eventCount - events,
      cpuSeconds: Double(limit.spent) / 1e9, leastNanoseconds: limit.least,
      keys: full.settings.keys.count, keyBytes: full.rowBytes, peakBytes: PeakMemory.bytes,
      lag: lag, openNanoseconds: Double(below.spent) / Double(below.messages),
      window: DetectorBenchmark(observations: Int(messages)).run().window)
  }

  /// Plays until so many more messages are checked, in a hundred steps; returns how many were, the
  /// CPU time in nanoseconds, and that for a message in the step where it was least.
  private func measure(
    _ machine: inout PipelineMachine, _ wanted: Int64, _ perSecond: Double
  ) -> (messages: Int64, spent: Int64, least: Double) {
    let before = machine.totals.checked
    let step = Duration.rounded(seconds: Double(wanted) / perSecond / 100)
    var spent: Int64 = 0
    var least = Double.infinity
    while machine.totals.checked - before < wanted {
      let done = machine.totals.checked
      let start = CPUTime.thisThread()
      machine.advance(to: machine.now + step)
      let span = CPUTime.thisThread() - start
      spent += span
      least = min(least, Double(span) / Double(max(1, machine.totals.checked - done)))
    }
    return (machine.totals.checked - before, spent, least)
  }

  /// Lets the pods check what waits, and then no more than so many come a second.
  private func drain(_ machine: inout PipelineMachine, to perSecond: Double) {
    machine.send(perSecond: perSecond / 100, at: machine.now)
    while machine.measure(at: machine.now).lag > 100 {
      machine.advance(to: machine.now + .seconds(1))
    }
    machine.send(perSecond: perSecond, at: machine.now)
    machine.advance(to: machine.now + .seconds(1))
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
    machine.send(perSecond: Double(pods) * 4_000, at: .zero)
    // The group of consumers needs 6 s, each consumer pauses for 2 s, and the caches fill.
    machine.advance(to: .seconds(12))
    let before = machine.totals.checked
    machine.advance(to: .seconds(14))
    return Double(machine.totals.checked - before) / 2
  }
}
