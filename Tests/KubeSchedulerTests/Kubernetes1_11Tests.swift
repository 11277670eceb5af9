import KubernetesObjects
import Testing
import TimeUnits

@testable import KubeScheduler

/// The rules of early 2019: predicates on conditions, scores up to ten, SelectorSpread.
@Suite struct Kubernetes1_11Tests {
  private func decide(
    _ pod: PodRef, _ nodes: [Node], placed: [(PodRef, String)] = [], selecting: Bool = false
  ) -> (decision: SchedulingDecision, snapshot: SchedulerSnapshot) {
    var snapshot = SchedulerSnapshot(nodes)
    if selecting {
      snapshot.setService(namespace: "default", name: "s", selector: ["app": "a"])
    }
    for (other, node) in placed { snapshot.addPod(other, to: node) }
    var cycle = SchedulingCycle(profile: .kubernetes1_11)
    return (cycle.decide(pod, in: &snapshot, detail: .tables), snapshot)
  }

  private func node(_ name: String, _ conditions: [(NodeCondition.Kind, ConditionStatus)]) -> Node {
    var node = makeNode(name)
    for (type, status) in conditions { node.status.set(type, status, reason: "r", at: .zero) }
    return node
  }

  @Test("Messages are 1.11's own")
  func messages() {
    let nodes = [
      makeNode("a", cpu: 100), makeNode("b", pods: 0),
      makeNode("c", taints: [Taint(key: "k", effect: .noSchedule)]),
    ]
    let (decision, _) = decide(makePod(1, makeSpec(cpu: 500)), nodes)
    #expect(
      decision.diagnosis?.fullMessage
        == "0/3 nodes are available: 1 Insufficient cpu, 1 Insufficient pods, "
        + "1 node(s) had taints that the pod didn't tolerate.")
  }

  @Test("Conditions repel by themselves; memory pressure only pods that ask for nothing")
  func conditions() {
    let nodes = [
      node("lost", [(.ready, .unknown)]), node("ready", [(.ready, .true)]),
      node("tight", [(.ready, .true), (.memoryPressure, .true)]),
      node("full", [(.ready, .true), (.diskPressure, .true)]),
    ]
    let (bestEffort, one) = decide(makePod(1), nodes)
    #expect(one.names(bestEffort.feasible) == ["ready"])
    #expect(
      bestEffort.reasons(one, .kubernetes1_11) == [
        "lost": ["node(s) were not ready"], "tight": ["node(s) had memory pressure"],
        "full": ["node(s) had disk pressure"],
      ])
    let (burstable, two) = decide(makePod(1, makeSpec(cpu: 10)), nodes)
    #expect(two.names(burstable.feasible).sorted() == ["ready", "tight"])
  }

  @Test("Resources, ports and selector are reported together, taints only after them")
  func general() {
    let spec = makeSpec(cpu: 500) { $0.nodeSelector = ["disk": "ssd"] }
    let nodes = [makeNode("a", cpu: 100, taints: [Taint(key: "k", effect: .noSchedule)])]
    let (decision, snapshot) = decide(makePod(1, spec), nodes)
    #expect(
      decision.reasons(snapshot, .kubernetes1_11)["a"]
        == ["node(s) didn't match node selector", "Insufficient cpu"])
  }

  @Test("Least requested and balance score up to ten, of what scores count")
  func resourceScores() {
    let (decision, snapshot) = decide(
      makePod(1, makeSpec(cpu: 2000, memoryMiB: 2048)), [makeNode("a")])
    // cpu 10·(4000 − 2000)/4000 = 5, memory 7 of 7.5: mean 6; balance 10 − 2.5 cut to 7.
    #expect(decision.scores(.nodeResourcesFit, snapshot) == ["a": 6])
    #expect(decision.scores(.balancedAllocation, snapshot) == ["a": 7])
  }

  @Test("SelectorSpread: a third by node, two thirds by zone")
  func selectorSpread() {
    let nodes = [
      makeNode("x1", zone: "x"), makeNode("x2", zone: "x"), makeNode("y1", zone: "y"),
    ]
    let placed = [(makePod(1), "x1"), (makePod(2), "x1"), (makePod(3), "y1")]
    let (decision, snapshot) = decide(makePod(9), nodes, placed: placed, selecting: true)
    // x1: 0/3 + 0; x2: 10/3 + 0; y1: 5/3 + (2/3)·5.
    #expect(decision.scores(.selectorSpread, snapshot) == ["x1": 0, "x2": 3, "y1": 5])
    let (bare, after) = decide(makePod(9), nodes, placed: placed)
    #expect(bare.scores(.selectorSpread, after) == ["x1": 10, "x2": 10, "y1": 10])
  }

  @Test("Preemption says nothing in the message and does not ask who started last")
  func preemption() {
    func placed(_ key: UInt32, _ start: Int64) -> PodRef {
      var pod = makePod(key, makeSpec(cpu: 3000))
      pod.startTime = .seconds(start)
      return pod
    }
    let spec = makeSpec(cpu: 3000) { $0.priority = 10 }
    let (decision, _) = decide(
      makePod(9, spec), [makeNode("a"), makeNode("b")],
      placed: [(placed(1, 1), "a"), (placed(2, 2), "b")])
    #expect(decision.diagnosis?.preemption?.best.count == 2)
    #expect(
      decision.diagnosis?.fullMessage == "0/2 nodes are available: 2 Insufficient cpu.")
  }
}
