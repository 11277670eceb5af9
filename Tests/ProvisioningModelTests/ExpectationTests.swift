import AWSObjects
import Probability
import ProvisioningModel
import SimulationKernel
import Statistics
import Testing
import TimeUnits

/// Many games against closed forms.
@Suite struct ExpectationTests {
  private static func games(_ plan: ProvisioningPlan, _ count: UInt64) throws -> [Playthrough] {
    let board = try ProvisioningBoard(plan, isCrossRegion: false)
    return (0..<count).map { board.play(streams: TestPlan.streams(seed: 3, $0)) }
  }

  @Test(
    "a set-back to its own phase is geometric: p / (1 - p) strikes, and their law",
    arguments: [
      0.1, 0.5, 0.8,
    ])
  func geometric(chance: Double) throws {
    let plan = TestPlan.plan([
      TestPlan.phase("a", steps: 1, setbacks: [TestPlan.setback(chance, backTo: "a")])
    ])
    let strikes = try Self.games(plan, 4_000).map { Double($0.snakes[0].strikes) }
    let interval = try #require(StudentInterval(of: strikes, confidence: 0.999))
    #expect(interval.contains(chance / (1 - chance)))
    // The share of games without any strike: 1 - p, within five standard deviations.
    let none = Double(strikes.count { $0 == 0 }) / 4_000
    #expect(abs(none - (1 - chance)) < 5 * (chance * (1 - chance) / 4_000).squareRoot())
  }

  @Test("two phases by hand: b's snake to a, a's own")
  func byHand() throws {
    let plan = TestPlan.plan([
      TestPlan.phase("a", steps: 1, setbacks: [TestPlan.setback(0.25, backTo: "a")]),
      TestPlan.phase("b", steps: 1, setbacks: [TestPlan.setback(0.5, backTo: "a")]),
    ])
    let expected = try #require(try ProvisioningBoard(plan, isCrossRegion: false).expectation)
    // b: 1 / (1 - 0.5) = 2 attempts; a: one for each of these, over 1 - 0.25.
    #expect(abs(expected.attempts[1] - 2) < 1e-12)
    #expect(abs(expected.attempts[0] - 2 / 0.75) < 1e-12)
    #expect(abs(expected.steps - (2 + 2 / 0.75)) < 1e-12)
  }

  @Test("crossing snakes, shares, waits and skewed laws: the mean of all games is the exact one")
  func crossing() throws {
    var c = TestPlan.phase(
      "c", steps: 7, waits: [5, 9],
      setbacks: [
        TestPlan.setback(0.2, backTo: "a", repeats: 0.3, findingMinutes: 12),
        TestPlan.setback(0.3, backTo: "b", repeats: 0.5, waitsAgain: false),
      ])
    c.perStep = TestPlan.law(.lognormal(median: .minutes(3), sigma: 0.8))
    let plan = TestPlan.plan([
      TestPlan.phase("a", steps: 4, setbacks: [TestPlan.setback(0.1, backTo: "a")]),
      TestPlan.phase(
        "b", steps: 5, waits: [4], setbacks: [TestPlan.setback(0.4, backTo: "a", repeats: 0.1)]),
      c, TestPlan.phase("d", steps: 2, setbacks: [TestPlan.setback(0.15, backTo: "c")]),
    ])
    let board = try ProvisioningBoard(plan, isCrossRegion: false)
    let expected = try #require(board.expectation)
    let games = try Self.games(plan, 6_000)
    let pairs: [(String, [Double], Double)] = [
      ("steps", games.map { Double($0.steps) }, expected.steps),
      ("hands-on", games.map(\.handsOn.secondsValue), expected.handsOn),
      ("waiting", games.map(\.waiting.secondsValue), expected.waiting),
      ("attempts at a", games.map { Double($0.phases[0].attempts) }, expected.attempts[0]),
      ("strikes of c", games.map { Double($0.snakes[2].strikes) }, expected.strikes[2]),
    ]
    for (name, values, exact) in pairs {
      let interval = try #require(StudentInterval(of: values, confidence: 0.999))
      #expect(interval.contains(exact), "\(name): \(interval) and \(exact)")
    }
  }

  @Test("phases add up to the whole, and so do the first way and the snakes")
  func additive() throws {
    let plan = TestPlan.plan([
      TestPlan.phase("a", steps: 4, waits: [3]),
      TestPlan.phase(
        "b", steps: 5,
        setbacks: [
          TestPlan.setback(0.3, backTo: "a", repeats: 0.4, findingMinutes: 8),
          TestPlan.setback(0.2, backTo: "b", findingMinutes: 2),
        ]),
    ])
    for game in try Self.games(plan, 200) {
      let phases = game.phases.reduce(Duration.zero) { $0 + $1.handsOn + $1.waiting }
      let snakes = game.snakes.reduce(Duration.zero) { $0 + $1.cost }
      #expect(phases == game.workingTime)
      #expect(snakes + .minutes(93) == game.workingTime)
    }
  }

  @Test("a limited snake has no such closed form")
  func limited() throws {
    let snake = TestPlan.setback(0.5, backTo: "a", atMost: 1)
    let plan = TestPlan.plan([TestPlan.phase("a", steps: 1, setbacks: [snake])])
    #expect(try ProvisioningBoard(plan, isCrossRegion: false).expectation == nil)
  }
}
