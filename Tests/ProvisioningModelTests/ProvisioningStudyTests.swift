import AWSObjects
import Probability
import ProvisioningModel
import SimulationKernel
import Statistics
import Testing
import TimeUnits

/// A plan played many times in several ways.
@Suite struct ProvisioningStudyTests {
  private static func study(_ plan: ProvisioningPlan) throws -> ProvisioningStudy {
    try ProvisioningStudy(plan) { TestPlan.streams(seed: plan.seed, $0) }
  }

  @Test("a detour of constant length is the whole difference, with an interval of no width")
  func constantDetour() throws {
    var plan = TestPlan.plan([
      TestPlan.phase("a", steps: 3, setbacks: [TestPlan.setback(0.4, backTo: "a")]),
      TestPlan.phase("detour", steps: 2, waits: [5], onlyIf: .crossRegion),
    ])
    plan.replications = 50
    let study = try Self.study(plan)
    #expect(study.ways.map(\.name) == ["two regions", "one region"])
    #expect(study.ways.map { $0.games.count } == [50, 50])
    let difference = try #require(study.differences.first)
    let interval = try #require(difference.workingTime)
    // 25 minutes less without it.
    #expect(abs(interval.mean + 1_500) < 1e-9)
    #expect(interval.halfWidth < 1e-9)
    #expect(difference.shareLonger == 0)
    #expect(difference.medianWorkingTime?.value == -1_500)
  }

  @Test("in one region the plan itself is first; without anything of regions it is alone")
  func ways() throws {
    var near = TestPlan.plan(
      [TestPlan.phase("a", steps: 1), TestPlan.phase("b", steps: 1, onlyIf: .crossRegion)],
      data: "us-east-1")
    near.replications = 2
    near.ladders = [.init(phase: TestPlan.phase("up", steps: 1), skips: ["a"])]
    #expect(
      try Self.study(near).ways.map(\.name) == ["one region", "two regions", "one region, up"])
    near.taken = ["up"]
    #expect(try Self.study(near).ways.map(\.name) == ["one region", "two regions"])
    var plain = TestPlan.plan([TestPlan.phase("a", steps: 1)])
    plain.replications = 2
    #expect(try Self.study(plain).ways.map(\.name) == ["two regions"])
  }

  @Test("claims are held against the first end of their phase")
  func claims() throws {
    var plan = TestPlan.plan(
      [
        TestPlan.phase("a", steps: 6), TestPlan.phase("b", steps: 6),
      ], hours: 1)
    plan.replications = 10
    plan.claims = [
      .init(
        text: "an hour", through: "a", steps: 6, workingTime: .minutes(50)...(.minutes(70)),
        provenance: TestPlan.guess),
      .init(text: "three days", through: "b", days: 3...3, provenance: TestPlan.guess),
    ]
    #expect(plan.problems.isEmpty)
    let figures = try Self.study(plan).ways[0].claims
    #expect(figures.map(\.within) == [10, 0])
    #expect(figures.map(\.before) == [0, 10])
    #expect(figures[1].days == Array(repeating: 2, count: 10))
  }

  @Test("where the time goes adds up to the mean game")
  func shares() throws {
    var plan = TestPlan.plan([
      TestPlan.phase("a", steps: 3, waits: [4]),
      TestPlan.phase("b", steps: 5, setbacks: [TestPlan.setback(0.3, backTo: "a")]),
    ])
    plan.replications = 300
    let way = try Self.study(plan).ways[0]
    let sum = way.phases.reduce(0) { $0 + $1.handsOn.mean + $1.waiting.mean }
    #expect(abs(sum - way.meanWorkingTime) < 1e-6)
    let expected = try #require(way.board.expectation)
    let interval = try #require(StudentInterval(of: way.workingTimes, confidence: 0.999))
    #expect(interval.contains(expected.handsOn + expected.waiting))
  }
}
