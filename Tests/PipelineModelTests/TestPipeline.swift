import KafkaModel
import NetworkModel
import PipelineModel
import ServiceModel
import SimulationKernel
import Statistics
import TimeUnits

/// A pipeline with its places, ready to be played with.
struct TestPipeline {
  var machine: PipelineMachine
  var pods: [PipelinePod] = []

  /// Two regions; zone 0 and 1 in the first, 2 in the second. A round trip inside a region takes
  /// `roundTrip` milliseconds, one between them `away`.
  init(
    _ settings: PipelineSettings, roundTrip: Double = 0.3, away: Double = 11, seed: UInt64 = 1,
    nodeZones: [Int]? = nil, brokerZones: [Int] = [0]
  ) throws {
    let geography = Geography([
      .init(region: "us-east-1", name: "us-east-1a"),
      .init(region: "us-east-1", name: "us-east-1b"),
      .init(region: "us-east-2", name: "us-east-2a"),
    ])
    var regions = RegionLatencies()
    try regions.set(Self.constant(away), from: "us-east-1", to: "us-east-2")
    try regions.set(Self.constant(away), from: "us-east-2", to: "us-east-1")
    let network = try Network(
      geography, regions: regions, sameZone: Self.constant(roundTrip),
      otherZone: Self.constant(roundTrip))
    machine = PipelineMachine(
      settings, network: network,
      nodeZones: (nodeZones ?? settings.nodeCores.map { _ in 0 }).map { ZoneID($0) },
      brokerZones: brokerZones.map { ZoneID($0) }, streams: RandomStreams(seed: seed))
  }

  static func constant(_ milliseconds: Double) -> RoundTripFigures {
    RoundTripFigures(
      minimum: milliseconds, mean: milliseconds, maximum: milliseconds, deviation: 0)
  }

  /// So many pods in the first zone, now.
  mutating func addPods(_ count: Int, cores: Double, threads: Int? = nil, zone: Int = 0) {
    for _ in 0..<count {
      pods.append(
        machine.addPod(
          zone: ZoneID(zone), cores: cores, detectorThreads: threads, at: machine.now))
    }
  }

  /// Checks a second in each of so many spans of so many seconds.
  mutating func rates(spans: Int, of seconds: Double) -> [Double] {
    var before = machine.totals.checked
    return (0..<spans).map { _ in
      machine.advance(to: machine.now + .rounded(seconds: seconds))
      defer { before = machine.totals.checked }
      return Double(machine.totals.checked - before) / seconds
    }
  }

  /// The totals now.
  mutating func measure() -> PipelineTotals { machine.measure(at: machine.now) }

  mutating func advance(seconds: Double) {
    machine.advance(to: machine.now + .rounded(seconds: seconds))
  }
}

extension PipelineSettings {
  /// Nothing but threads, one CPU, a network of constant time and a table of one copy: what closed
  /// forms describe.
  static func plain(
    threads: Int, checkCPU: Double, read: Double, nodes: Int = 1, coresPerNode: Int
  ) -> PipelineSettings {
    var settings = PipelineSettings(
      partitions: 4, nodes: nodes, coresPerNode: coresPerNode, replicationFactor: 1)
    settings.pod.handOver = .immediate
    settings.pod.detectorThreads = threads
    settings.pod.checkCPU = checkCPU
    settings.pod.firstRecordPause = .zero
    settings.pod.handOverTime = .zero
    settings.costs.read = read
    settings.costs.write = 0
    settings.keys = KeySpace(count: 10_000, outlierChance: 0)
    return settings
  }

  /// The published pod on a small cluster, without the pause at its start.
  static func small(partitions: Int = 8, nodes: Int = 3) -> PipelineSettings {
    var settings = PipelineSettings(partitions: partitions, nodes: nodes, coresPerNode: 8)
    settings.pod.firstRecordPause = .zero
    settings.keys = KeySpace(count: 10_000)
    settings.initialRows = 50
    return settings
  }
}
