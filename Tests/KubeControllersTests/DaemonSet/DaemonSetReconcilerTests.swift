import KubeControllers
import KubernetesObjects
import Testing
import TimeUnits

@Suite("DaemonSet")
struct DaemonSetReconcilerTests {
  private func set(
    _ strategy: DaemonSet.UpdateStrategy = .default, nodeSelector: Labels = [:]
  ) -> DaemonSet {
    var template = Fixture.template(labels: ["app": "agent"])
    template.spec.nodeSelector = nodeSelector
    var set = DaemonSet(
      metadata: ObjectMeta(name: "agent"),
      selector: LabelSelector(matchLabels: ["app": "agent"]), template: Shared(template))
    set.updateStrategy = strategy
    return set
  }

  private func place(
    _ name: String, _ pods: [DaemonPod] = [], taints: [Taint] = []
  ) -> DaemonNode {
    DaemonNode(Fixture.node(name, taints: taints), pods: pods)
  }

  private func pod(_ name: String, updated: Bool, ready: Bool = true) -> DaemonPod {
    DaemonPod(Fixture.pod(name, readyAt: ready ? 0 : nil), isUpdated: updated)
  }

  @Test(
    "What keeps a pod away or drives it off",
    arguments: [
      ([], true, true), ([Taint(key: "x", effect: .noSchedule)], false, true),
      ([Taint(key: "x", effect: .noExecute)], false, false),
      ([Taint(key: "x", effect: .preferNoSchedule)], true, true),
      ([Taint(key: Taint.Key.unreachable, effect: .noExecute)], true, true),
      ([Taint(key: Taint.Key.unreachable, effect: .noSchedule)], false, true),
      ([Taint(key: Taint.Key.unschedulable, effect: .noSchedule)], true, true),
      ([Taint(key: Taint.Key.diskPressure, effect: .noSchedule)], true, true),
    ] as [([Taint], Bool, Bool)])
  func eligibility(taints: [Taint], runs: Bool, stays: Bool) {
    let eligibility = NodeEligibility(
      Fixture.template().spec, on: Fixture.node("n", taints: taints))
    #expect(eligibility.shouldRun == runs)
    #expect(eligibility.mayContinue == stays)
  }

  @Test("A node that comes to want a pod wakes the controller, one that stops wanting does not")
  func wakes() {
    let spec = Fixture.template().spec
    let plain = NodeEligibility(spec, on: Fixture.node("n"))
    let tainted = NodeEligibility(
      spec, on: Fixture.node("n", taints: [Taint(key: "x", effect: .noSchedule)]))
    let emptied = NodeEligibility(
      spec, on: Fixture.node("n", taints: [Taint(key: "x", effect: .noExecute)]))
    #expect(plain.needsSync(after: nil))
    #expect(plain.needsSync(after: tainted))
    #expect(!tainted.needsSync(after: plain))
    #expect(emptied.needsSync(after: plain))
    #expect(!plain.needsSync(after: plain))
  }

  @Test("One pod where one belongs, none elsewhere, and only the oldest of several")
  func manage() {
    let selective = set(nodeSelector: ["disk": "ssd"])
    var backoff = FailedPodBackoff()
    let ssd = DaemonNode(Fixture.node("a", labels: ["disk": "ssd"]), pods: [])
    let hdd = place("b", [pod("b1", updated: true)])
    let decision = DaemonSetReconciler.manage(
      selective, nodes: [ssd, hdd], backoff: &backoff, at: .seconds(9))
    #expect(decision.create == ["a"])
    #expect(decision.delete == ["b1"])
    let doubled = place("c", [pod("c1", updated: true), pod("c2", updated: true)])
    #expect(
      DaemonSetReconciler.manage(set(), nodes: [doubled], backoff: &backoff, at: .seconds(9))
        .delete == ["c2"])
  }

  @Test("A failed pod is deleted at once, the next of its node after 1 s, then 2 s, 4 s")
  func failedPods() {
    var backoff = FailedPodBackoff()
    let failed = place("a", [DaemonPod(Fixture.pod("x", phase: .failed), isUpdated: true)])
    func deletes(at now: Int64) -> Bool {
      let decision = DaemonSetReconciler.manage(
        set(), nodes: [failed], backoff: &backoff,
        at: SimulationTime(nanoseconds: now * Fixture.second / 10))
      return decision.failed == ["x"]
    }
    #expect(deletes(at: 0))
    #expect(!deletes(at: 9))
    #expect(deletes(at: 10))
    #expect(!deletes(at: 29))
    #expect(deletes(at: 30))
    #expect(!deletes(at: 69))
  }

  @Test("A rolling update replaces as many as may be missing, those that are down first")
  func rollingUpdate() {
    let strategy = DaemonSet.UpdateStrategy.rollingUpdate(
      maxUnavailable: .int(2), maxSurge: .int(0))
    let nodes = [
      place("a", [pod("a1", updated: false)]), place("b", [pod("b1", updated: false)]),
      place("c", [pod("c1", updated: false, ready: false)]),
      place("d", [pod("d1", updated: true, ready: false)]),
    ]
    let decision = DaemonSetReconciler.rollingUpdate(set(strategy), nodes: nodes, at: .seconds(9))
    #expect(decision.delete == ["c1"])
    #expect(decision.deletable == ["a1", "b1"])
    #expect(decision.takeDeletable == 1)
    #expect(DaemonSetReconciler.rollingUpdate(set(.onDelete), nodes: nodes, at: .zero).isEmpty)
  }

  @Test("With surge the new pod comes first and the old one goes when it is available")
  func surge() {
    let strategy = DaemonSet.UpdateStrategy.rollingUpdate(
      maxUnavailable: .int(0), maxSurge: .percent(50))
    let nodes = [
      place("a", [pod("a1", updated: false), pod("a2", updated: true)]),
      place("b", [pod("b1", updated: false), pod("b2", updated: true, ready: false)]),
      place("c", [pod("c1", updated: false)]), place("d", [pod("d1", updated: false)]),
    ]
    let decision = DaemonSetReconciler.rollingUpdate(set(strategy), nodes: nodes, at: .seconds(9))
    #expect(decision.delete == ["a1"])
    #expect(decision.surgeable == ["c", "d"])
    #expect(decision.takeSurgeable == 1)
  }

  @Test("The status counts nodes, and pods that stand where none belongs")
  func status() {
    let taint = Taint(key: "x", effect: .noSchedule)
    let status = DaemonSetReconciler.status(
      of: set(),
      nodes: [
        place("a", [pod("a1", updated: true)]), place("b"),
        place("c", [pod("c1", updated: false, ready: false)]),
        place("d", [pod("d1", updated: true)], taints: [taint]),
      ], at: .seconds(9))
    #expect(status.desiredNumberScheduled == 3)
    #expect(status.currentNumberScheduled == 2)
    #expect(status.numberMisscheduled == 1)
    #expect(status.numberReady == 1)
    #expect(status.numberUnavailable == 2)
    #expect(status.updatedNumberScheduled == 1)
  }
}
