import AWSObjects
import KubernetesObjects
import Scenarios
import Testing
import TimeUnits
import Traces

/// People change what the autoscaler looks after.
@Suite struct HandChangesTests {
  private typealias World = AutoscaledWorld

  @Test("More machines than needed go again after ten unneeded minutes, one call each")
  func tooMany() throws {
    let story = try World.play(
      World.draft([World.group("workers")], minutes: 35, [World.resize(10, "workers", 3)]))
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.desired("workers", at: 15) == 3)
    let removed = story.sizes.filter { $0.group == "workers" && $0.minute > 12 }
    #expect(removed.map(\.desired) == [2, 1, 0])
    // Launched by 12, a node by 13, unneeded for ten minutes from then on.
    #expect(removed.allSatisfy { (20...26).contains($0.minute) })
    #expect(story.minutes("ScaledUpGroup").isEmpty)
  }

  @Test("An order by hand between two readings is written over by the autoscaler's absolute one")
  func overwritten() throws {
    // Orders of five machines and, seconds later, of a pod that needs one.
    let story = try World.play(
      World.draft(
        [World.group("workers")], minutes: 20,
        [World.resize(10, "workers", 5), World.scale(10, 1)]))
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    let sizes = story.sizes.filter { $0.group == "workers" && $0.minute > 9 }.map(\.desired)
    #expect(sizes == [5, 1])
    #expect(story.running() == 1)
  }

  @Test(
    "A machine terminated by hand is the group's to replace; nothing more is ordered"
  )
  func terminated() throws {
    let story = try World.play(
      World.draft(
        [World.group("workers", desired: 2, max: 4)], minutes: 30,
        [
          World.scale(2, 2),
          (12, "aws ec2 terminate-instances --instance-ids $(instances workers | head -n 1)"),
        ]))
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.running() == 2)
    #expect(story.group("workers")?.desiredCapacity == 2)
    #expect(story.minutes("ScaledUpGroup").isEmpty && story.minutes("ScaleDown").isEmpty)
  }

  @Test("Candidates are marked softly, and the mark goes as soon as they are needed again")
  func softMarks() throws {
    func marks(_ story: AutoscaledStory) -> Int {
      story.nodes { node in
        node.taints.contains { $0.key == "DeletionCandidateOfClusterAutoscaler" }
      }.count
    }
    let draft = try World.draft(
      [World.group("workers", desired: 2, max: 4)], minutes: 20,
      [World.restart(6), World.scale(8, 2)])
    var story = AutoscaledStory(try World.run(draft))
    story.play(until: .seconds(5 * 60))
    #expect(marks(story) == 2)
    // Another process takes off what its predecessor put there.
    story.play(until: .seconds(9 * 60))
    #expect(marks(story) == 0)
    story.play()
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.running() == 2)
  }
}
