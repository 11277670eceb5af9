import NetworkModel
import Testing
import TimeUnits

@testable import PipelineModel

@Suite struct FaultTests {
  @Test("A killed pod's messages come again or are lost, and its partitions find new readers")
  func killedPod() throws {
    var pipeline = try TestPipeline(.small())
    pipeline.machine.send(perSecond: 3_000, at: .zero)
    pipeline.addPods(2, cores: 2)
    pipeline.advance(seconds: 20.7)
    let inHand = Int64(pipeline.machine.pods[1].inHand)
    let before = pipeline.measure()
    #expect(before.lag < 100)
    pipeline.machine.removePod(pipeline.pods[1], at: pipeline.machine.now)
    let after = pipeline.measure()
    #expect(after.isBalanced)
    // Lost is what was committed and in a thread; a commit is no older than a second and a poll.
    #expect(after.lost <= inHand)
    #expect(after.redelivered > 0)
    #expect(after.redelivered < 1_700)
    // The coordinator notices after 30 s.
    pipeline.advance(seconds: 26)
    #expect(pipeline.measure().lag > 26 * 1_400)
    #expect(pipeline.machine.partitionCount(of: pipeline.pods[0]) == 4)
    // Then the rest join again with their next heartbeat, and one pod reads all.
    pipeline.advance(seconds: 60)
    #expect(pipeline.machine.partitionCount(of: pipeline.pods[0]) == 8)
    pipeline.machine.send(perSecond: 1_000, at: pipeline.machine.now)
    pipeline.advance(seconds: 60)
    let last = pipeline.measure()
    #expect(last.lag < 100)
    #expect(last.lost == after.lost)
    #expect(last.redelivered == after.redelivered)
    #expect(last.isBalanced)
  }

  @Test("With a commit behind every message a killed pod's messages in hand are lost for good")
  func lost() throws {
    var settings = PipelineSettings.small(partitions: 2)
    settings.pod.autoCommitInterval = .zero
    settings.costs.read = 0.05
    var pipeline = try TestPipeline(settings)
    pipeline.machine.send(perSecond: 100, at: .zero)
    pipeline.addPods(1, cores: 2)
    pipeline.advance(seconds: 20)
    let inHand = pipeline.measure().inFlight
    #expect(inHand > 2)
    pipeline.machine.removePod(pipeline.pods[0], at: pipeline.machine.now)
    let after = pipeline.measure()
    // Each partition's last poll is not committed before the next.
    #expect(after.lost + 2 >= inHand)
    #expect(after.redelivered <= 2)
    #expect(after.isBalanced)
  }

  @Test("A partition with one copy stands still with its broker; producers give up after 120 s")
  func singleCopy() throws {
    var pipeline = try TestPipeline(.small(partitions: 3), brokerZones: [0, 0, 0])
    pipeline.machine.send(perSecond: 300, at: .zero)
    pipeline.addPods(2, cores: 2)
    pipeline.advance(seconds: 20)
    pipeline.machine.loseBroker(1, at: pipeline.machine.now)
    #expect(pipeline.machine.liveBrokers == 2)
    pipeline.advance(seconds: 200)
    // 100 a second.
    #expect(abs(Double(pipeline.measure().lag) / 20_000 - 1) < 0.05)
    pipeline.machine.returnBroker(1, at: pipeline.machine.now)
    pipeline.advance(seconds: 60)
    let totals = pipeline.measure()
    #expect(totals.lag < 30)
    // Of 200 s the first 80 are over.
    #expect(abs(Double(totals.refused) / 8_000 - 1) < 0.1)
    #expect(totals.lost == 0)
    #expect(totals.isBalanced)
  }

  @Test("With three copies another broker leads after the session timeout; nothing is lost")
  func threeCopies() throws {
    var settings = PipelineSettings.small(partitions: 3)
    settings.topicReplication = 3
    var pipeline = try TestPipeline(settings, brokerZones: [0, 1, 0])
    pipeline.machine.send(perSecond: 300, at: .zero)
    pipeline.addPods(2, cores: 2)
    pipeline.advance(seconds: 20)
    pipeline.machine.loseBroker(1, at: pipeline.machine.now)
    pipeline.advance(seconds: 5)
    #expect(pipeline.measure().lag > 400)
    pipeline.advance(seconds: 5)
    let totals = pipeline.measure()
    #expect(totals.lag < 30)
    #expect(totals.refused == 0)
    #expect(totals.lost == 0)
    #expect(totals.elections > 0)
  }

  @Test("Reads at a dead replica fail until clients leave it out; writes leave hints for it")
  func deadReplica() throws {
    var pipeline = try TestPipeline(.small())
    pipeline.machine.send(perSecond: 1_000, at: .zero)
    pipeline.addPods(2, cores: 2)
    pipeline.advance(seconds: 20)
    #expect(pipeline.measure().hints == 0)
    pipeline.machine.stopNode(1, at: pipeline.machine.now)
    pipeline.advance(seconds: 11.9)
    // No client has given up yet; nearly all threads are stuck.
    #expect(pipeline.measure().lost == 0)
    #expect(pipeline.machine.reads.number > 60)
    pipeline.advance(seconds: 12)
    let early = pipeline.measure()
    #expect(early.lost >= 60)
    pipeline.advance(seconds: 60)
    let later = pipeline.measure()
    #expect(later.lost == early.lost)
    #expect(later.lag < 100)
    #expect(later.hints - early.hints == later.checked - early.checked)
    pipeline.machine.startNode(1, at: pipeline.machine.now)
    pipeline.advance(seconds: 10)
    let healed = pipeline.measure()
    #expect(healed.hints - later.hints < 100)
    #expect(healed.isBalanced)
  }

