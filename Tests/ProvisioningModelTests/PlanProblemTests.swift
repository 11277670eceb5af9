import AWSObjects
import Probability
import ProvisioningModel
import Testing
import TimeUnits

/// What keeps a plan from being played.
@Suite struct PlanProblemTests {
  private static func problems(_ phases: [ProvisioningPlan.Phase]) -> [String] {
    TestPlan.plan(phases).problems.map { "\($0.path): \($0.message)" }
  }

  @Test("every mistake is named at its place, all at once")
  func all() {
    let problems = Self.problems([
      TestPlan.phase("a", steps: 0, setbacks: [TestPlan.setback(-0.1, backTo: "b")]),
      TestPlan.phase("b", steps: 1, setbacks: [TestPlan.setback(0.1, backTo: "x", repeats: 0)]),
      TestPlan.phase(
        "a", steps: 1,
        setbacks: [TestPlan.setback(0.7, backTo: "a"), TestPlan.setback(0.6, backTo: "b")]),
    ])
    #expect(
      problems == [
        "spec.phases[2].name: the name 'a' is taken",
        "spec.phases[0].steps.count: a phase has 1 to 1000 steps, not 0",
        "spec.phases[0].setbacks[0].chance: a chance lies between 0 and 1, not -0.1",
        "spec.phases[0].setbacks[0].backTo: 'b' comes after 'a': a set-back leads back",
        "spec.phases[1].setbacks[0].repeats: a share of the steps is above 0 and at most 1",
        "spec.phases[1].setbacks[0].backTo: no phase is called 'x'",
        "spec.phases[2].setbacks: the chances sum to 1.3, which is more than 1",
      ])
  }

  @Test("a phase that never ends is refused; a limited set-back may be certain")
  func endless() {
    let certain = TestPlan.setback(1, backTo: "a")
    #expect(
      Self.problems([TestPlan.phase("a", steps: 1, setbacks: [certain])])
        == ["spec.phases[0].setbacks: the chances sum to 1: the phase never ends"])
    let limited = TestPlan.setback(1, backTo: "a", atMost: 3)
    #expect(Self.problems([TestPlan.phase("a", steps: 1, setbacks: [limited])]).isEmpty)
  }

  @Test("a board that hardly anybody crosses is refused before anybody tries")
  func crossing() {
    let phases = (0..<12).map { index in
      TestPlan.phase("p\(index)", steps: 1, setbacks: [TestPlan.setback(0.9, backTo: "p0")])
    }
    #expect(Self.problems(phases).first?.contains("hardly anybody") == true)
  }

  @Test("a way back to a phase that is not always there needs the same condition")
  func condition() {
    let detour = TestPlan.phase("d", steps: 1, onlyIf: .crossRegion)
    let always = TestPlan.setback(0.1, backTo: "d")
    let far = TestPlan.setback(0.1, backTo: "d", onlyIf: .crossRegion)
    #expect(
      Self.problems([detour, TestPlan.phase("a", steps: 1, setbacks: [always])])
        == ["spec.phases[1].setbacks[0].backTo: 'd' is there only if crossRegion"])
    #expect(Self.problems([detour, TestPlan.phase("a", steps: 1, setbacks: [far])]).isEmpty)
  }

  @Test("ladders and claims name phases, and a claim's steps are the published sum")
  func namesAndSums() {
    var plan = TestPlan.plan([TestPlan.phase("kubectl", steps: 5), TestPlan.phase("b", steps: 2)])
    plan.ladders = [.init(phase: TestPlan.phase("up", steps: 1), skips: ["kubectx"])]
    plan.taken = ["ups"]
    plan.claims = [.init(text: "", through: "b", steps: 8, provenance: TestPlan.guess)]
    #expect(
      plan.problems == [
        ProvisioningProblem(
          path: "spec.ladders[0].skips[0]", message: "no phase is called 'kubectx'",
          suggestion: "did you mean 'kubectl'?"),
        ProvisioningProblem(
          path: "spec.take[0]", message: "no ladder is called 'ups'",
          suggestion: "did you mean 'up'?"),
        ProvisioningProblem(
          path: "spec.claims[0].steps",
          message: "the published steps up to 'b' sum to 7, not 8"),
      ])
  }
}
