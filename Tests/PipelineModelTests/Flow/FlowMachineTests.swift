import KafkaModel
import NetworkModel
import PipelineModel
import ServiceModel
import SimulationKernel
import Testing
import TimeUnits

@Suite("A pipeline as a flow")
struct FlowMachineTests {
  /// Four pods on three nodes; `scale` times the rate on `scale` times as many cores and threads.
  static func machine(scale: Int = 1, seed: UInt64 = 1) throws -> FlowMachine {
    var settings = PipelineSettings(partitions: 16, nodes: 3, coresPerNode: 2 * scale)
    settings.pod.detectorThreads = 8 * scale
    settings.pod.maxPollRecords = 500 * scale
    settings.pod.maxPartitionFetchBytes *= scale
    settings.keys = .init(count: 1_000)
    settings.initialRows = 50
    settings.group.sessionTimeout = .seconds(10)
    let network = try Network(
      Geography([.init(region: "us-east-1", name: "us-east-1a")]), regions: RegionLatencies(),
      sameZone: TestPipeline.constant(0.5), otherZone: TestPipeline.constant(0.5))
    var machine = FlowMachine(
      settings, network: network, nodeZones: [ZoneID(0), ZoneID(0), ZoneID(0)],
      brokerZones: [ZoneID(0)], streams: RandomStreams(seed: seed))
    machine.effort = 0.02
    for _ in 0..<4 {
      _ = machine.addPod(zone: ZoneID(0), cores: Double(scale), at: .zero)
    }
    return machine
  }

  /// A burst that no pod can keep up with, and the end of a pod.
  private static func play(_ machine: inout FlowMachine, rate: Double) -> [PipelineTotals] {
    machine.send(perSecond: rate, at: .zero)
    var looks = [machine.measure(at: .zero + .seconds(40))]
    machine.send(perSecond: 20 * rate, at: .zero + .seconds(40))
    looks.append(machine.measure(at: .zero + .milliseconds(44_321)))
    machine.send(perSecond: rate, at: .zero + .seconds(45))
    machine.removePod(PipelinePod(index: 1), at: .zero + .milliseconds(47_123))
    looks += (48...70).map { machine.measure(at: .zero + .seconds($0)) }
    looks.append(machine.measure(at: .zero + .seconds(400)))
    return looks
  }

  @Test("whole messages add up through a burst and the loss of a pod, and the backlog ends")
  func counts() throws {
    var machine = try Self.machine()
    let looks = Self.play(&machine, rate: 1_000)
    for look in looks { #expect(look.isBalanced) }
    for (earlier, later) in zip(looks, looks.dropFirst()) {
      #expect(later.checked >= earlier.checked)
    }
    // 40 s, 5 s of twenty times as much, 355 s.
    #expect(looks.last!.produced == 40_000 + 100_000 + 355_000)
    #expect(looks[1].lag > 5_000)
    #expect(looks.last!.lag < 100)
    #expect(looks.last!.redelivered + looks.last!.lost > 0)
  }

  /// Changes until everything is current, and during the rest of a day.
  private static func changes(_ machine: inout FlowMachine, rate: Double) -> (first: Int, day: Int)
  {
    machine.send(perSecond: rate, at: .zero)
    machine.advance(to: .zero + .seconds(120))
    let first = machine.changes
    machine.advance(to: .zero + .seconds(86_400))
    return (first, machine.changes - first)
  }

  @Test("a day at one rate has no changes, and ten times the rate hardly more until then")
  func steps() throws {
    var machine = try Self.machine()
    let changes = Self.changes(&machine, rate: 1_000)
    #expect(changes.day == 0)
    #expect(machine.busiestHour <= FlowMachine.changeLimit)
    var tenfold = try Self.machine(scale: 10)
    let more = Self.changes(&tenfold, rate: 10_000)
    #expect(more.day == 0)
    #expect(Double(more.first) < 1.2 * Double(changes.first), "\(more.first), \(changes.first)")
  }

  @Test("the same seed gives the same counts and latencies")
  func determinism() throws {
    var (one, other) = (try Self.machine(), try Self.machine())
    #expect(Self.play(&one, rate: 1_000) == Self.play(&other, rate: 1_000))
    #expect(one.endToEnd == other.endToEnd)
    #expect(one.service == other.service)
    #expect(one.changes == other.changes && one.cellRuns == other.cellRuns)
  }

  @Test("what has no steady state is refused with its reasons, all at once")
  func refusals() {
    var settings = PipelineSettings(partitions: 4, nodes: 3, coresPerNode: 2)
    #expect(FlowRefusal.refusals(of: settings).isEmpty)
    settings.costs.perWaiting = 0.1
    settings.pod.detectorThreads = 1
    settings.readTimeout = .seconds(1)
    settings.downDetection = .seconds(2)
    settings.retention = .seconds(30)
    settings.pod.maxPollRecords = 500_000
    let subjects = FlowRefusal.refusals(of: settings).map(\.subject)
    #expect(
      Set(subjects) == [.perWaiting, .threads, .readTimeout, .retention, .pollInterval])
    #expect(FlowRefusal.cutLink.subject == .link)
  }
}
