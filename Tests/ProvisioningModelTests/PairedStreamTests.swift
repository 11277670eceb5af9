import AWSObjects
import Probability
import ProvisioningModel
import SimulationKernel
import Testing
import TimeUnits

/// The same luck with and without the detour, and with a ladder.
@Suite struct PairedStreamTests {
  private static var plan: ProvisioningPlan {
    func skewed(_ phase: ProvisioningPlan.Phase) -> ProvisioningPlan.Phase {
      var phase = phase
      phase.perStep = TestPlan.law(.lognormal(median: .minutes(3), sigma: 1))
      return phase
    }
    return TestPlan.plan(
      [
        TestPlan.phase("a", steps: 6, setbacks: [TestPlan.setback(0.3, backTo: "a")]),
        TestPlan.phase("detour", steps: 4, onlyIf: .crossRegion),
        TestPlan.phase(
          "b", steps: 9,
          setbacks: [
            TestPlan.setback(0.2, backTo: "detour", onlyIf: .crossRegion),
            TestPlan.setback(0.3, backTo: "b", repeats: 0.4),
          ]),
        TestPlan.phase("c", steps: 3),
      ].map(skewed))
  }

  @Test(
    "every phase takes the same time with and without the detour until a detour's snake strikes")
  func sameLuck() throws {
    var untouched = 0
    for replication in 0..<200 as Range<UInt64> {
      let two = try TestPlan.play(Self.plan, crossRegion: true, replication: replication).game
      let one = try TestPlan.play(Self.plan, crossRegion: false, replication: replication).game
      #expect(two.phases[0] == one.phases[0])
      guard two.snakes[1].strikes == 0 else { continue }
      untouched += 1
      #expect(two.phases[2].handsOn == one.phases[1].handsOn)
      #expect(two.phases[3].handsOn == one.phases[2].handsOn)
      #expect(two.handsOn == one.handsOn + two.phases[1].handsOn)
    }
    // A fifth of the attempts at b: about 160 games are without it.
    #expect((100..<200).contains(untouched))
  }

  @Test("a ladder stands where the last phase that it skips stood; set-backs lead to it")
  func ladder() throws {
    var plan = TestPlan.plan([
      TestPlan.phase("a", steps: 1), TestPlan.phase("b", steps: 2), TestPlan.phase("c", steps: 3),
      TestPlan.phase("d", steps: 4),
      TestPlan.phase("e", steps: 5, setbacks: [TestPlan.setback(1, backTo: "b", atMost: 1)]),
    ])
    plan.ladders = [.init(phase: TestPlan.phase("up", steps: 1), skips: ["b", "d"])]
    #expect(plan.problems.isEmpty)
    let board = try ProvisioningBoard(plan, isCrossRegion: false, ladders: ["up"])
    #expect(board.squares.map(\.phase.name) == ["a", "c", "up", "e"])
    #expect(board.squares.map(\.isLadder) == [false, false, true, false])
    #expect(board.snakes.map(\.to) == [2])
    #expect(board.steps == 10)
  }

  @Test("a set-back of a phase before the ladder does not lead forward to it")
  func backward() throws {
    var plan = TestPlan.plan([
      TestPlan.phase("a", steps: 1),
      TestPlan.phase("b", steps: 2, setbacks: [TestPlan.setback(0.5, backTo: "a")]),
      TestPlan.phase("c", steps: 3),
    ])
    plan.ladders = [.init(phase: TestPlan.phase("up", steps: 1), skips: ["a", "c"])]
    let board = try ProvisioningBoard(plan, isCrossRegion: false, ladders: ["up"])
    #expect(board.squares.map(\.phase.name) == ["b", "up"])
    #expect(board.snakes.map(\.to) == [0])
  }

  @Test("the same seed gives the same game, another seed another")
  func seeds() throws {
    let board = try ProvisioningBoard(Self.plan, isCrossRegion: true)
    let first = board.play(isRecorded: true, streams: TestPlan.streams(seed: 7))
    #expect(first == board.play(isRecorded: true, streams: TestPlan.streams(seed: 7)))
    #expect(first != board.play(isRecorded: true, streams: TestPlan.streams(seed: 8)))
  }
}