  @Test("A quorum with one of three replicas left fails at once, and each message is lost")
  func unavailable() throws {
    var settings = PipelineSettings.small()
    settings.readsRequired = 2
    var pipeline = try TestPipeline(settings)
    pipeline.machine.send(perSecond: 1_000, at: .zero)
    pipeline.addPods(2, cores: 2)
    pipeline.advance(seconds: 20)
    pipeline.machine.stopNode(0, at: pipeline.machine.now)
    pipeline.advance(seconds: 60)
    let one = pipeline.measure()
    #expect(one.lag < 100)
    pipeline.machine.stopNode(1, at: pipeline.machine.now)
    pipeline.advance(seconds: 30)
    let before = pipeline.measure()
    pipeline.advance(seconds: 30)
    let after = pipeline.measure()
    #expect(after.checked == before.checked)
    #expect(abs(Double(after.lost - before.lost) / 30_000 - 1) < 0.1)
    #expect(after.lag < 100)
    #expect(after.isBalanced)
  }

  @Test("A quorum read takes as long as the slower of two replicas, and loads both")
  func quorum() throws {
    func play(_ required: Int) throws -> (seconds: Double, busy: Double) {
      var settings = PipelineSettings.plain(
        threads: 40, checkCPU: 0.0001, read: 0.002, nodes: 3, coresPerNode: 16)
      settings.replicationFactor = 3
      settings.replicaSets = [0, 1, 2, 1, 2, 0, 2, 0, 1]
      settings.readsRequired = required
      var pipeline = try TestPipeline(settings, roundTrip: 1)
      pipeline.machine.send(perSecond: 1_000, at: .zero)
      pipeline.addPods(1, cores: 40)
      pipeline.advance(seconds: 40)
      let machine = pipeline.machine
      let busy = (0..<3).reduce(0) { $0 + machine.usedCoreSeconds(ofNode: $1) }
      return (
        Double(machine.reads.sojourn) / Double(machine.reads.departures) / 1e9,
        busy / Double(machine.totals.checked)
      )
    }
    let (one, two) = (try play(1), try play(2))
    #expect(abs(one.busy / 0.002 - 1) < 0.03)
    #expect(abs(two.busy / 0.004 - 1) < 0.03)
    #expect(abs(one.seconds - 0.003) < 0.0001)
    // One round trip, and the later of X and Y + 1 ms, both exponential with mean 2 ms: on average
    // 2 + 3 - (2 - e^(-1/2)) ms.
    #expect(abs(two.seconds - (0.001 + 0.003 + 0.001 * 0.60653)) < 0.0002)
  }

  @Test(
    "Between cut regions each thread loses a message every 12 s; others take the partitions over")
  func cutLink() throws {
    var settings = PipelineSettings.small()
    settings.pod.detectorThreads = 10
    var pipeline = try TestPipeline(settings)
    pipeline.machine.send(perSecond: 1_000, at: .zero)
    pipeline.addPods(1, cores: 2, threads: 40)
    // In the other region, 11 ms away.
    pipeline.addPods(1, cores: 2, zone: 2)
    pipeline.advance(seconds: 30)
    // So that its consumers have full batches.
    #expect(pipeline.machine.partitionCount(of: pipeline.pods[1]) == 4)
    let cut = pipeline.machine.now
    let before = pipeline.measure()
    pipeline.machine.cut(RegionID(0), RegionID(1), until: cut + .seconds(60), at: cut)
    pipeline.advance(seconds: 25)
    #expect(pipeline.machine.partitionCount(of: pipeline.pods[0]) == 4)
    pipeline.advance(seconds: 20)
    #expect(pipeline.machine.partitionCount(of: pipeline.pods[0]) == 8)
    pipeline.advance(seconds: 15.1)
    let after = pipeline.measure()
    // Those in hand time out after 12 s; then the batches, one by one, as far as they go.
    let lost = after.lost - before.lost
    #expect(lost >= 5)
    #expect(lost <= 50)
    // It joins again by itself.
    pipeline.advance(seconds: 60)
    #expect(pipeline.machine.partitionCount(of: pipeline.pods[1]) == 4)
    let last = pipeline.measure()
    #expect(last.lag < 100)
    #expect(last.lost == after.lost)
    #expect(last.isBalanced)
  }

  @Test("Old messages that nobody reads are deleted, and counted once")
  func retention() throws {
    var settings = PipelineSettings.small()
    settings.retention = .seconds(100)
    var pipeline = try TestPipeline(settings)
    pipeline.machine.send(perSecond: 100, at: .zero)
    pipeline.advance(seconds: 300)
    let totals = pipeline.measure()
    #expect(abs(Double(totals.lag) / 10_000 - 1) < 0.05)
    #expect(totals.expired == totals.produced - totals.lag)
    pipeline.addPods(1, cores: 2)
    pipeline.advance(seconds: 60)
    #expect(pipeline.measure().isBalanced)
    #expect(pipeline.machine.totals.checked > 10_000)
  }
}
