import PipelineModel
import QueueingTheory
import Statistics
import Testing
import TimeUnits

@Suite struct ClosedNetworkTests {
  /// The 99.9 % interval of the run's own batches, and what the table of the exponential law leaves
  /// out: its variance is 0.9997, so waits are up to 0.02 % shorter.
  static let bias = 0.003

  struct Point: CustomTestStringConvertible {
    var threads: Int
    var cores: Double
    var read: Double
    var coresPerNode: Int
    var testDescription: String { "N \(threads), k \(cores), d_r \(read), c \(coresPerNode)" }

    static let all: [Point] = [5, 10, 20, 40, 80].flatMap { threads in
      [1, 2, 4].flatMap { cores in
        [(0.0004, 8), (0.0012, 8), (0.0012, 2)].map { read, perNode in
          Point(threads: threads, cores: cores, read: read, coresPerNode: perNode)
        }
      }
    }
    /// Shares of a core.
    static let fractions: [Point] = [10, 40].flatMap { threads in
      [0.5, 1.5, 2.5].map {
        Point(threads: threads, cores: $0, read: 0.0012, coresPerNode: 8)
      }
    }
  }

  /// What the machine does at a point, after a second, and what is exact.
  private func play(
    _ point: Point, roundTrip: Double = 1
  ) throws -> (interval: StudentInterval, exact: Double) {
    let settings = PipelineSettings.plain(
      threads: point.threads, checkCPU: 0.0005, read: point.read,
      coresPerNode: point.coresPerNode)
    let exact = ClosedNetwork(stations: [
      .delay(roundTrip / 1e3), .queue(demand: 0.0005, servers: point.cores),
      .queue(demand: point.read, servers: Double(point.coresPerNode)),
    ]).throughputs(upTo: point.threads).last!
    var pipeline = try TestPipeline(settings, roundTrip: roundTrip)
    pipeline.machine.send(perSecond: exact * 1.1, at: .zero)
    pipeline.addPods(1, cores: point.cores)
    // The group of consumers begins after twice 3 s, as the second one joins within the first.
    pipeline.advance(seconds: 6.5)
    let span = 800 / exact
    let rates = pipeline.rates(spans: 32, of: span)
    #expect(pipeline.measure().lag > 0)
    let interval = try #require(BatchMeans(rates)?.interval(confidence: 0.999))
    #expect(interval.halfWidth < 0.04 * exact)
    return (interval, exact)
  }

  @Test("One pod with a backlog checks as fast as the exact closed network", arguments: Point.all)
  func onePod(point: Point) throws {
    let (interval, exact) = try play(point)
    #expect(abs(interval.mean - exact) <= interval.halfWidth + Self.bias * exact)
  }

  @Test(
    "A share of a core works like a slower core: within 3 % of one that moves threads about",
    arguments: Point.fractions)
  func fractions(point: Point) throws {
    let (interval, exact) = try play(point)
    #expect(abs(interval.mean - exact) <= interval.halfWidth + 0.03 * exact)
  }

  @Test("Ohio instead of Virginia cuts ten threads to a quarter and leaves eighty as they are")
  func distance() throws {
    let near = try play(Point(threads: 10, cores: 2, read: 0.0012, coresPerNode: 8))
    let far = try play(
      Point(threads: 10, cores: 2, read: 0.0012, coresPerNode: 8), roundTrip: 11.5)
    #expect(abs(near.exact - 3_262.9) < 0.1)
    #expect(abs(far.exact - 756.8) < 0.1)
    #expect(abs(near.interval.mean - 3_262.9) <= near.interval.halfWidth + 10)
    #expect(abs(far.interval.mean - 756.8) <= far.interval.halfWidth + 3)
    let many = try play(
      Point(threads: 80, cores: 2, read: 0.0012, coresPerNode: 8), roundTrip: 11.5)
    #expect(abs(many.exact - 3_999.7) < 0.1)
    #expect(abs(many.interval.mean - 3_999.7) <= many.interval.halfWidth + 12)
  }

