import PipelineCalibration
import QueueingTheory
import Testing

@Suite("Capacity by tables")
struct CapacityTests {
  static let threadCounts = [1, 2, 5, 10, 20, 40, 80]
  static let pods = PodTable(cores: 2, threadCounts: threadCounts)
  static let capacity = PipelineCapacity(pods: pods, nodeCores: 8)

  @Test("a tabulated pod is the exact network within 2 in 10 000, on the grid and off it")
  func table() {
    var greatest = 0.0
    for step in 0..<25 {
      let ratio = 0.0337 * Double((step + 1) * (step + 1) * 3)
      let network = ClosedNetwork(stations: [.delay(ratio), .queue(demand: 1, servers: 2)])
      let exact = network.throughputs(upTo: 80)
      for (index, threads) in Self.threadCounts.enumerated() {
        let found = Self.pods.throughput(threads: index, demand: 1, delay: ratio)
        greatest = max(greatest, abs(found / exact[threads - 1] - 1))
      }
    }
    #expect(greatest < 2e-4)
  }

  /// Without overheads, w of writing.
  static func plain(_ writeShare: Double) -> CheckParameters {
    CheckParameters(
      podWork: 0.0003, cassandraWork: 0.0012, writeShare: writeShare, perConnection: 0,
      perWaiting: 0, perThread: 0, delay: 0.002)
  }

  @Test(
    "all threads busy, the event model reaches what the tables say, within 3 %",
    arguments: [(10, 5), (10, 40), (1, 20)])
  func events(pods: Int, threads: Int) throws {
    for share in [0.1, 0.6] {
      let parameters = Self.plain(share)
      let expected = Self.capacity.steady(
        parameters, .init(pods: pods, threads: threads, nodes: 3))
      let played = try EventPipeline(
        parameters: parameters, pods: pods, threads: threads, nodes: 3
      ).rate(seconds: 2)
      #expect(abs(expected.rate / played - 1) < 0.03, "\(expected.rate) for \(played)")
    }
  }

  @Test("no steady state exceeds the cores of Cassandra or of the pods")
  func bounds() {
    for pods in [1, 4, 40] {
      for threads in Self.threadCounts {
        let parameters = Self.plain(0.3)
        let steady = Self.capacity.steady(
          parameters, .init(pods: pods, threads: threads, nodes: 3))
        #expect(steady.rate <= 3 * 8 / 0.0012 * (1 + 1e-9))
        #expect(steady.rate <= Double(pods) * 2 / 0.0003 * (1 + 1e-9))
        #expect(steady.cassandraUtilization <= 1 && steady.podUtilization <= 1)
      }
    }
  }

  @Test("connections cost what they say: with half of the work for them a third of the rate goes")
  func connections() {
    var parameters = Self.plain(0.3)
    let design = PipelineCapacity.Design(pods: 50, threads: 20, nodes: 3)
    let free = Self.capacity.steady(parameters, design).rate
    parameters.perConnection = 0.01
    let paid = Self.capacity.steady(parameters, design).rate
    #expect(abs(paid / free - 1 / 1.5) < 0.005)
  }

  @Test("work that grows with waiting makes more threads worse than fewer")
  func waiting() {
    var parameters = Self.plain(0.3)
    parameters.perWaiting = 0.05
    let rates = [10, 20, 40, 80].map {
      Self.capacity.steady(parameters, .init(pods: 10, threads: $0, nodes: 3)).rate
    }
    #expect(rates == rates.sorted(by: >))
  }
}
