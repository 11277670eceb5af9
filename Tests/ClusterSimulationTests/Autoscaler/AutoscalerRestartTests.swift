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
    "In mid scale-up: 1.36 may order again what is on its way, 1.13 does not, none beyond the maximum",
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

  @Test("In mid scale-down: the marks go, the node is used again, and its time starts anew")
  func scalingDown() throws {
    // Two pods that take five minutes to end keep a node in its drain.
    var draft = try World.draft(
      [World.group("workers", desired: 2, max: 3)], minutes: 60,
      [(21, "kubectl get nodes"), World.restart(25)])
    draft.behaviors = [BehaviorSpec(name: "web", termination: .constant(.seconds(400)))]
    let manifest = World.web(replicas: 2, cpu: "500m").replacing(
      "          containers:",
      with: "          terminationGracePeriodSeconds: 600\n          containers:")
    var story = AutoscaledStory(try World.run(draft, manifest))
    story.play(until: .seconds(24 * 60))
    // 1.36 has no cool-down after its start: the drain has begun after ten minutes.
    let begun = try #require(story.minutes("ScaleDown").first)
    #expect((10...14).contains(begun))
    _ = begun
    story.play(until: .seconds(28 * 60))
    #expect(story.nodes(where: Self.isMarked).isEmpty)
    story.play()
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
  }
}
