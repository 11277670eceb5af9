import Probability
import ServiceModel
import SimulationKernel
import Statistics
import Testing
import TimeUnits

/// One core and its requests, against the theory of processor sharing (L. Kleinrock, Queueing
/// Systems II, 1976, section 4.4). Times are in units of the mean work, a second.
struct ProcessorSharingTests {
  /// Independent replications of a container with Poisson arrivals, one after the other; the first
  /// tenth of the requests of each is warm-up.
  private static func replicate(
    _ queue: ServiceQueue, cores: Double = 1, rate: Double, service: AnyDistribution,
    seed: UInt64, replications: Int = 40, customers: Int = 60_000,
    _ receive: (_ replication: Int, _ seconds: Double, _ work: Double) -> Void
  ) throws {
    var queue = queue
    queue.grant(cores: cores)
    for replication in 0..<replications {
      var simulation = try SharingStation.simulation(
        queue, customers: customers, interarrival: .exponential(Exponential(rate: rate)),
        service: service, streams: RandomStreams(seed: seed).replication(UInt64(replication)))
      simulation.run(until: .distantFuture) { record, _ in
        guard record.number >= customers / 10 else { return }
        receive(replication, Double(record.stayed) / 1e9, record.work)
      }
      #expect(simulation.model.queue.completed == customers)
    }
  }

  /// The interval of the mean response.
  private static func response(
    _ queue: ServiceQueue = ServiceQueue(), cores: Double = 1, rate: Double,
    service: AnyDistribution, seed: UInt64
  ) throws -> StudentInterval {
    var means = RunningMoments.row(40)
    try replicate(queue, cores: cores, rate: rate, service: service, seed: seed) {
      replication, seconds, _ in
      means[replication].add(seconds)
    }
    return try #require(StudentInterval(of: means.map(\.mean), confidence: 0.999))
  }

  private static func expectAgreement(
    _ interval: StudentInterval, _ theory: Double, within share: Double = 0.06,
    _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(interval.contains(theory), comment, sourceLocation: sourceLocation)
    #expect(
      interval.halfWidth < share * theory, "the interval is too wide to mean much: \(interval)",
      sourceLocation: sourceLocation)
  }

  @Test(
    "M/M/1-PS: the mean response is 1/(1 − ρ), and x/(1 − ρ) for work of x",
    arguments: [0.5, 0.8])
  func exponential(load: Double) throws {
    let bands = [0.0..<0.2, 0.2..<0.5, 0.5..<1, 1.0..<2, 2.0..<4, 4.0..<20]
    var all = RunningMoments.row(40)
    var squares = all
    // Response less x/(1 − ρ), and that itself, for each band.
    var excess = [[RunningMoments]](repeating: all, count: bands.count)
    var fair = RunningMoments.row(bands.count)
    try Self.replicate(
      ServiceQueue(), rate: load, service: .exponential(Exponential(mean: 1)), seed: 21
    ) { replication, seconds, work in
      all[replication].add(seconds)
      squares[replication].add(seconds * seconds)
      guard let band = bands.firstIndex(where: { $0.contains(work) }) else { return }
      excess[band][replication].add(seconds - work / (1 - load))
      fair[band].add(work / (1 - load))
    }
    let mean = try #require(StudentInterval(of: all.map(\.mean), confidence: 0.999))
    Self.expectAgreement(mean, 1 / (1 - load), "\(mean) at ρ = \(load)")
    // E. Coffman, R. Muntz, H. Trotter, Waiting time distributions for processor-sharing systems,
    // 1970: the variance is (2 + ρ)/(2 − ρ) of the squared mean.
    let square = try #require(StudentInterval(of: squares.map(\.mean), confidence: 0.999))
    let second = 4 / ((2 - load) * (1 - load) * (1 - load))
    Self.expectAgreement(square, second, within: 0.12, "\(square) at ρ = \(load)")
    for (band, moments) in excess.enumerated() {
      let off = try #require(StudentInterval(of: moments.map(\.mean), confidence: 0.999))
      #expect(off.contains(0), "\(off) in \(bands[band]) at ρ = \(load)")
      #expect(off.halfWidth < 0.06 * fair[band].mean, "\(off) in \(bands[band])")
    }
  }

  /// Laws of mean 1: always the same, exponential, and one in ten eleven times as long.
  private static func laws() throws -> [AnyDistribution] {
    try [
      .constant(Constant(1)),
      .exponential(Exponential(mean: 1)),
      .mixture(
        Mixture([
          .init(weight: 9, distribution: .constant(Constant(0.5))),
          .init(weight: 1, distribution: .constant(Constant(5.5))),
        ])),
    ]
  }

  @Test("M/G/1-PS: the mean response does not depend on the law of the work, FIFO's does")
  func insensitive() throws {
    let load = 0.7
    for service in try Self.laws() {
      let sharing = try Self.response(rate: load, service: service, seed: 22)
      Self.expectAgreement(sharing, 1 / (1 - load), "\(sharing), \(service)")
      let line = try Self.response(
        ServiceQueue(workers: 1), rate: load, service: service, seed: 22)
      let secondMoment = service.variance + service.mean * service.mean
      let theory = 1 + load * secondMoment / (2 * (1 - load))
      Self.expectAgreement(line, theory, "\(line), first in, first out, \(service)")
    }
  }

  @Test("M/M/c-PS: the mean response is that of M/M/c, by Erlang's C", arguments: [2, 5, 16])
  func manyCores(cores: Int) throws {
    let load = 0.85
    let offered = load * Double(cores)
    var blocking = 1.0
    for server in 1...cores {
      blocking = offered * blocking / (Double(server) + offered * blocking)
    }
    let waiting = blocking / (1 - load * (1 - blocking))
    let theory = 1 + waiting / (Double(cores) * (1 - load))
    let interval = try Self.response(
      cores: Double(cores), rate: offered, service: .exponential(Exponential(mean: 1)), seed: 23)
    Self.expectAgreement(interval, theory, "\(interval), \(cores) cores")
  }

  @Test("with as many workers as cores the line forms outside, and the mean stays")
  func workers() throws {
    let load = 0.85
    // Erlang's C for two servers.
    let waiting = 2 * load * load / (1 + load)
    let interval = try Self.response(
      ServiceQueue(workers: 2), cores: 2, rate: 2 * load,
      service: .exponential(Exponential(mean: 1)), seed: 24)
    Self.expectAgreement(interval, 1 + waiting / (2 * (1 - load)), "\(interval)")
  }

  @Test("half the speed, or half a core, is as if there were twice the work")
  func halves() throws {
    for (cores, speed) in [(1.0, 0.5), (0.5, 1)] {
      let interval = try Self.response(
        ServiceQueue(speed: speed), cores: cores, rate: 0.35,
        service: .exponential(Exponential(mean: 1)), seed: 25)
      Self.expectAgreement(interval, 2 / (1 - 0.7), "\(interval), \(cores) cores at \(speed)")
    }
  }
}

extension RunningMoments {
  fileprivate static func row(_ count: Int) -> [RunningMoments] {
    Array(repeating: RunningMoments(), count: count)
  }
}
