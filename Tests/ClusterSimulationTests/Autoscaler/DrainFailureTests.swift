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
    // Both pods are on one node, the other is empty and kept by its minimum.
    var draft = try World.draft(
      [World.group("workers", desired: 1, max: 3), World.group("other", min: 1, desired: 1)],
      minutes: 35, flags: ["scale-down-utilization-threshold": "0.9"], [])
    draft.behaviors = [BehaviorSpec(name: "web", startup: .constant(.seconds(300)))]
    let manifest =
      World.web(replicas: 2, cpu: "300m").replacing(
        "          containers:",
        with: """
                    affinity:
                      podAffinity:
                        preferredDuringSchedulingIgnoredDuringExecution:
                          - weight: 100
                            podAffinityTerm:
                              topologyKey: kubernetes.io/hostname
                              labelSelector: {matchLabels: {app: web}}
                    containers:
          """) + Self.budget
    let story = try World.play(draft, manifest)
    #expect(story.faults.isEmpty, "\(story.faults.prefix(3))")
    for event in story.events { print(event.minute, event.reason, event.message) }
    #expect(!story.nodes { $0.unschedulable }.contains { _ in true })
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
    for event in story.events { print(era, event.minute, event.reason, event.message) }
  }
}
