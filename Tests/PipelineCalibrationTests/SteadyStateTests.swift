import PipelineCalibration
import PipelineModel
import Testing

@Suite("Two solutions of the same steady state")
struct SteadyStateTests {
  @Test(
    "the tables and the exact network give the same rate within 3 % on a grid",
    arguments: [1, 4, 40], [5, 20, 80])
  func agree(pods: Int, threads: Int) {
    for (nodes, share, connection) in [(3, 0.1, 0.0), (12, 0.6, 0.001), (48, 0.3, 0.0)] {
      var parameters = CapacityTests.plain(share)
      parameters.perConnection = connection
      let tables = CapacityTests.capacity.steady(
        parameters, .init(pods: pods, threads: threads, nodes: nodes))
      var demands = CheckDemands()
      demands.check = parameters.podWork
      demands.read = parameters.readWork
      demands.write = parameters.writeWork
      demands.perConnection = connection
      let exact = SteadyState(
        pods: [
          SteadyPods(pods: pods, threads: threads, cores: 2, roundTrip: parameters.delay)
        ], demands: demands, nodes: SteadyNodes(nodes: nodes, cores: 8))
      #expect(
        abs(tables.rate / exact.throughput - 1) < 0.03,
        "\(tables.rate) and \(exact.throughput) with \(nodes) nodes")
    }
  }
}
