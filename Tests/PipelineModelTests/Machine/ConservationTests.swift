import KafkaModel
import NetworkModel
import SimulationKernel
import Testing
import TimeUnits

@testable import PipelineModel

@Suite struct ConservationTests {
  /// A pipeline and what a random voyage does to it.
  private struct Voyage {
    var pipeline: TestPipeline
    var random: RandomStream
    var live: [PipelinePod] = []
    let nodes: Int
    let brokers = 3

    init(seed: UInt64) throws {
      random = RandomStream(key: seed)
      var settings = PipelineSettings.small(
        partitions: Int.random(in: 1...12, using: &random), nodes: 4)
      nodes = 4
      settings.pod.detectorThreads = Int.random(in: 1...20, using: &random)
      settings.pod.consumers = Int.random(in: 1...3, using: &random)
      settings.pod.firstRecordPause = .milliseconds(Int64.random(in: 0...2_000, using: &random))
      settings.pod.handOver = Bool.random(using: &random) ? .immediate : .growingSleep
      settings.pod.maxPollRecords = [3, 50, 500].randomElement(using: &random)!
      settings.readsRequired = Int.random(in: 1...3, using: &random)
      settings.costs.perWaiting = Bool.random(using: &random) ? 0 : 0.02
      settings.costs.perConnection = 0.001
      settings.topicReplication = Int.random(in: 1...3, using: &random)
      settings.retention = .seconds(Int64.random(in: 20...400, using: &random))
      settings.group.strategy = [.range, .roundRobin, .sticky, .cooperativeSticky]
        .randomElement(using: &random)!
      settings.group.sessionTimeout = .seconds(10)
      settings.group.maxPollInterval = .seconds(Int64.random(in: 15...300, using: &random))
      pipeline = try TestPipeline(
        settings, seed: seed, nodeZones: [0, 1, 0, 2], brokerZones: [0, 1, 2])
      pipeline.machine.send(perSecond: 300, at: .zero)
    }

    mutating func step() {
      let now = pipeline.machine.now
      switch Int.random(in: 0..<12, using: &random) {
      case 0, 1:
        if live.count < 6 {
          live.append(
            pipeline.machine.addPod(
              zone: ZoneID(Int.random(in: 0...2, using: &random)),
              cores: Double.random(in: 0.1...3, using: &random),
              limit: Bool.random(using: &random) ? nil : 0.5, at: now))
        }
      case 2:
        if let index = live.indices.randomElement(using: &random) {
          pipeline.machine.removePod(live.remove(at: index), at: now)
        }
      case 3:
        if let pod = live.randomElement(using: &random) {
          pipeline.machine.grant(
            pod, cores: Double.random(in: 0.01...4, using: &random),
            speed: Double.random(in: 0.1...1, using: &random), at: now)
        }
      case 4: pipeline.machine.loseBroker(Int.random(in: 0..<brokers, using: &random), at: now)
      case 5: pipeline.machine.returnBroker(Int.random(in: 0..<brokers, using: &random), at: now)
      case 6: pipeline.machine.stopNode(Int.random(in: 0..<nodes, using: &random), at: now)
      case 7: pipeline.machine.startNode(Int.random(in: 0..<nodes, using: &random), at: now)
      case 8:
        let span = Duration.seconds(Int64.random(in: 1...60, using: &random))
        pipeline.machine.cut(RegionID(0), RegionID(1), until: now + span, at: now)
      case 9:
        let rate = Double([0, 50, 300, 1_000].randomElement(using: &random)!)
        pipeline.machine.send(perSecond: rate, at: now)
      case 10:
        pipeline.machine.setNode(
          Int.random(in: 0..<nodes, using: &random),
          speed: Double.random(in: 0.1...1, using: &random), at: now)
      default: break
      }
      let span = Int64.random(in: 0...7_000_000_000, using: &random)
      pipeline.machine.advance(to: pipeline.machine.now.advanced(byNanoseconds: span))
    }
  }

