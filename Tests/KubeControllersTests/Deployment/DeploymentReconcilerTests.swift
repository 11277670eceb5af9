import KubeControllers
import KubernetesObjects
import Testing
import TimeUnits

@Suite("Deployment")
struct DeploymentReconcilerTests {
  private func decide(
    _ deployment: Deployment, _ sets: [ReplicaSet], at now: Int64 = 100,
    withLivePods: [String] = [], release: KubernetesRelease = .v1_36
  ) -> DeploymentDecision {
    DeploymentReconciler.decide(
      DeploymentInput(
        deployment: deployment, replicaSets: sets, withLivePods: withLivePods),
      at: .seconds(now), release: release)
  }

  /// `name from→to` of each resize, `new n` of each creation.
  private func sizes(_ decision: DeploymentDecision, _ sets: [ReplicaSet]) -> [String] {
    decision.steps.compactMap { step in
      switch step.write {
      case .createReplicaSet(let new): return "new \(new.replicas)"
      case .updateReplicaSet(let name, let replicas, _, _):
        let before = sets.first { $0.metadata.name == name }?.replicas
        return before == replicas ? nil : "\(name) \(before ?? -1)→\(replicas)"
      case .deleteReplicaSet(let name): return "delete \(name)"
      case .updateStatus: return nil
      }
    }
  }

  @Test(
    "Surge is rounded up, unavailability down, and one of them is never 0",
    arguments: [
      (10, .default, 3, 2), (1, .default, 1, 0), (3, .default, 1, 0),
      (4, .rollingUpdate(maxSurge: .int(0), maxUnavailable: .int(0)), 0, 1),
      (3, .rollingUpdate(maxSurge: .int(0), maxUnavailable: .percent(10)), 0, 1),
      (2, .rollingUpdate(maxSurge: .int(0), maxUnavailable: .int(5)), 0, 2),
      (0, .default, 0, 0), (10, .recreate, 0, 0),
    ] as [(Int64, Deployment.Strategy, Int64, Int64)])
  func budget(replicas: Int64, strategy: Deployment.Strategy, surge: Int64, unavailable: Int64) {
    let budget = RollingUpdateBudget(strategy, replicas: replicas)
    #expect(budget.maxSurge == surge)
    #expect(budget.maxUnavailable == unavailable)
  }

