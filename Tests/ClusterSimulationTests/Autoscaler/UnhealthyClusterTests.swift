import AWSObjects
import Scenarios
import Testing
import TimeUnits
import Traces

/// Half the nodes fall silent: the autoscaler keeps its hands off until they are back.
@Suite struct UnhealthyClusterTests {
  private typealias World = AutoscaledWorld

  private func draft(stopped: Int) throws -> ScenarioDraft {
    let ids = "--instance-ids $(instances workers | head -n \(stopped))"
    return try World.draft(
      [
        World.group(
          "workers", min: 0, desired: 8, max: 14,
          suspended: [.azRebalance, .replaceUnhealthy, .healthCheck])
      ], minutes: 75,
      [
        World.scale(2, 8), (20, "aws ec2 stop-instances \(ids)"), World.scale(24, 11),
        (40, "aws ec2 start-instances \(ids)"),
      ])
  }

  @Test("Five of nine unready: nothing is ordered or taken, it says so, and it goes on later")
  func freezes() throws {
    let story = try World.play(draft(stopped: 5))
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.sample(at: 19)?.isSafe == true)
    #expect(story.sample(at: 30)?.isSafe == false)
    #expect(story.sample(at: 30)?.unreadyNodes == 5)
    let said = story.minutes("ClusterUnhealthy")
    #expect(said.count > 60)
    #expect(said.allSatisfy { (20.5...43).contains($0) })
    let asked = story.events.filter {
      ["ScaledUpGroup", "ScaleDown", "ScaleDownEmpty"].contains($0.reason)
    }
    #expect(asked.allSatisfy { !(21...40).contains($0.minute) })
    #expect(story.desired("workers", at: 40) == 8)
    // Back again: what waited gets its machines.
    #expect(story.sample(at: 60)?.isSafe == true)
    #expect(story.running() == 11)
    #expect(story.minutes("ScaledUpGroup").contains { $0 > 40 })
  }

  @Test("Three unready are no reason to stop: the pods that wait get machines")
  func goesOn() throws {
    let story = try World.play(draft(stopped: 3))
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.minutes("ClusterUnhealthy").isEmpty)
    #expect(story.minutes("ScaledUpGroup").contains { (20...30).contains($0) })
  }
}
