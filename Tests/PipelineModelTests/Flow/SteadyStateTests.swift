import PipelineModel
import QueueingTheory
import Testing

@Suite struct SteadyStateTests {
  private static func demands(check: Double, read: Double, write: Double = 0) -> CheckDemands {
    var demands = CheckDemands()
    (demands.check, demands.read, demands.write) = (check, read, write)
    return demands
  }

  @Test("one pod on one node without writes is the closed network of three stations")
  func closedForm() {
    let state = SteadyState(
      pods: [SteadyPods(pods: 1, threads: 10, cores: 2, roundTrip: 0.001)],
      demands: Self.demands(check: 0.0005, read: 0.0012), nodes: SteadyNodes(nodes: 1, cores: 8))
    let network = ClosedNetwork(stations: [
      .delay(0.001), .queue(demand: 0.0005, servers: 2), .queue(demand: 0.0012, servers: 8),
    ])
    let exact = network.solution(upTo: 10)
    #expect(abs(state.throughput / exact.throughput(population: 10) - 1) < 1e-6)
    let pod = state.states[0]
    // The times are those of a pod that sees Cassandra as a delay.
    #expect(abs(pod.podResidence / exact.residenceTime(at: 1, population: 10) - 1) < 1e-3)
    #expect(abs(pod.cassandraResidence / exact.residenceTime(at: 2, population: 10) - 1) < 1e-3)
    #expect(abs(state.cassandraUtilization - exact.utilization(at: 2, population: 10)) < 1e-6)
    #expect(abs(pod.throughput * pod.cycleTime - 10) < 1e-3)
  }

  @Test(
    "two pods with one thread each are the closed network of two customers",
    arguments: [0.0001, 0.001, 0.01])
  func twoPods(roundTrip: Double) {
    let state = SteadyState(
      pods: [SteadyPods(pods: 2, threads: 1, cores: 1, roundTrip: roundTrip)],
      demands: Self.demands(check: 0.0005, read: 0.001), nodes: SteadyNodes(nodes: 1, cores: 1))
    // A thread never waits for its pod's CPU: that is one more delay.
    let network = ClosedNetwork(stations: [
      .delay(roundTrip + 0.0005), .queue(demand: 0.001),
    ])
    #expect(abs(state.throughput / network.throughputs(upTo: 2)[1] - 1) < 1e-6)
  }

  @Test("no bound is broken, and many threads reach the lowest")
  func bounds() {
    var last = 0.0
    for threads in [1, 5, 20, 80] {
      let state = SteadyState(
        pods: [SteadyPods(pods: 4, threads: threads, cores: 2, roundTrip: 0.0005)],
        demands: Self.demands(check: 0.0005, read: 0.0005, write: 0.0001),
        nodes: SteadyNodes(nodes: 3, cores: 4))
      let nodes = 12 / 0.0008
      #expect(state.throughput < min(nodes, 4 * 2 / 0.0005, 4 * Double(threads) / 0.0015))
      #expect(state.throughput > last)
      last = state.throughput
    }
    #expect(last > 0.98 * 12 / 0.0008)
  }

  @Test("the mean field differs from the product form by no more than 1/(threads + nodes)")
  func meanField() {
    let pods = [SteadyPods(pods: 4, threads: 10, cores: 2, roundTrip: 0.0005)]
    let demands = Self.demands(check: 0.0003, read: 0.001, write: 0.0002)
    let nodes = SteadyNodes(nodes: 3, cores: 4)
    let exact = SteadyState(pods: pods, demands: demands, nodes: nodes)
    let fast = SteadyState(pods: pods, demands: demands, nodes: nodes, exactPopulation: 0)
    #expect(fast.throughput != exact.throughput)
    #expect(abs(fast.throughput / exact.throughput - 1) < 1.0 / 43)
  }