  @Test("A new Deployment makes its ReplicaSet at full size and says so in the release's words")
  func creation() throws {
    let deployment = Fixture.deployment(replicas: 3)
    let decision = decide(deployment, [])
    guard case .createReplicaSet(let new) = try #require(decision.steps.first).write else {
      Issue.record("the first write is no creation")
      return
    }
    #expect(new.replicas == 3)
    #expect(new.name == "web-\(new.hash)")
    #expect(new.annotations[DeploymentAnnotation.revision] == "1")
    #expect(new.annotations[DeploymentAnnotation.maxReplicas] == "4")
    #expect(
      decision.steps[0].event?.message == "Scaled up replica set \(new.name) from 0 to 3")
    #expect(
      decide(deployment, [], release: .v1_11).steps[0].event?.message
        == "Scaled up replica set \(new.name) to 3")
    #expect(decision.reasons == [.createdReplicaSet(new.name)])
  }

  @Test("Equal templates have equal hashes, other templates others")
  func hashes() {
    let one = PodTemplateHash.of(Fixture.template())
    #expect(one == PodTemplateHash.of(Fixture.template()))
    #expect(one != PodTemplateHash.of(Fixture.template(image: "a:2")))
    #expect(one != PodTemplateHash.of(Fixture.template(), collisionCount: 1))
    #expect(one.allSatisfy { "bcdfghjklmnpqrstvwxz2456789".contains($0) })
  }

  @Test("A rollout first makes room within surge, then cuts old pods as new ones are available")
  func rollingUpdate() {
    let deployment = Fixture.deployment(replicas: 10, image: "a:2")
    let old = Fixture.replicaSet("old", of: deployment, replicas: 10)
    // Surge 3; two old pods may be missing.
    #expect(sizes(decide(deployment, [old]), [old]) == ["new 3", "old 10→8"])

    func step(old oldSize: Int64, new newSize: Int64, available: Int64) -> [String] {
      let sets = [
        Fixture.replicaSet("old", of: deployment, replicas: oldSize),
        Fixture.replicaSet(
          "new", of: deployment, image: "a:2", replicas: newSize, available: available,
          revision: 2, createdAt: 50),
      ]
      return sizes(decide(deployment, sets), sets)
    }
    #expect(step(old: 8, new: 3, available: 0) == ["new 3→5"])
    #expect(step(old: 8, new: 5, available: 0) == [])
    #expect(step(old: 8, new: 5, available: 2) == ["old 8→6"])
    #expect(step(old: 6, new: 7, available: 7) == ["old 6→1"])
  }

  @Test("Old pods that are not available go first, whatever they were")
  func unhealthyFirst() {
    let deployment = Fixture.deployment(replicas: 10, image: "a:3")
    let sets = [
      Fixture.replicaSet("first", of: deployment, replicas: 8),
      Fixture.replicaSet(
        "broken", of: deployment, image: "a:2", replicas: 3, available: 0, revision: 2,
        createdAt: 10),
      Fixture.replicaSet(
        "new", of: deployment, image: "a:3", replicas: 2, available: 0, revision: 3,
        createdAt: 20),
    ]
    #expect(sizes(decide(deployment, sets), sets) == ["broken 3→0"])
  }

  @Test("A status that reports more pods than are wanted stops every scale-down")
  func staleStatus() {
    let deployment = Fixture.deployment(
      replicas: 8, strategy: .rollingUpdate(maxSurge: .int(2), maxUnavailable: .percent(75)),
      image: "a:2")
    let sets = [
      Fixture.replicaSet("old", of: deployment, replicas: 3, available: 4),
      Fixture.replicaSet(
        "new", of: deployment, image: "a:2", replicas: 7, available: 0, revision: 2,
        createdAt: 10),
    ]
    #expect(sizes(decide(deployment, sets), sets) == [])
  }

  @Test("Scaling in the middle of a rollout is shared out by size, the rest to the largest")
  func proportional() {
    // The worked example of the Deployment documentation: 10 → 15 with surge 3, at 8 and 5.
    let deployment = Fixture.deployment(
      replicas: 15, strategy: .rollingUpdate(maxSurge: .int(3), maxUnavailable: .int(2)),
      image: "a:2")
    let sets = [
      Fixture.replicaSet("old", of: deployment, replicas: 8, desired: 10),
      Fixture.replicaSet(
        "new", of: deployment, image: "a:2", replicas: 5, available: 0, revision: 2, desired: 10,
        createdAt: 10),
    ]
    #expect(sizes(decide(deployment, sets), sets) == ["old 8→11", "new 5→7"])
  }

  @Test("A plain scale sets the one active ReplicaSet to the new size")
  func plainScale() {
    let deployment = Fixture.deployment(replicas: 20)
    let set = Fixture.replicaSet("only", of: deployment, replicas: 5, desired: 5)
    let decision = decide(deployment, [set])
    #expect(sizes(decision, [set]) == ["only 5→20"])
    #expect(decision.reasons == [.replicasChanged])
  }

  @Test("Recreate waits until no old pod is left, terminating ones included")
  func recreate() {
    let deployment = Fixture.deployment(replicas: 4, strategy: .recreate, image: "a:2")
    var old = Fixture.replicaSet("old", of: deployment, replicas: 4)
    #expect(sizes(decide(deployment, [old]), [old]) == ["old 4→0"])
    old.replicas = 0
    #expect(decide(deployment, [old]).reasons == [.waitingForOldPods])
    old.status.replicas = 0
    #expect(
      decide(deployment, [old], withLivePods: ["old"]).reasons == [.waitingForOldPods])
    #expect(sizes(decide(deployment, [old]), [old]) == ["new 4"])
  }

  @Test("A paused Deployment scales but does not roll out")
  func paused() {
    var deployment = Fixture.deployment(replicas: 6, image: "a:2")
    deployment.paused = true
    let old = Fixture.replicaSet("old", of: deployment, replicas: 4, desired: 4)
    let decision = decide(deployment, [old])
    #expect(sizes(decision, [old]) == ["old 4→6"])
    #expect(decision.reasons == [.paused])
  }

  @Test("Without progress the deadline fails the rollout, and not before")
  func deadline() {
    var deployment = Fixture.deployment(replicas: 2, image: "a:2")
    deployment.progressDeadlineSeconds = 60
    let set = Fixture.replicaSet("web-x", of: deployment, image: "a:2", replicas: 2, available: 0)
    deployment.metadata.annotations[DeploymentAnnotation.revision] = "1"
    deployment.status.set(
      .progressing, .true, reason: DeploymentReason.replicaSetUpdated, message: "m",
      at: .seconds(40))
    deployment.status.set(
      .available, .false, reason: DeploymentReason.minimumReplicasUnavailable,
      message: "Deployment does not have minimum availability.", at: .seconds(0))
    deployment.status.observedGeneration = 1
    deployment.status.replicas = 2
    deployment.status.updatedReplicas = 2
    deployment.status.unavailableReplicas = 2
    #expect(decide(deployment, [set], at: 90).requeue == .after(nanoseconds: 11 * Fixture.second))
    #expect(decide(deployment, [set], at: 100).requeue == .rateLimited)
    #expect(decide(deployment, [set], at: 101).reasons == [.timedOut])
  }

  @Test("Old ReplicaSets beyond the limit go, the oldest revision first, if they are empty")
  func history() {
    var deployment = Fixture.deployment(replicas: 1, image: "a:4")
    deployment.revisionHistoryLimit = 1
    deployment.status.observedGeneration = 1
    deployment.status.replicas = 1
    deployment.status.updatedReplicas = 1
    deployment.status.availableReplicas = 1
    let sets = (1...4).map { revision in
      Fixture.replicaSet(
        "rs\(revision)", of: deployment, image: "a:\(revision)",
        replicas: revision == 4 ? 1 : 0, revision: Int64(revision), createdAt: Int64(revision))
    }
    #expect(sizes(decide(deployment, sets), sets) == ["delete rs1", "delete rs2"])
  }

  @Test("Going back to an old template gives its ReplicaSet the next revision and keeps the past")
  func rollback() throws {
    let deployment = Fixture.deployment(replicas: 2, image: "a:1")
    let sets = [
      Fixture.replicaSet("one", of: deployment, image: "a:1", replicas: 0, revision: 1),
      Fixture.replicaSet(
        "two", of: deployment, image: "a:2", replicas: 2, revision: 2, createdAt: 10),
    ]
    guard
      case .updateReplicaSet(let name, _, let annotations, _) = try #require(
        decide(deployment, sets).steps.first
      ).write
    else {
      Issue.record("the first write is no update of a ReplicaSet")
      return
    }
    #expect(name == "one")
    #expect(annotations[DeploymentAnnotation.revision] == "3")
    #expect(annotations[DeploymentAnnotation.revisionHistory] == "1")
  }
}
