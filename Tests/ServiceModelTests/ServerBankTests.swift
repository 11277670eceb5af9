import Probability
import ServiceModel
import SimulationKernel
import Statistics
import Testing

@Suite struct ServerBankTests {
  /// The mean wait in seconds of independent replications, after a warm-up of a tenth.
  private func meanWait(
    servers: Int, arrivals: Exponential, service: AnyDistribution, replications: Int = 24,
    customers: Int = 60_000
  ) throws -> StudentInterval {
    var means: [Double] = []
    for replication in 0..<replications {
      let streams = RandomStreams(seed: 11).replication(UInt64(replication))
      var (gaps, works) = (streams.stream("arrivals"), streams.stream("work"))
      var bank = ServerBank(capacity: Double(servers))
      var now: Int64 = 0
      var warm: Int64 = 0
      for customer in 0..<customers {
        if customer == customers / 10 { warm = bank.totals.waited }
        now += arrivals.sampleNanoseconds(using: &gaps)
        _ = bank.serve(arrival: now, work: service.sampleNanoseconds(using: &works))
      }
      means.append(Double(bank.totals.waited - warm) / 1e9 / Double(customers - customers / 10))
    }
    return try #require(StudentInterval(of: means, confidence: 0.999))
  }

  @Test("M/M/c: the mean wait follows from Erlang's C formula", arguments: [1, 2, 8])
  func erlang(servers: Int) throws {
    let load = 0.85
    let offered = load * Double(servers)
    var blocking = 1.0
    for server in 1...servers {
      blocking = offered * blocking / (Double(server) + offered * blocking)
    }
    let waiting = blocking / (1 - load * (1 - blocking))
    let theory = waiting / (Double(servers) * (1 - load))
    let interval = try meanWait(
      servers: servers, arrivals: Exponential(mean: 1 / offered),
      service: .exponential(Exponential(mean: 1)))
    #expect(interval.contains(theory), "\(interval) and \(theory)")
    #expect(interval.halfWidth < 0.1 * theory)
  }

  @Test("M/G/1: the mean wait is λE[S²]/2(1 − ρ), by Pollaczek and Khinchine")
  func pollaczek() throws {
    let rate = 0.7
    for service in try [
      AnyDistribution.constant(Constant(1)), .gamma(Gamma(shape: 4, scale: 0.25)),
      .logNormal(LogNormal(mean: 1, standardDeviation: 1.5)),
    ] {
      let interval = try meanWait(
        servers: 1, arrivals: Exponential(rate: rate), service: service)
      let second = service.variance + service.mean * service.mean
      let theory = rate * second / (2 * (1 - rate * service.mean))
      #expect(interval.contains(theory), "\(interval) and \(theory), \(service)")
      #expect(interval.halfWidth < 0.1 * theory)
    }
  }

  @Test("Little's law holds to the nanosecond: the integral of those present is the sum of stays")
  func little() throws {
    var stream = RandomStream(key: 12)
    let gap = try Exponential(mean: 1e-4)
    let work = try LogNormal(mean: 7e-4, standardDeviation: 9e-4)
    var bank = ServerBank(capacity: 7.3)
    var changes: [(at: Int64, by: Int64)] = []
    var now: Int64 = 0
    for _ in 0..<20_000 {
      now += gap.sampleNanoseconds(using: &stream)
      let end = bank.serve(arrival: now, work: work.sampleNanoseconds(using: &stream))
      changes += [(now, 1), (end, -1)]
    }
    changes.sort { $0.at < $1.at }
    var (present, area, last): (Int64, Int64, Int64) = (0, 0, 0)
    for change in changes {
      area += present * (change.at - last)
      present += change.by
      last = change.at
    }
    #expect(present == 0 && area == bank.totals.stayed)
    // All work is done by then, each nanosecond stretched by 8/7.3.
    #expect(bank.backlog(at: last) == 0)
    let stretched = Double(bank.totals.work) * 8 / 7.3
    #expect(abs(Double(bank.busy(by: last)) - stretched) < 20_000)
    #expect(
      abs(bank.utilization(by: last) - Double(bank.busy(by: last)) / Double(8 * last)) < 1e-12)
  }

  @Test("jobs start in the order they came, on the server that is free first")
  func order() {
    var bank = ServerBank(capacity: 2)
    #expect(bank.serve(arrival: 0, work: 10) == 10)
    #expect(bank.serve(arrival: 0, work: 4) == 4)
    #expect(bank.serve(arrival: 1, work: 5) == 9)
    #expect(bank.start(ofArrivalAt: 2) == 9)
    #expect(bank.serve(arrival: 2, work: 1) == 10)
    #expect(bank.totals.jobs == 4 && bank.totals.work == 20)
    #expect(bank.totals.waited == 10 && bank.totals.stayed == 30)
    #expect(bank.busy(by: 5) == 10 && bank.backlog(at: 5) == 10)
  }

  @Test("a capacity of 2.5 is three servers at five sixths of their speed")
  func fraction() {
    var bank = ServerBank(capacity: 2.5)
    #expect(bank.servers == 3)
    for _ in 0..<3 { #expect(bank.serve(arrival: 0, work: 100) == 120) }
    #expect(bank.serve(arrival: 0, work: 100) == 240)
  }

  @Test("a change of capacity keeps the work that is still to be done")
  func change() {
    var bank = ServerBank(capacity: 4)
    for work: Int64 in [100, 200, 300, 400] { _ = bank.serve(arrival: 0, work: work) }
    // After 50: 50, 150, 250, 350 are left, 800 together.
    bank.setCapacity(2, at: 50)
    #expect(bank.servers == 2 && bank.backlog(at: 50) == 800)
    #expect(bank.busy(by: 50) == 200)
    // At half speed the same work takes twice as long.
    bank.setCapacity(1, at: 50)
    #expect(bank.backlog(at: 50) == 800 && bank.start(ofArrivalAt: 50) == 850)
    bank.setCapacity(0.5, at: 50)
    #expect(bank.backlog(at: 50) == 1_600)
    bank.setCapacity(3, at: 50)
    #expect(bank.backlog(at: 50) == 800 && bank.start(ofArrivalAt: 50) == 50)
    #expect(bank.utilization(by: 50) == 1)
  }

  @Test("a bank that stops loses its work, and its idle time does not count")
  func stop() {
    var bank = ServerBank(capacity: 2)
    _ = bank.serve(arrival: 0, work: 100)
    #expect(bank.stop(at: 40) == 60)
    #expect(!bank.isRunning && bank.busy(by: 1_000) == 40)
    bank.setCapacity(2, at: 1_000)
    #expect(bank.serve(arrival: 1_000, work: 10) == 1_010)
    #expect(bank.provided(by: 1_010) == 80 + 20)
  }
}
