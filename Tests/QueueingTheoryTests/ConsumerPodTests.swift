import QueueingTheory
import Testing

/// One consumer pod of the anomaly pipeline: detector threads that go round a delay of the network,
/// the pod's processors and the reads of one Cassandra node.
@Suite struct ConsumerPodTests {
  /// Checks per second, times in milliseconds.
  static func throughput(
    threads: Int, delay: Double, pod: (demand: Double, cores: Double),
    read: (demand: Double, cores: Double) = (1.2, 8)
  ) -> Double {
    let network = ClosedNetwork(stations: [
      .delay(delay / 1_000), .queue(demand: pod.demand / 1_000, servers: pod.cores),
      .queue(demand: read.demand / 1_000, servers: read.cores),
    ])
    return network.throughputs(upTo: threads).last!
  }

  @Test(
    "10.5 ms of distance cut a pod of 10 threads from 3 263 to 757/s and cost one of 80 nothing",
    arguments: [(10, 1, 3_263), (10, 11.5, 757), (80, 1, 4_000), (80, 11.5, 4_000)])
  func distance(threads: Int, delay: Double, expected: Double) {
    let throughput = Self.throughput(threads: threads, delay: delay, pod: (0.5, 2))
    #expect(throughput.rounded() == expected)
  }

  @Test("At the knee the exact throughput is 1 670/s where the one-line shortcut says 1 517")
  func shortcut() {
    let exact = Self.throughput(threads: 10, delay: 3, pod: (1, 2))
    #expect(exact.rounded() == 1_670)
    #expect(QueueingReferences.shortcutThroughput.rounded() == 1_517)
    #expect((0.09..<0.095).contains(1 - QueueingReferences.shortcutThroughput / exact))
  }
}
