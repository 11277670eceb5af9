import ClusterSimulation
import EC2AutoScaling
import SimulationKernel
import TestSupport
import Testing
import TimeUnits
import Traces

/// The shipped scenarios about Auto Scaling do what they say.
@Suite struct AutoScalingScenarioTests {
  static let names = ["capacity-shortage", "spot-interruptions", "auto-scaling-groups"]

  @Test("a scenario about Auto Scaling meets its expectations", arguments: names)
  func expectations(name: String) throws {
    var run = try ClusterRun(TestRuns.setup(file: "models/scenarios/\(name).yaml"))
    run.run(until: run.horizon)
    let summary = run.summary(version: "test")
    #expect(summary.expectations.count >= 4)
    for expectation in summary.expectations {
      #expect(expectation.passed, "\(expectation.text): found \(expectation.actual)")
    }
    #expect(run.simulation.model.world.cloud.brokenInvariants.isEmpty)
  }

  @Test("a copy in the middle ends as the run itself, byte for byte", arguments: names)
  func checkpoint(name: String) throws {
    var whole = try ClusterRun(TestRuns.setup(file: "models/scenarios/\(name).yaml"))
    whole.run(until: SimulationTime(nanoseconds: whole.horizon.nanoseconds / 2))
    var copy = whole
    whole.run(until: whole.horizon)
    copy.run(until: copy.horizon)
    #expect(copy.observer.digest.text == whole.observer.digest.text)
  }
}
