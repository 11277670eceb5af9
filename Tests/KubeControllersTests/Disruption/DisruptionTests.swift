import KubeControllers
import KubernetesObjects
import Testing
import TimeUnits

@Suite("Disruption budgets")
struct DisruptionTests {
  private func budget(
    min: IntOrPercent? = nil, max: IntOrPercent? = nil, always: Bool = false
  ) -> PodDisruptionBudget {
    var budget = PodDisruptionBudget(
      metadata: ObjectMeta(name: "web"), selector: LabelSelector(matchLabels: ["app": "web"]))
    budget.minAvailable = min
    budget.maxUnavailable = max
    budget.evictsUnhealthyAlways = always
    return budget
  }

  private func pods(_ ready: Int, of count: Int) -> [Pod] {
    (0..<count).map { Fixture.pod("p\($0)", readyAt: $0 < ready ? 0 : nil) }
  }

  @Test(
    "Percentages are rounded up, of what the controllers want",
    arguments: [
      (.int(4), nil, 5, 4, 1), (.percent(80), nil, 5, 4, 1), (.percent(50), nil, 7, 4, 3),
      (nil, .percent(30), 4, 2, 2), (nil, .int(0), 4, 4, 0), (.int(9), nil, 5, 9, 0),
      (nil, .int(9), 5, 0, 5),
    ] as [(IntOrPercent?, IntOrPercent?, Int, Int64, Int64)])
  func arithmetic(
    min: IntOrPercent?, max: IntOrPercent?, count: Int, desired: Int64, allowed: Int64
  ) {
    let status = DisruptionReconciler.decide(
      budget(min: min, max: max), status: DisruptionBudgetStatus(), pods: pods(count, of: count),
      scales: [Int64(count)], at: .zero
    ).status
    #expect(status.desiredHealthy == desired)
    #expect(status.disruptionsAllowed == allowed)
  }

  @Test("A granted eviction counts as a disruption until its pod is deleted, two minutes at most")
  func granted() {
    var status = DisruptionBudgetStatus()
    status.disruptedPods = [.init(pod: "p0", at: .seconds(10))]
    func healthy(_ pods: [Pod], at now: Int64) -> Int64 {
      DisruptionReconciler.decide(
        budget(min: .int(1)), status: status, pods: pods, scales: [], at: .seconds(now)
      ).status.currentHealthy
    }
    #expect(healthy(pods(3, of: 3), at: 20) == 2)
    #expect(healthy(pods(3, of: 3), at: 131) == 3)
  }

  @Test("Pods without a controller do not count where a share is asked for")
  func unmanaged() {
    let decision = DisruptionReconciler.decide(
      budget(max: .int(1)), status: DisruptionBudgetStatus(), pods: pods(2, of: 2), scales: [],
      at: .zero)
    #expect(decision.status.disruptionsAllowed == 0)
    #expect(decision.unmanaged == ["p0", "p1"])
  }

  private func judge(
    _ pod: Pod, _ budget: PodDisruptionBudget, allowed: Int64, healthy: Int64, desired: Int64
  ) -> EvictionRequest.Verdict {
    var status = DisruptionBudgetStatus()
    status.observedGeneration = 1
    status.disruptionsAllowed = allowed
    status.currentHealthy = healthy
    status.desiredHealthy = desired
    return EvictionRequest.judge(pod, budgets: [(budget, status)], at: .seconds(5))
  }

  @Test("An eviction takes from the budget, and is refused with the reason when none is left")
  func evictions() {
    let ready = Fixture.pod("p0", readyAt: 0)
    guard
      case .grantedFrom(let spent) = judge(
        ready, budget(), allowed: 1, healthy: 3, desired: 2)
    else {
      Issue.record("the eviction was not granted")
      return
    }
    #expect(spent.disruptionsAllowed == 0)
    #expect(spent.disruptedPods.map(\.pod) == ["p0"])
    #expect(
      judge(ready, budget(), allowed: 0, healthy: 2, desired: 2)
        == .refused(cause: "The disruption budget web needs 2 healthy pods and has 2 currently"))
    #expect(
      judge(ready, budget(), allowed: 0, healthy: 3, desired: 2)
        == .refused(cause: "The disruption budget web does not allow evicting pods currently"))
  }

  @Test("Pending and ended pods go freely; unready ones while the budget is healthy, or always")
  func bypasses() {
    let pending = Fixture.pod(phase: .pending, node: nil)
    #expect(judge(pending, budget(), allowed: 0, healthy: 0, desired: 2) == .granted)
    let unready = Fixture.pod()
    #expect(judge(unready, budget(), allowed: 0, healthy: 2, desired: 2) == .granted)
    #expect(judge(unready, budget(), allowed: 0, healthy: 1, desired: 2) != .granted)
    #expect(judge(unready, budget(always: true), allowed: 0, healthy: 1, desired: 2) == .granted)
  }

  @Test("A pod under two budgets cannot be evicted")
  func twoBudgets() {
    let both = [budget(), budget()].map { ($0, DisruptionBudgetStatus()) }
    #expect(
      EvictionRequest.judge(Fixture.pod(readyAt: 0), budgets: both, at: .zero) == .ambiguous)
  }
}
