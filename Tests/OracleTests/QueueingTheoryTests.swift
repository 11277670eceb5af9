import Probability
import SimulationKernel
import Statistics
import Testing
import TimeUnits

/// The interval of the mean wait in seconds over independent replications.
private func meanWait(
  servers: Int = 1, interarrival: AnyDistribution, service: AnyDistribution, seed: UInt64,
  replications: Int = 40, customers: Int = 120_000
) throws -> StudentInterval {
  var means: [Double] = []
  for replication in 0..<replications {
    var simulation = Station.simulation(
      servers: servers, customers: customers, interarrival: interarrival, service: service,
      streams: RandomStreams(seed: seed).replication(UInt64(replication)))
    // The station starts empty: the first tenth of the customers is warm-up.
    var started = 0
    var waits = RunningMoments()
    simulation.run(until: .distantFuture) { record, _ in
      guard case .waited(let nanoseconds) = record else { return }
      started += 1
      if started > customers / 10 { waits.add(Double(nanoseconds) / 1e9) }
    }
    means.append(waits.mean)
  }
  return try #require(StudentInterval(of: means, confidence: 0.999))
}

private func expectAgreement(
  _ interval: StudentInterval, _ theory: Double, _ comment: Comment,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(interval.contains(theory), comment, sourceLocation: sourceLocation)
  #expect(
    interval.halfWidth < 0.06 * theory, "the interval is too wide to mean much",
    sourceLocation: sourceLocation)
}

struct QueueingTheoryTests {
  @Test("M/M/1: the mean wait is ρ/(μ − λ)", arguments: [0.5, 0.8, 0.9])
  func singleServer(load: Double) throws {
    let interval = try meanWait(
      interarrival: .exponential(Exponential(mean: 1 / load)),
      service: .exponential(Exponential(mean: 1)), seed: 1)
    expectAgreement(interval, load / (1 - load), "\(interval) at ρ = \(load)")
  }

  @Test("M/M/c: the mean wait follows from Erlang's C formula", arguments: [2, 5, 16])
  func manyServers(servers: Int) throws {
    let load = 0.85
    let offered = load * Double(servers)
    // Erlang's B by its recursion, then C from B (R. Cooper, Introduction to Queueing Theory, 1981).
    var blocking = 1.0
    for server in 1...servers {
      blocking = offered * blocking / (Double(server) + offered * blocking)
    }
    let waiting = blocking / (1 - load * (1 - blocking))
    let interval = try meanWait(
      servers: servers, interarrival: .exponential(Exponential(mean: 1 / offered)),
      service: .exponential(Exponential(mean: 1)), seed: 2)
    expectAgreement(
      interval, waiting / (Double(servers) * (1 - load)), "\(interval), \(servers) servers")
  }

  @Test("M/G/1: the mean wait is λE[S²]/2(1 − ρ), by Pollaczek and Khinchine")
  func generalService() throws {
    let services: [AnyDistribution] = try [
      .constant(Constant(1)),
      .uniform(Uniform(minimum: 0.5, maximum: 1.5)),
      .gamma(Gamma(shape: 4, scale: 0.25)),
      .logNormal(LogNormal(mean: 1, standardDeviation: 1.5)),
      .mixture(
        Mixture([
          .init(weight: 9, distribution: .exponential(Exponential(mean: 0.5))),
          .init(weight: 1, distribution: .exponential(Exponential(mean: 5.5))),
        ])),
    ]
    let rate = 0.7
    for (index, service) in services.enumerated() {
      let interval = try meanWait(
        interarrival: .exponential(Exponential(rate: rate)), service: service,
        seed: UInt64(10 + index), replications: 36, customers: 60_000)
      let secondMoment = service.variance + service.mean * service.mean
      let theory = rate * secondMoment / (2 * (1 - rate * service.mean))
      expectAgreement(interval, theory, "\(interval), \(service)")
    }
  }

  @Test("Little's law holds exactly, in whole nanoseconds, in every run that ends empty")
  func littlesLaw() throws {
    for replication in 0..<10 {
      var simulation = try Station.simulation(
        servers: 1 + replication % 3, customers: 5_000,
        interarrival: .exponential(Exponential(mean: 1)),
        service: .logNormal(LogNormal(mean: 0.9, standardDeviation: 1)),
        streams: RandomStreams(seed: 3).replication(UInt64(replication)))
      simulation.run(until: .distantFuture)
      var stayed: Int64 = 0
      var departures = 0
      for case .stayed(let nanoseconds) in simulation.takeRecords() {
        stayed += nanoseconds
        departures += 1
      }
      #expect(departures == 5_000)
      #expect(simulation.model.presence == stayed, "∫N dt = Σ stays")
      #expect(simulation.eventsHandled == 10_000)
    }
  }

  @Test("Lindley's recursion gives every single wait, to the nanosecond")
  func lindley() throws {
    let interarrival = try AnyDistribution.exponential(Exponential(mean: 1))
    let service = try AnyDistribution.weibull(Weibull(shape: 0.8, scale: 0.75))
    let streams = RandomStreams(seed: 4)
    let customers = 100_000
    var simulation = Station.simulation(
      customers: customers, interarrival: interarrival, service: service, streams: streams)
    simulation.run(until: .distantFuture)
    let waits = simulation.takeRecords().compactMap { record -> Int64? in
      if case .waited(let nanoseconds) = record { nanoseconds } else { nil }
    }
    var arrivals = streams.stream("arrivals")
    var services = streams.stream("services")
    _ = interarrival.sampleNanoseconds(using: &arrivals)
    var wait: Int64 = 0
    var expected = [wait]
    for _ in 1..<customers {
      wait = max(
        0,
        wait + service.sampleNanoseconds(using: &services)
          - interarrival.sampleNanoseconds(using: &arrivals))
      expected.append(wait)
    }
    #expect(waits.count == customers)
    #expect(waits == expected)
  }
}

struct CheckpointTests {
  @Test("A copy taken at any tenth of a run continues identically")
  func tenths() throws {
    let start = try Station.simulation(
      servers: 40, customers: 20_000, interarrival: .exponential(Exponential(mean: 0.03)),
      service: .logNormal(LogNormal(mean: 1, standardDeviation: 2)),
      streams: RandomStreams(seed: 5))
    var whole = start
    whole.run(until: .seconds(600))
    let reference = whole.takeRecords()
    #expect(reference.count > 30_000)
    for tenth in 1...9 {
      var first = start
      first.run(until: .seconds(Int64(60 * tenth)))
      var copy = first
      // The original goes its own way; the copy must not notice.
      first.inject(.arrival, at: first.now)
      first.run(until: .seconds(600))
      copy.run(until: .seconds(600))
      #expect(copy.takeRecords() == reference)
      #expect(copy.model.presence == whole.model.presence)
      #expect(copy.now == whole.now)
    }
  }
}
