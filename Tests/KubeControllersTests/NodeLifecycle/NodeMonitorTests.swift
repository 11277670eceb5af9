import KubeControllers
import KubernetesObjects
import Testing
import TimeUnits

@Suite("Node lifecycle: one node")
struct NodeMonitorTests {
  private func observation(
    _ ready: ConditionStatus?, lease: Int64?, taints: [Taint] = []
  ) -> NodeObservation {
    let conditions = ready.map {
      [
        NodeCondition(
          type: .ready, status: $0, reason: "KubeletReady", message: "", lastTransition: .zero)
      ]
    }
    return NodeObservation(
      name: "a", zone: "z", taints: taints, conditions: conditions ?? [],
      heartbeat: ready == nil ? nil : .zero, leaseRenewal: lease.map { .seconds($0) })
  }

  @Test(
    "A silent kubelet is found out at the first look after the grace, counted from the last news",
    arguments: [(KubernetesRelease.v1_36, 50), (.v1_11, 40)] as [(KubernetesRelease, Int64)])
  func grace(release: KubernetesRelease, grace: Int64) {
    let options = NodeLifecycleOptions(release: release)
    var health: NodeHealth?
    func judge(_ lease: Int64, at now: Int64) -> NodeJudgement {
      NodeMonitor.judge(
        observation(.true, lease: lease), health: &health, options: options, at: .seconds(now))
    }
    #expect(judge(1, at: 5).conditions == nil)
    // The renewal of second 8 is seen at second 10, and counts from there.
    #expect(judge(8, at: 10).conditions == nil)
    #expect(judge(8, at: 10 + grace).conditions == nil)
    let judgement = judge(8, at: 15 + grace)
    #expect(judgement.conditions?.allSatisfy { $0.status == .unknown } ?? false)
    #expect(judgement.conditions?.first { $0.type == .ready }?.reason == "NodeStatusUnknown")
    #expect(judgement.becameNotReady)
    #expect(judgement.evictionTaint == .queue)
  }

  @Test("A node that never posted is given 60 s from its birth")
  func startup() {
    let options = NodeLifecycleOptions()
    var health: NodeHealth?
    func silent(at now: Int64) -> Bool {
      NodeMonitor.judge(
        observation(nil, lease: nil), health: &health, options: options, at: .seconds(now)
      ).conditions != nil
    }
    #expect(!silent(at: 60))
    #expect(silent(at: 65))
  }

  @Test("A kubelet that says itself it is not ready has its pods left as they are")
  func saysNotReady() {
    var health: NodeHealth?
    let judgement = NodeMonitor.judge(
      observation(.false, lease: 0), health: &health, options: NodeLifecycleOptions(), at: .zero)
    #expect(!judgement.becameNotReady)
    #expect(judgement.evictionTaint == .queue)
  }

  @Test("A node that is tainted for the other reason changes taints at once")
  func swap() {
    var health: NodeHealth?
    let tainted = observation(
      .false, lease: 0, taints: [Taint(key: Taint.Key.unreachable, effect: .noExecute)])
    let judgement = NodeMonitor.judge(
      tainted, health: &health, options: NodeLifecycleOptions(), at: .zero)
    #expect(judgement.evictionTaint == .swap(to: Taint.Key.notReady, from: Taint.Key.unreachable))
  }

  @Test(
    "Conditions and cordons become NoSchedule taints, and nothing else does",
    arguments: [
      (.true, false, []), (.false, false, [Taint.Key.notReady]),
      (.unknown, false, [Taint.Key.unreachable]), (.true, true, [Taint.Key.unschedulable]),
    ] as [(ConditionStatus, Bool, [String])])
  func conditionTaints(ready: ConditionStatus, cordoned: Bool, keys: [String]) {
    let change = ConditionTaints(
      conditions: observation(ready, lease: nil).conditions, unschedulable: cordoned, taints: [])
    #expect(change?.add.map(\.key) ?? [] == keys)
    #expect(change?.remove ?? [] == [])
  }

  @Test("Taints of people stay, those of past conditions go")
  func staleTaints() {
    let mine = Taint(key: "mine", effect: .noSchedule)
    let stale = Taint(key: Taint.Key.notReady, effect: .noSchedule)
    let evicting = Taint(key: Taint.Key.notReady, effect: .noExecute)
    let change = ConditionTaints(
      conditions: observation(.true, lease: nil).conditions, unschedulable: false,
      taints: [mine, stale, evicting])
    #expect(change?.add == [])
    #expect(change?.remove == [stale])
  }
}