  private func check(_ machine: PipelineMachine, _ totals: PipelineTotals) {
    #expect(totals.isBalanced)
    for count in [
      totals.produced, totals.redelivered, totals.checked, totals.lost, totals.expired,
      totals.refused, totals.inFlight, totals.lag,
    ] { #expect(count >= 0) }
    var buffered: Int64 = 0
    for consumer in machine.consumers where consumer.isAlive {
      buffered += Int64(consumer.end - consumer.next)
    }
    for pod in machine.pods where pod.isAlive {
      #expect(pod.inHand <= pod.threads + pod.consumers)
      #expect(!pod.hasQueued || pod.idleCount == 0)
      #expect(pod.idleCount == pod.threadRange.count { !machine.threads[$0].isBusy })
      buffered += Int64(pod.inHand)
    }
    #expect(totals.inFlight == buffered)
    // A partition has one reader at most, and both sides say the same.
    for (index, partition) in machine.partitions.enumerated() {
      let readers = machine.consumers.indices.filter {
        machine.consumers[$0].isAlive && machine.owned[$0].contains(UInt32(index))
      }
      #expect(readers.count <= 1)
      if let reader = readers.first { #expect(partition.owner == Int32(reader)) }
      #expect(partition.committed.offset <= partition.position.offset)
    }
    let busy = machine.threads.count(where: \.isBusy)
    #expect(machine.reads.number + machine.processors.number == Int64(busy))
  }

  @Test("Every message is accounted for through any faults, at any time", arguments: 0..<60)
  func swarm(seed: UInt64) throws {
    var voyage = try Voyage(seed: seed)
    var lost: Int64 = 0
    for _ in 0..<40 {
      voyage.step()
      let totals = voyage.pipeline.measure()
      check(voyage.pipeline.machine, totals)
      #expect(totals.lost >= lost)
      lost = totals.lost
    }
  }

  @Test(
    "When all is healed and nothing more comes, every message has found its end", arguments: 0..<20)
  func recovery(seed: UInt64) throws {
    var voyage = try Voyage(seed: 1_000 + seed)
    for _ in 0..<30 { voyage.step() }
    let now = voyage.pipeline.machine.now
    for broker in 0..<voyage.brokers { voyage.pipeline.machine.returnBroker(broker, at: now) }
    for node in 0..<voyage.nodes {
      voyage.pipeline.machine.startNode(node, at: now)
      voyage.pipeline.machine.setNode(node, speed: 1, at: now)
    }
    for pod in voyage.live { voyage.pipeline.machine.removePod(pod, at: now) }
    voyage.pipeline.machine.send(perSecond: 0, at: now)
    voyage.pipeline.pods = []
    voyage.pipeline.addPods(3, cores: 4)
    voyage.pipeline.advance(seconds: 900)
    let totals = voyage.pipeline.measure()
    check(voyage.pipeline.machine, totals)
    #expect(totals.lag == 0)
    #expect(totals.inFlight == 0)
  }

  @Test(
    "The same seed gives the same run; a copy continues it; slices change nothing", arguments: 0..<6
  )
  func determinism(seed: UInt64) throws {
    var first = try Voyage(seed: 500 + seed)
    var second = try Voyage(seed: 500 + seed)
    for _ in 0..<15 { first.step() }
    for _ in 0..<15 { second.step() }
    #expect(first.pipeline.machine.totals == second.pipeline.machine.totals)
    #expect(first.pipeline.machine.endToEnd == second.pipeline.machine.endToEnd)
    var copy = first
    for _ in 0..<15 { first.step() }
    let end = first.pipeline.machine.now
    for _ in 0..<15 { copy.step() }
    #expect(copy.pipeline.measure() == first.pipeline.measure())
    #expect(copy.pipeline.machine.endToEnd == first.pipeline.machine.endToEnd)
    #expect(copy.pipeline.machine.service == first.pipeline.machine.service)
    #expect(copy.pipeline.machine.reads == first.pipeline.machine.reads)
    // In slices of odd lengths against at once.
    var sliced = copy.pipeline.machine
    while sliced.now < end + .seconds(20) {
      sliced.advance(to: min(sliced.now.advanced(byNanoseconds: 13_577_311), end + .seconds(20)))
    }
    copy.pipeline.machine.advance(to: end + .seconds(20))
    #expect(copy.pipeline.measure() == sliced.measure(at: sliced.now))
    #expect(copy.pipeline.machine.endToEnd == sliced.endToEnd)
    // Another seed is another run.
    var other = try Voyage(seed: 600 + seed)
    for _ in 0..<15 { other.step() }
    #expect(other.pipeline.machine.endToEnd != second.pipeline.machine.endToEnd)
  }
}
