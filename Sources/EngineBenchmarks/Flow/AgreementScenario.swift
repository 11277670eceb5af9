import Glibc
import KafkaModel
import NetworkModel
public import PipelineModel
import SimulationKernel
import TimeUnits

/// A pipeline drawn at random, for both fidelities to play.
///
/// Nothing of it is chosen: every figure is drawn from `agreement` of the seed, over the ranges in
/// which both can run (at most 20 000 messages a second), so that none lies on a grid.
public struct AgreementScenario: Sendable {
  public let seed: UInt64
  public private(set) var settings: PipelineSettings
  public private(set) var pods: Int
  /// Cores of each pod.
  public private(set) var cores: Double
  /// Milliseconds of a round trip.
  public private(set) var roundTrip: Double
  /// Messages a second, and from when on.
  public private(set) var load: [(at: Double, perSecond: Double)]
  /// When a pod is lost, in seconds; nil for never.
  public private(set) var loss: Double?
  /// ρ_c at the load between bursts.
  public private(set) var nodeUtilization: Double

  /// Seconds of a run, and from when on it is measured: before, consumers join and pause.
  public static let horizon = 90.0
  public static let warmUp = 20.0

  public init(seed: UInt64) {
    self.seed = seed
    var draw = Draw(stream: RandomStreams(seed: seed).stream("agreement"))
    pods = Int(draw.between(1, 20.999))
    let threads = Int(draw.logBetween(5, 80.999))
    roundTrip = draw.logBetween(0.2, 3)
    let perPod = draw.logBetween(100, 2_000)
    var rate = min(perPod * Double(pods), 20_000)
    nodeUtilization = draw.between(0.2, 0.95)
    // Nodes of a size that fits demands of about a millisecond.
    let demand = draw.logBetween(0.0004, 0.002)
    let allCores = max(3, rate * demand / nodeUtilization)
    let size = [8, 4, 2, 1].first { allCores / Double($0) >= 3 }!
    let nodes = min(12, max(3, Int((allCores / Double(size)).rounded())))
    let work = nodeUtilization * Double(nodes * size) / rate
    let readShare = draw.between(0.4, 0.8)
    let podUtilization = draw.between(0.2, 0.9)
    let check = draw.logBetween(0.0001, 0.001)
    cores = max(0.1, (rate / Double(pods) * check / podUtilization * 100).rounded() / 100)
    let partitions =
      draw.chance(0.5)
      ? 2 * pods * Int(draw.between(1, 4.999))
      : Int(draw.between(2 * Double(pods), 8 * Double(pods) + 0.999))
    settings = PipelineSettings(partitions: partitions, nodes: nodes, coresPerNode: size)
    settings.pod.detectorThreads = threads
    settings.pod.checkCPU = check
    settings.pod.handOver = draw.chance(0.5) ? .growingSleep : .immediate
    settings.costs.read = work * readShare
    settings.costs.write = work * (1 - readShare) / 3
    settings.keys = .init(count: 50_000)
    settings.initialRows = draw.chance(0.5) ? 50 : 0
    settings.group.sessionTimeout = .seconds(10)
    // What so many threads can do bounds what is sent.
    let most = Self.greatest(settings, pods: pods, cores: cores, roundTrip: roundTrip)
    rate = min(rate, most * draw.between(0.5, 0.97))
    load = [(0, rate)]
    if draw.chance(0.6) {
      let start = draw.between(25, 40)
      let end = start + draw.between(3, 12)
      let burst = min(20_000, rate * draw.logBetween(1.3, 4))
      load += [(start, burst), (end, rate)]
    }
    loss = pods > 1 && draw.chance(0.5) ? draw.between(25, 50) : nil
    // Half of them begin with a backlog, as consumers join when messages come already.
    if draw.chance(0.5) { load[0].at = draw.between(6.5, 7.5) }
  }

  /// Checks a second that the pods can do, by closed forms.
  static func greatest(
    _ settings: PipelineSettings, pods: Int, cores: Double, roundTrip: Double
  ) -> Double {
    SteadyState(
      pods: [
        SteadyPods(
          pods: pods, threads: settings.pod.detectorThreads, cores: cores,
          roundTrip: roundTrip / 1e3)
      ], demands: CheckDemands(settings),
      nodes: SteadyNodes(nodes: settings.nodeCores.count, cores: settings.nodeCores[0])
    ).throughput
  }

  /// Whether some rate is so near to what the pods can do that no one latency is to be expected:
  /// |λ/X_max − 1| < 1/√(N P).
  public var isCritical: Bool {
    let counts = loss == nil ? [pods] : [pods, pods - 1]
    return counts.contains { count in
      let most = Self.greatest(settings, pods: count, cores: cores, roundTrip: roundTrip)
      let band = 1 / (Double(settings.pod.detectorThreads * count)).squareRoot()
      return load.contains { abs($0.perSecond / most - 1) < band }
    }
  }

  var network: Network {
    let trip = RoundTripFigures(
      minimum: roundTrip / 2, mean: roundTrip, maximum: roundTrip * 3, deviation: roundTrip / 4)
    // One region: nothing can be missing.
    return try! Network(
      Geography([.init(region: "us-east-1", name: "us-east-1a")]), regions: RegionLatencies(),
      sameZone: trip, otherZone: trip)
  }
}

/// Figures from one stream, in a fixed order.
private struct Draw {
  var stream: RandomStream

  mutating func unit() -> Double { Double(stream.next() >> 11) * 0x1p-53 }

  mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

  mutating func logBetween(_ low: Double, _ high: Double) -> Double {
    exp(between(log(low), log(high)))
  }

  mutating func chance(_ probability: Double) -> Bool { unit() < probability }
}
