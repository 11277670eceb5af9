import KubeControllers
import KubernetesObjects
import Testing
import TimeUnits

@Suite("ReplicaSet: how many")
struct ReplicaSetReconcilerTests {
  private func set(_ replicas: Int64) -> ReplicaSet {
    Fixture.replicaSet("web-1", of: Fixture.deployment(replicas: replicas), replicas: replicas)
  }

  @Test(
    "Missing pods are made and surplus pods deleted, 500 at most",
    arguments: [
      (3, 0, .create(3)), (3, 3, .none), (3, 5, .delete(2)), (900, 0, .create(500)),
      (0, 900, .delete(500)),
    ] as [(Int64, Int64, ReplicaSetDecision.Change)])
  func change(replicas: Int64, active: Int64, expected: ReplicaSetDecision.Change) {
    let decision = ReplicaSetReconciler.decide(
      set(replicas), census: ReplicaCensus(active: active), expectationsSatisfied: true)
    #expect(decision.change == expected)
  }

  @Test("Nothing is made while earlier requests are not in the cache, but the status is told")
  func waits() {
    let decision = ReplicaSetReconciler.decide(
      set(3), census: ReplicaCensus(active: 1), expectationsSatisfied: false)
    #expect(decision.change == .awaitingExpectations)
    #expect(decision.status.replicas == 1)
    #expect(decision.statusNeedsUpdate)
  }

  @Test("Terminating and ended pods do not count; terminating ones are told of in 1.36 only")
  func census() {
    let pods = [
      Fixture.pod("a", readyAt: 0), Fixture.pod("b", readyAt: 8), Fixture.pod("c"),
      Fixture.pod("d", phase: .failed), Fixture.pod("e", readyAt: 0).terminating(),
      Fixture.pod("f", labels: [:]),
    ]
    let census = ReplicaCensus(
      of: pods, templateLabels: ["app": "web"], minReadySeconds: 10, at: .seconds(10))
    #expect(
      census
        == ReplicaCensus(active: 4, fullyLabeled: 3, ready: 2, available: 1, terminating: 1))
    #expect(ReplicaSetReconciler.status(of: set(4), census: census).terminatingReplicas == 1)
    #expect(
      ReplicaSetReconciler.status(of: set(4), census: census, release: .v1_11)
        .terminatingReplicas == 0)
  }

  @Test("A pod is available in the very second in which minReadySeconds have passed")
  func availability() {
    let pods = [Fixture.pod(readyAt: 5), Fixture.pod(readyAt: 7)]
    #expect(!pods[0].isAvailable(minReadySeconds: 10, at: .seconds(14)))
    #expect(pods[0].isAvailable(minReadySeconds: 10, at: .seconds(15)))
    func next(_ now: Int64) -> SimulationTime? {
      ReplicaSetReconciler.nextAvailability(
        of: pods, minReadySeconds: 10, after: .seconds(now))
    }
    #expect(next(14) == .seconds(15))
    #expect(next(15) == .seconds(17))
    #expect(next(17) == nil)
  }

  @Test("A refused creation is a condition until the next success")
  func failure() {
    var status = ReplicaSetStatus()
    ReplicaSetReconciler.record(
      failure: "exceeded quota", creating: true, in: &status, at: .seconds(3))
    #expect(status.conditions.map(\.reason) == ["FailedCreate"])
    ReplicaSetReconciler.record(failure: "other", creating: true, in: &status, at: .seconds(4))
    #expect(status.conditions.map(\.message) == ["exceeded quota"])
    ReplicaSetReconciler.record(failure: nil, creating: true, in: &status, at: .seconds(5))
    #expect(status.conditions.isEmpty)
  }
}
