import KubeControllers
import KubernetesObjects
import Testing
import TimeUnits

@Suite("StatefulSet")
struct StatefulSetReconcilerTests {
  private func set(_ replicas: Int64, parallel: Bool = false, partition: Int64 = 0) -> StatefulSet {
    var set = StatefulSet(
      metadata: ObjectMeta(name: "db"), selector: LabelSelector(matchLabels: ["app": "db"]),
      template: Shared(Fixture.template()))
    set.replicas = replicas
    set.isParallel = parallel
    set.updateStrategy = .rollingUpdate(partition: partition)
    set.status.currentRevision = "old"
    return set
  }

  private func pod(
    _ ordinal: Int64, _ revision: String = "old", ready: Bool = true,
    phase: PodStatus.Phase = .running
  ) -> StatefulPod {
    StatefulPod(
      Fixture.pod("db-\(ordinal)", phase: phase, readyAt: ready ? 0 : nil), ordinal: ordinal,
      revision: revision)
  }

  private func actions(
    _ set: StatefulSet, _ pods: [StatefulPod], revision: String = "old"
  ) -> [StatefulSetDecision.Action] {
    StatefulSetReconciler.decide(set, pods: pods, updateRevision: revision, at: .seconds(9))
      .actions
  }

  @Test("Pods are made one after another, each when all before it are ready")
  func ordered() {
    #expect(actions(set(3), []) == [.create(ordinal: 0, revision: "old")])
    #expect(actions(set(3), [pod(0, ready: false)]) == [])
    #expect(actions(set(3), [pod(0)]) == [.create(ordinal: 1, revision: "old")])
  }

  @Test("Parallel sets make and remove all at once")
  func parallel() {
    #expect(
      actions(set(2, parallel: true), [])
        == [.create(ordinal: 0, revision: "old"), .create(ordinal: 1, revision: "old")])
    #expect(
      actions(set(1, parallel: true), [pod(0), pod(1), pod(2)])
        == [.delete(pod: "db-2"), .delete(pod: "db-1")])
  }

  @Test("Scaling down takes the highest ordinal, and only while the others are well")
  func scaleDown() {
    #expect(actions(set(1), [pod(0), pod(1), pod(2)]) == [.delete(pod: "db-2")])
    #expect(actions(set(1), [pod(0, ready: false), pod(1)]) == [])
  }

  @Test("An ended pod is deleted; it is made anew when it is gone")
  func ended() {
    #expect(actions(set(1), [pod(0, phase: .failed)]) == [.delete(pod: "db-0")])
  }

  @Test("An update goes from the highest ordinal down to the partition, waiting for each")
  func update() {
    let all = [pod(0), pod(1), pod(2)]
    #expect(actions(set(3), all, revision: "new") == [.delete(pod: "db-2")])
    #expect(
      actions(set(3), [pod(0), pod(1), pod(2, "new", ready: false)], revision: "new") == [])
    #expect(
      actions(set(3, partition: 2), [pod(0), pod(1), pod(2, "new")], revision: "new") == [])
    #expect(
      actions(set(3, partition: 1), [pod(1, "new"), pod(2, "new")], revision: "new")
        == [.create(ordinal: 0, revision: "old")])
  }

  @Test("With every pod updated and ready the new revision is the current one")
  func completion() {
    let decision = StatefulSetReconciler.decide(
      set(2), pods: [pod(0, "new"), pod(1, "new")], updateRevision: "new", at: .seconds(9))
    #expect(decision.status.currentRevision == "new")
    #expect(decision.status.currentReplicas == 2)
  }
}
