import AWSObjects
import ClusterSimulation
import EC2AutoScaling
import KubernetesObjects
import Scenarios
import SimulationKernel
import Testing
import TimeUnits
import Traces

/// Machines that run and never become nodes.
@Suite struct NeverRegisteredTests {
  private typealias World = AutoscaledWorld

  private func draft(
    min: Int = 0, desired: Int = 0, minutes: Int64, flags: [String: String] = [:],
    era: Era = .current
  ) throws -> ScenarioDraft {
    var draft = try World.draft(
      [World.group("workers", min: min, desired: desired, max: 4)], minutes: minutes, era: era,
      flags: flags, [World.scale(10, 2)])
    // Those that are there at the start are nodes at once; others take a day.
    draft.parameters = [ParameterOverride(name: .ec2BootToReady, law: .constant(.seconds(86_400)))]
    return draft
  }

  @Test("After the provision time: ScaleUpTimedOut, deleted, backed off, the target taken back")
  func timesOut() throws {
    let story = try World.play(draft(minutes: 33))
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    let timedOut = try #require(story.minutes("ScaleUpTimedOut").first)
    #expect((25...26).contains(timedOut))
    // The revert is refused while the machines are there; deleting them takes the target back.
    #expect(story.minutes("FailedToRevertScaleUp").count == 1)
    #expect(story.minutes("DeleteUnregistered").count == 2)
    #expect(story.desired("workers", at: 27) == 0)
    let backoff = try #require(story.backoffs("workers").first)
    #expect(abs((backoff.to ?? 0) - backoff.from - 5) < 0.5)
    #expect(story.sample(at: 28)?.totals.failedScaleUps == 1)
    // Then it tries again: the pods still wait.
    #expect(story.minutes("ScaledUpGroup").count == 2)
    #expect(
      story.run.simulation.model.world.cloud.instances.count { $0.state == .running } == 1 + 2)
  }

  @Test("A shorter --max-node-provision-time is heeded")
  func flag() throws {
    let story = try World.play(
      draft(minutes: 20, flags: ["max-node-provision-time": "5m"]))
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    let timedOut = try #require(story.minutes("ScaleUpTimedOut").first)
    #expect((15...16).contains(timedOut))
    #expect(story.desired("workers", at: 17) == 0)
  }

  @Test("The minimum stays, whatever never registers")
  func minimum() throws {
    let story = try World.play(draft(min: 2, desired: 2, minutes: 50))
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.sizes.allSatisfy { $0.group != "workers" || $0.desired >= 2 })
  }

  @Test("1.13 backs off and deletes as well; nothing is reverted")
  func old() throws {
    let story = try World.play(draft(minutes: 32, era: .february2019))
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.minutes("ScaleUpTimedOut").count == 1)
    #expect(story.minutes("FailedToRevertScaleUp").isEmpty)
    #expect(story.desired("workers", at: 28) == 0)
  }
}
