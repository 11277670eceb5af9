import AWSObjects
import ClusterSimulation
import KubernetesObjects
import Scenarios
import Testing
import TimeUnits
import Traces

/// The autoscaler's pod ends in the middle of its work; the next one knows nothing of it.
@Suite struct AutoscalerRestartTests {
  private typealias World = AutoscaledWorld

  private static func isMarked(_ node: Node) -> Bool {
    node.taints.contains { $0.key.hasSuffix("ByClusterAutoscaler") } || node.unschedulable
  }

  @Test(
    "In mid scale-up: 1.36 may order again what is on its way, 1.13 not, none beyond the maximum",
    arguments: [Era.current, .february2019])
  func scalingUp(era: Era) throws {
    let draft = try World.draft(
      [World.group("workers", max: 3)], minutes: 20, era: era,
      [World.scale(10, 2), World.restart(10.6)])
    let story = try World.play(draft)
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.minutes("ScaledUpGroup").count { $0 < 10.6 } == 1)
    let sizes = story.sizes.filter { $0.group == "workers" }.map(\.desired)
    #expect(sizes.max() == (era == .current ? 3 : 2))
    #expect(story.running() == 2)
  }

  @Test(
    "In mid scale-down: the marks go, the node is used again, and its time starts anew",
    arguments: [Era.current, .february2019])
  func scalingDown(era: Era) throws {
    // A pod that takes seven minutes to end keeps its node in the drain.
    var draft = try World.draft(
      [World.group("workers", type: "m5.xlarge", min: 0, desired: 2, max: 3)], minutes: 40,
      era: era, [World.scale(1, 2), World.restart(16)])
    draft.behaviors = [BehaviorSpec(name: "web", termination: .constant(.seconds(420)))]
    let manifest = World.web(cpu: "1600m").replacing(
      "      containers:", with: "      terminationGracePeriodSeconds: 600\n      containers:")
    var story = AutoscaledStory(try World.run(draft, manifest))
    story.play(until: .seconds(950))
    #expect(story.nodes(where: Self.isMarked).count == 1)
    story.play(until: .seconds(17 * 60))
    #expect(story.nodes(where: Self.isMarked).isEmpty)
    #expect(story.group("workers")?.desiredCapacity == 2)
    story.play()
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.minutes("ScaleDown").filter { $0 > 16 }.allSatisfy { $0 > 26 })
  }

  @Test("A fresh 1.36 takes nodes away at once, a fresh 1.13 waits ten minutes first")
  func coolDown() throws {
    func removal(_ era: Era) throws -> Double? {
      let draft = try World.draft(
        [World.group("workers", desired: 1)], minutes: 25, era: era,
        flags: ["scale-down-unneeded-time": "8m"], [World.restart(5)])
      let story = try World.play(draft)
      #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
      return story.minutes("ScaleDownEmpty").first
    }
    // Its eight minutes begin anew as well.
    let now = try #require(try removal(.current))
    #expect((13...14).contains(now))
    let then = try #require(try removal(.february2019))
    #expect((15...16).contains(then))
  }
}