  @Test("a started solution is the same one, found sooner")
  func warmStart() {
    let pods = [SteadyPods(pods: 4, threads: 10, cores: 2, roundTrip: 0.0005)]
    let demands = Self.demands(check: 0.0003, read: 0.001, write: 0.0002)
    let nodes = SteadyNodes(nodes: 3, cores: 4)
    let cold = SteadyState(pods: pods, demands: demands, nodes: nodes)
    let warm = SteadyState(pods: pods, demands: demands, nodes: nodes, from: cold)
    #expect(abs(warm.throughput / cold.throughput - 1) < 1e-6)
    #expect(warm.evaluations < cold.evaluations)
  }

  @Test("pods that are offered less than they can take do what they are offered")
  func offered() {
    let demands = Self.demands(check: 0.0005, read: 0.0005, write: 0.00009)
    let nodes = SteadyNodes(nodes: 3, cores: 8)
    let state = SteadyState(
      pods: [
        SteadyPods(pods: 3, threads: 40, cores: 2, roundTrip: 0.0003, offered: 1_000),
        SteadyPods(pods: 1, threads: 40, cores: 2, roundTrip: 0.0003),
        SteadyPods(pods: 1, threads: 40, cores: 2, roundTrip: 0.0003, offered: 10_000),
      ], demands: demands, nodes: nodes)
    #expect(state.states[0].throughput == 1_000 && !state.states[0].isSaturated)
    #expect(abs(state.states[0].podUtilization - 0.25) < 1e-9)
    #expect(state.states[1].isSaturated && state.states[2].isSaturated)
    #expect(abs(state.states[1].throughput / state.states[2].throughput - 1) < 1e-6)
    #expect(state.states[0].greatestThroughput > 3_900)
    #expect(state.states[0].cycleTime < state.states[1].cycleTime / 3)
  }

  @Test("a pod has an interior best number of threads only if threads cost something")
  func bestThreads() {
    func rates(_ overhead: Double) -> [Double] {
      [2, 5, 10, 20, 40, 80].map { threads in
        var demands = Self.demands(check: 0.0005, read: 0.0012)
        demands.threadOverhead = overhead
        return SteadyState(
          pods: [SteadyPods(pods: 1, threads: threads, cores: 2, roundTrip: 0.001)],
          demands: demands, nodes: SteadyNodes(nodes: 1, cores: 8)
        ).throughput
      }
    }
    let free = rates(0)
    #expect(zip(free, free.dropFirst()).allSatisfy { $0 <= $1 * (1 + 1e-6) })
    let dear = rates(0.02)
    let best = dear.indices.max { dear[$0] < dear[$1] }!
    #expect(best > 0 && best < dear.count - 1)
  }

  @Test("10.5 ms more cost ten threads most of their throughput and eighty none")
  func distance() {
    func rate(_ threads: Int, _ roundTrip: Double) -> Double {
      SteadyState(
        pods: [SteadyPods(pods: 1, threads: threads, cores: 2, roundTrip: roundTrip)],
        demands: Self.demands(check: 0.0005, read: 0.0012), nodes: SteadyNodes(nodes: 1, cores: 8)
      ).throughput
    }
    #expect(abs(rate(10, 0.001) - 3_263) < 1)
    #expect(abs(rate(10, 0.0115) - 757) < 1)
    #expect(rate(80, 0.0115) > 3_980)
  }

  @Test("connections and waiting requests take from the nodes")
  func overheads() {
    func rate(_ change: (inout CheckDemands) -> Void) -> Double {
      var demands = Self.demands(check: 0.0001, read: 0.001, write: 0.0001)
      change(&demands)
      return SteadyState(
        pods: [SteadyPods(pods: 4, threads: 40, cores: 8, roundTrip: 0.0005)], demands: demands,
        nodes: SteadyNodes(nodes: 3, cores: 8)
      ).throughput
    }
    let free = rate { _ in }
    #expect(abs(rate { $0.perConnection = 0.05 } / free * 1.2 - 1) < 0.01)
    #expect(rate { $0.perWaiting = 0.1 } < 0.98 * free)
  }
}
