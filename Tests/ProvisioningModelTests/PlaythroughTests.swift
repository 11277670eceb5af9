import AWSObjects
import Probability
import ProvisioningModel
import SimulationKernel
import Statistics
import Testing
import TimeUnits

/// One game: what it adds up to.
@Suite struct PlaythroughTests {
  @Test("without set-backs a game is exactly the sum of its steps and waits")
  func sum() throws {
    let plan = TestPlan.plan([
      TestPlan.phase("a", steps: 3, waits: [7]), TestPlan.phase("b", steps: 5, minutes: 4),
    ])
    let (board, game) = try TestPlan.play(plan)
    #expect(board.steps == 8)
    #expect(game.steps == 8)
    #expect(game.handsOn == .minutes(3 * 10 + 5 * 4))
    #expect(game.waiting == .minutes(7))
    #expect(game.elapsed == .minutes(57))
    #expect(game.day == 1)
    #expect(game.setbacks == 0)
    #expect(game.phases.map(\.attempts) == [1, 1])
    #expect(game.phases[0].reachedAfter == .minutes(37))
  }

  @Test("a certain set-back that may strike twice strikes twice, and its cost is all that is new")
  func limited() throws {
    let snake = TestPlan.setback(1, backTo: "a", repeats: 0.5, findingMinutes: 15, atMost: 2)
    let plan = TestPlan.plan([
      TestPlan.phase("a", steps: 3, waits: [7]), TestPlan.phase("b", steps: 4, setbacks: [snake]),
    ])
    let (_, game) = try TestPlan.play(plan)
    // Half of 3 steps is two, half of 4 is two; the wait comes again.
    let once = Duration.minutes(15 + 2 * 10 + 7 + 2 * 10)
    #expect(game.snakes.map(\.strikes) == [2])
    #expect(game.snakes[0].cost == once + once)
    #expect(game.steps == 7 + 2 * 4)
    #expect(game.phases.map(\.attempts) == [3, 3])
    #expect(game.handsOn + game.waiting == .minutes(77) + once + once)
  }

  @Test("a set-back that does not wait again repeats steps only")
  func noWait() throws {
    let snake = TestPlan.setback(1, backTo: "a", waitsAgain: false, atMost: 1)
    let plan = TestPlan.plan([TestPlan.phase("a", steps: 2, waits: [30], setbacks: [snake])])
    let (_, game) = try TestPlan.play(plan)
    #expect(game.steps == 4)
    #expect(game.waiting == .minutes(30))
  }

  @Test("work stops at closing time and goes on in the morning; a wait goes on at night")
  func nights() throws {
    let work = TestPlan.plan([TestPlan.phase("a", steps: 5, minutes: 60)], hours: 2)
    let worked = try TestPlan.play(work).game
    #expect(worked.handsOn == .minutes(300))
    #expect(worked.day == 3)
    // Two full days, and one hour of the third.
    #expect(worked.elapsed == .seconds(2 * 86_400 + 3600))

    let wait = TestPlan.plan(
      [TestPlan.phase("a", steps: 1, minutes: 119, waits: [60]), TestPlan.phase("b", steps: 1)],
      hours: 2)
    let waited = try TestPlan.play(wait).game
    // The wait ends at 11:59 + 60 min of the first day, after closing time.
    #expect(waited.day == 2)
    #expect(waited.elapsed == .seconds(86_400 + 600))
    #expect(waited.waiting == .minutes(60))
  }

  @Test("the events tell the game: every step, every wait, the way back, and the end")
  func events() throws {
    let snake = TestPlan.setback(1, backTo: "a", findingMinutes: 5, atMost: 1)
    let plan = TestPlan.plan([
      TestPlan.phase("a", steps: 1, waits: [3]), TestPlan.phase("b", steps: 1, setbacks: [snake]),
    ])
    let game = try TestPlan.play(plan, isRecorded: true).game
    let expected: [(Int64, Playthrough.Event.What)] = [
      (0, .began(square: 0, attempt: 1, steps: 1)), (10, .stepDone(square: 0, step: 1)),
      (13, .waited(square: 0, wait: 0, .minutes(3))), (13, .ended(square: 0)),
      (13, .began(square: 1, attempt: 1, steps: 1)), (23, .stepDone(square: 1, step: 1)),
      (28, .setBack(snake: 0, found: .minutes(5))),
      (28, .began(square: 0, attempt: 2, steps: 1)), (38, .stepDone(square: 0, step: 1)),
      (41, .waited(square: 0, wait: 0, .minutes(3))), (41, .ended(square: 0)),
      (41, .began(square: 1, attempt: 2, steps: 1)), (51, .stepDone(square: 1, step: 1)),
      (51, .ended(square: 1)), (51, .running),
    ]
    #expect(game.events.map(\.what) == expected.map(\.1))
    #expect(game.events.map(\.time) == expected.map { .seconds($0.0 * 60) })
  }

  @Test("absurd laws end in a clamped time, not in a crash")
  func absurd() throws {
    var phase = TestPlan.phase("a", steps: 1_000)
    phase.perStep = TestPlan.law(.lognormal(median: .seconds(1_000_000_000), sigma: 10))
    let game = try TestPlan.play(TestPlan.plan([phase])).game
    #expect(game.handsOn > .seconds(1_000_000_000))
  }
}
