import AWSObjects
import KubernetesObjects
import Scenarios
import Testing
import TimeUnits
import Traces

/// Pods that keep their node.
@Suite struct DrainFailureTests {
  private typealias World = AutoscaledWorld

  private static let budget = """
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata: {name: web}
    spec:
      maxUnavailable: 1
      selector: {matchLabels: {app: web}}

    """

  @Test("A budget that allows one at a time: two minutes of tries, then the node stays in use")
  func budget() throws {
    // Both pods are on one node; room for them comes later, on a node that nobody takes away.
    var spare = World.group("spare", type: "m5.xlarge", zones: ["us-east-1c"])
    spare.autoScaling.tags = []
    var draft = try World.draft(
      [World.group("workers", type: "m5.xlarge", desired: 1, max: 1), spare], minutes: 40,
      flags: ["scale-down-utilization-threshold": "0.9"], [World.resize(2, "spare", 1)])
    // What takes the place of an evicted pod is not ready for five minutes.
    draft.behaviors = [BehaviorSpec(name: "web", startup: .constant(.seconds(300)))]
    let manifest = World.web(replicas: 2, cpu: "1500m").replacing(
      "requests: {cpu: 1500m}}",
      with: "requests: {cpu: 1500m}}, readinessProbe: {tcpSocket: {port: 80}}")
    var story = AutoscaledStory(
      try World.run(draft, manifest + Self.budget))
    story.play(until: .seconds(20 * 60))
    let begun = try #require(story.minutes("ScaleDown").first)
    let failed = try #require(story.minutes("ScaleDownFailed").first)
    #expect(abs(failed - begun - 2) < 0.2)
    #expect(story.sample(at: 20)?.totals.evictedPods == 1)
    #expect(story.sample(at: 20)?.totals.scaledDownUnderutilized == 0)
    let node = try #require(story.nodes { $0.providerID.contains("us-east-1a") }.first)
    #expect(!node.unschedulable && node.taints.isEmpty)
    #expect(story.group("workers")?.desiredCapacity == 1)
    // Unneeded for ten minutes again, and the budget content: now it goes.
    story.play()
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    #expect(story.group("workers")?.desiredCapacity == 0)
    #expect(story.sample(at: 40)?.totals.scaledDownUnderutilized == 1)
    #expect(story.running() == 2)
  }

  @Test(
    "A kube-system pod without a budget keeps its node for an hour, in 1.13 for ever",
    arguments: [Era.current, .february2019])
  func systemPods(era: Era) throws {
    let manifest = World.web("tool", replicas: 1, cpu: "500m").replacing(
      "metadata: {name: tool}", with: "metadata: {name: tool, namespace: kube-system}")
    let story = try World.play(
      World.draft(
        [World.group("workers", desired: 2, max: 3)], minutes: 100, era: era, []), manifest)
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    // The empty node goes soon; that of the pod after its hour and the unneeded time.
    #expect(story.desired("workers", at: 40) == 1)
    #expect(story.desired("workers", at: 100) == (era == .current ? 0 : 1))
  }
}
