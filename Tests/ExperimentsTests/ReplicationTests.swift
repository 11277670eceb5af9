import ClusterSimulation
import Experiments
import KubernetesObjects
import Scenarios
import TestSupport
import Testing
import Traces

@Suite struct ReplicationTests {
  private static func setup() throws -> ClusterSetup {
    try TestRuns.setup(file: "models/scenarios/anomalia-machina-7-limits.yaml")
  }

  @Test("replications differ from each other, and each is the run of its seed")
  func seeds() throws {
    let setup = try Self.setup()
    let summaries = try ReplicationRunner.run(setup, count: 4, version: "test")
    #expect(Set(summaries.map(\.digest)).count == 4)
    for (number, summary) in summaries.enumerated() {
      var alone = setup
      alone.scenario.seed = ReplicationRunner.seed(of: number, from: setup.scenario.seed)
      var run = try ClusterRun(alone)
      run.run(until: run.horizon)
      #expect(run.observer.digest.text == summary.digest)
    }
  }

  @Test("a report counts in how many replications a claim held, and spreads the figures")
  func report() throws {
    let summaries = try ReplicationRunner.run(try Self.setup(), count: 5, version: "test")
    let report = ReplicationReport(summaries)
    #expect(report.replications == 5)
    #expect(report.claims.count == summaries[0].expectations.count)
    let cost = try #require(report.figures.first { $0.name.description == "seatrial_cost_usd" })
    let costs = summaries.map(\.costUSD)
    #expect(abs(cost.mean - costs.reduce(0, +) / 5) < 1e-12)
    #expect(cost.p05 >= costs.min()! && cost.p95 <= costs.max()!)
    #expect(report.figures.allSatisfy { $0.name.labels["node"] == nil })
  }
}
