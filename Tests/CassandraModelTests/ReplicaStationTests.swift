import CassandraModel
import ServiceModel
import Testing

@Suite struct ReplicaStationTests {
  @Test("the default costs stay inside the bounds of the published runs")
  func bounds() {
    let costs = CassandraCosts()
    #expect(costs.mistakes.isEmpty)
    let check = Double(costs.check(replicas: 3, rows: 50)) * 1e-9
    // 18 000 checks a second on 3 nodes of 8 cores, 10 pods.
    let small = check * costs.factor(connections: 10, inFlight: 8, cores: 8)
    #expect(18_000 * small < 3 * 8)
    // 220 000 on 48 nodes of 8 cores, 100 pods, a queue as long as the cores.
    let large = check * costs.factor(connections: 100, inFlight: 16, cores: 8)
    #expect(220_000 * large < 48 * 8)
  }

  @Test("overheads grow with connections and requests in flight, and 0 switches them off")
  func overheads() {
    var costs = CassandraCosts()
    costs.perConnection = 0.01
    costs.perInFlight = 0.5
    var station = ReplicaStation(cores: 1, costs: costs)
    let plain = station.read(rows: 50, at: 0)
    #expect(plain == 500_000)
    station.setConnections(100)
    // (1 + 1)(1 + 0): one request in flight on one core is no queue.
    #expect(station.write(at: 1_000_000) == 1_000_000 + 180_000)
    // (1 + 1)(1 + 0.5): now there are two.
    #expect(station.effectiveWork(90_000) == 270_000)
    costs.perConnection = 0
    costs.perInFlight = 0
    var free = ReplicaStation(cores: 1, costs: costs)
    free.setConnections(100)
    for _ in 0..<5 { _ = free.write(at: 0) }
    #expect(free.bank.totals.work == 450_000 && free.inFlight == 5)
  }

  @Test("a read's rows end at the limit, and coordination costs per request")
  func work() {
    var station = ReplicaStation(cores: 8, costs: CassandraCosts())
    #expect(station.read(rows: 0, at: 0) == 150_000)
    station.finish()
    #expect(station.read(rows: 1_000, at: 0) == 500_000)
    station.finish()
    #expect(station.coordinate(requests: 2, at: 0) == 40_000)
    #expect(station.inFlight == 1)
    #expect(station.costs.isCold(0) && !station.costs.isCold(.max))
  }

  @Test("compaction takes its share of the cores, and a dead node loses what it had")
  func background() {
    var station = ReplicaStation(cores: 2, costs: CassandraCosts())
    station.setBackgroundShare(0.25, at: 0)
    // 1.5 cores are two at three quarters of their speed: 90 µs take 120.
    #expect(station.write(at: 0) == 120_000 && station.write(at: 0) == 120_000)
    #expect(station.goDown(at: 60_000) == 2)
    #expect(!station.isUp && station.inFlight == 0)
    #expect(station.bank.busy(by: 60_000) == 120_000)
    station.comeUp(at: 1_000_000)
    #expect(station.write(at: 1_000_000) == 1_120_000)
  }

  @Test("a silent node is believed alive for 18.4 s, and drivers believe a second longer")
  func detection() {
    let detection = FailureDetection()
    #expect(detection.conviction == 18_420_680_744)
    #expect(detection.driverDelay(.closed, DriverOptions()) == 0)
    #expect(detection.driverDelay(.silent, DriverOptions()) == 19_420_680_744)
    #expect(detection.driverReturn(DriverOptions()) == 3_000_000_000)
  }

  @Test("hints are played back at a mebibyte a second, every one once")
  func hints() {
    var hints = HintStore()
    hints.nodeWentDown(at: 0)
    for step: Int64 in 0..<20_000 { hints.missed(at: step * 1_000_000) }
    #expect(hints.take(until: 30_000_000_000) == 0)
    hints.nodeCameBack(at: 30_000_000_000)
    // 1 048 576 B/s / 200 B = 5 242.88 hints a second.
    #expect(hints.take(until: 31_000_000_000) == 5_242)
    var played: Int64 = 5_242
    for step: Int64 in 1...400 { played += hints.take(until: 31_000_000_000 + step * 10_000_000) }
    #expect(played == 20_000 && hints.waiting == 0 && hints.replayEnd == nil)
    #expect(hints.kept == hints.replayed && hints.dropped == 0)
  }

  @Test("beyond three hours no more hints are kept, and none if they are switched off")
  func hintWindow() {
    var hints = HintStore()
    hints.nodeWentDown(at: 0)
    hints.missed(at: 10_800_000_000_000)
    hints.missed(at: 10_800_000_000_001)
    #expect(hints.kept == 1 && hints.dropped == 1)
    hints.nodeCameBack(at: 11_000_000_000_000)
    // One hint of 200 bytes: 190 735 ns at 1 MiB/s, rounded up.
    #expect(hints.replayEnd == 11_000_000_190_735)
    #expect(hints.take(until: 11_000_000_190_734) == 0)
    #expect(hints.take(until: 11_000_000_190_735) == 1)
    var options = HintStore.Options()
    options.isEnabled = false
    var none = HintStore(options)
    none.nodeWentDown(at: 0)
    none.missed(at: 1)
    #expect(none.waiting == 0 && none.dropped == 1)
  }
}
