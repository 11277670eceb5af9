import KafkaModel
import NetworkModel
import PipelineCalibration
import PipelineModel
import SimulationKernel
import TimeUnits

/// The pipeline played message by message, all threads always busy.
struct EventPipeline {
  var parameters: CheckParameters
  var pods: Int
  var threads: Int
  var nodes: Int
  var handOver = HandOver.immediate
  var podCores = 2.0
  var nodeCores = 8

  /// Checks a second, over `seconds` after the first five.
  func rate(seconds: Int64) throws -> Double {
    let zone = Geography.Zone(region: "here", name: "herea")
    let trip = parameters.delay * 1_000
    let network = try Network(
      Geography([zone]), regions: RegionLatencies(),
      sameZone: RoundTripFigures(minimum: trip, mean: trip, maximum: trip, deviation: 0),
      otherZone: RoundTripFigures(minimum: trip, mean: trip, maximum: trip, deviation: 0))
    var settings = PipelineSettings(
      partitions: 2 * pods, nodes: nodes, coresPerNode: nodeCores)
    settings.pod.detectorThreads = threads
    settings.pod.handOver = handOver
    settings.pod.handOverTime = .zero
    settings.pod.firstRecordPause = .zero
    settings.pod.checkCPU = parameters.podWork
    settings.pod.threadOverhead = parameters.perThread
    settings.costs.read = parameters.readWork
    settings.costs.write = parameters.writeWork
    settings.costs.perConnection = parameters.perConnection
    settings.costs.perWaiting = parameters.perWaiting
    settings.topicReplication = 1
    settings.group.initialRebalanceDelay = .zero
    var machine = PipelineMachine(
      settings, network: network, nodeZones: Array(repeating: ZoneID(0), count: nodes),
      brokerZones: Array(repeating: ZoneID(0), count: 9), streams: RandomStreams(seed: 5))
    // More than any core can do.
    let most = min(
      Double(pods) * podCores / parameters.podWork,
      Double(nodes * nodeCores) / parameters.cassandraWork)
    machine.send(perSecond: 1.3 * most, at: .zero)
    for _ in 0..<pods { _ = machine.addPod(zone: ZoneID(0), cores: podCores, at: .zero) }
    let warm = machine.measure(at: SimulationTime(nanoseconds: 5_000_000_000))
    let end = machine.measure(at: SimulationTime(nanoseconds: (5 + seconds) * 1_000_000_000))
    return Double(end.checked - warm.checked) / Double(seconds)
  }
}
