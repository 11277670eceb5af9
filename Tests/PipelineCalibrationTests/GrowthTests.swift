import PipelineCalibration
import Testing

@Suite("Growth")
struct GrowthTests {
  static func plan(_ rates: [Double], most: Int = 1_000) -> GrowthPlan {
    GrowthPlan(
      name: "test", calibration: CalibrationTests.plan(draws: 1_000), draws: 5, rates: rates,
      podCores: [2], nodes: 3...most, threadCounts: [10, 20, 40], workerCores: 72,
      burstRatio: 1,
      prices: GrowthPlan.Prices(
        cassandraHour: 1, brokerHour: 1, workerHour: 5, controlPlaneHour: 0.1, zoneGB: 0.02))
  }

  @Test("a design reaches its rate, and one node fewer does not")
  func enough() {
    let plan = Self.plan([100_000])
    let results = plan.run()
    let capacity = PipelineCapacity(
      pods: PodTable(cores: 2, threadCounts: plan.threadCounts), nodeCores: 8)
    let row = results.rows[0]
    #expect(row.designs.count == 5)
    let count = results.calibration.kept.count
    for (place, design) in row.designs.enumerated() {
      let parameters = results.calibration.kept[place * count / 5].parameters
      func rate(_ nodes: Int) -> Double {
        capacity.steady(
          parameters, .init(pods: design.pods, threads: design.threads, nodes: nodes)
        ).rate
      }
      #expect(rate(design.nodes) >= 100_000)
      #expect(design.nodes == 3 || rate(design.nodes - 1) < 100_000)
    }
  }

  @Test("more nodes than allowed are not taken: the rate is then out of reach")
  func limit() {
    let row = Self.plan([1_000_000], most: 10).run().rows[0]
    #expect(row.designs.isEmpty && row.draws == 5)
  }

  @Test("cells never cost more than one system")
  func cells() {
    for row in Self.plan([30_000, 300_000, 2_000_000]).run().rows {
      let whole = row.designs.map { $0.costPerMillion(rate: row.rate) }
      for (cell, cost) in zip(row.cellCosts, whole) where row.designs.count == row.draws {
        #expect(cell <= cost * (1 + 1e-12))
      }
    }
  }

  @Test("on one thread growth is the same")
  func deterministic() {
    let plan = Self.plan([50_000, 500_000])
    #expect(plan.run().rows.map(\.designs) == plan.run(threads: 1).rows.map(\.designs))
  }
}