  @Test(
    "Pods with cores enough share the Cassandra nodes as one pool of threads", arguments: [2, 5])
  func severalPods(count: Int) throws {
    let threads = 10
    var settings = PipelineSettings.plain(
      threads: threads, checkCPU: 0.0005, read: 0.0012, nodes: 3, coresPerNode: 2)
    // As many for each consumer.
    settings.partitions = 20
    // With a core for each thread nobody waits in the pod; keys choose the node.
    let exact = ClosedNetwork(
      stations: [.delay(0.0015)]
        + (0..<3).map { _ in .queue(demand: 0.0004, servers: 2) }
    ).throughputs(upTo: threads * count).last!
    var pipeline = try TestPipeline(settings, roundTrip: 1)
    pipeline.machine.send(perSecond: exact * 1.1, at: .zero)
    pipeline.addPods(count, cores: Double(threads))
    pipeline.advance(seconds: 6.5)
    let rates = pipeline.rates(spans: 32, of: 800 / exact)
    let interval = try #require(BatchMeans(rates)?.interval(confidence: 0.999))
    #expect(abs(interval.mean - exact) <= interval.halfWidth + Self.bias * exact)
  }

  @Test("Writes take nodes away from reads: as a load from outside would")
  func writes() throws {
    var settings = PipelineSettings.plain(
      threads: 40, checkCPU: 0.0005, read: 0.0012, nodes: 3, coresPerNode: 2)
    settings.costs.write = 0.0003
    settings.replicationFactor = 3
    settings.replicaSets = [0, 1, 2]
    // What the writes take depends on the throughput, and the other way round.
    var throughput = 1_000.0
    for _ in 0..<200 {
      let outside = min(throughput * 0.0003, 1.99)
      let stations: [ServiceStation] =
        [.delay(0.0015)]
        + (0..<3).map { _ in .queue(demand: 0.0004, servers: 2, openLoad: outside) }
      throughput =
        (throughput + ClosedNetwork(stations: stations).throughputs(upTo: 40).last!) / 2
    }
    var pipeline = try TestPipeline(settings, roundTrip: 1)
    pipeline.machine.send(perSecond: throughput * 1.1, at: .zero)
    pipeline.addPods(1, cores: 40)
    pipeline.advance(seconds: 6.5)
    let rates = pipeline.rates(spans: 32, of: 0.25)
    let interval = try #require(BatchMeans(rates)?.interval(confidence: 0.999))
    // Three writes come together and are shorter than reads: first come, first served is not the
    // sharing of the closed form.
    #expect(abs(interval.mean - throughput) <= interval.halfWidth + 0.05 * throughput)
    // Six cores for 1.2 ms and 3 writes of 0.3 ms.
    #expect(interval.mean < 6 / 0.0021)
  }

  @Test("Work that grows with what waits makes a peak: more threads than that check less")
  func waitingWork() throws {
    func rate(threads: Int, perWaiting: Double) throws -> Double {
      var settings = PipelineSettings.plain(
        threads: threads, checkCPU: 0.0001, read: 0.001, coresPerNode: 2)
      settings.costs.perWaiting = perWaiting
      var pipeline = try TestPipeline(settings, roundTrip: 1)
      pipeline.machine.send(perSecond: 2_200, at: .zero)
      pipeline.addPods(1, cores: 8)
      pipeline.advance(seconds: 6.5)
      return pipeline.rates(spans: 1, of: 10)[0]
    }
    let few = try rate(threads: 4, perWaiting: 0.05)
    let many = try rate(threads: 40, perWaiting: 0.05)
    #expect(many < few)
    // With all 40 at the node but those in the network, J/c - 1 is about 18.
    let plain = try rate(threads: 40, perWaiting: 0)
    #expect(abs(plain / many - (1 + 0.05 * 18.2)) < 0.1)
  }
}
