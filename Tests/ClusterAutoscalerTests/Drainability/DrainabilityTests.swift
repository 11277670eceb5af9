import ClusterAutoscaler
import KubernetesObjects
import Testing
import TimeUnits

@Suite("Drainability")
struct DrainabilityTests {
  private func outcome(
    _ pod: Pod, release: AutoscalerRelease = .v1_36, at seconds: Int64 = 10,
    _ change: (inout AutoscalerOptions) -> Void = { _ in }
  ) -> DrainOutcome {
    var options = AutoscalerOptions.defaults(for: release)
    change(&options)
    return Drainability.outcome(
      of: pod,
      in: DrainContext(
        now: .seconds(seconds), options: options, controllers: allControllers))
  }

  @Test("a pod whose controller is gone blocks, whoever the controller was")
  func gone() {
    for kind in [OwnerKind.replicaSet, .replicationController, .job, .statefulSet] {
      let context = DrainContext(now: .zero, options: AutoscalerOptions(), controllers: [:])
      let pod = makePod("p", owner: kind)
      #expect(Drainability.outcome(of: pod, in: context) == .block(.controllerNotFound))
      #expect(outcome(pod) == .undefined)
    }
  }

  @Test("a controller that is to have too few pods keeps them")
  func tooFew() {
    #expect(
      outcome(makePod("p")) { $0.minReplicaCount = 4 } == .block(.minReplicasReached))
    #expect(outcome(makePod("p")) { $0.minReplicaCount = 3 } == .undefined)
  }

  @Test("a pod of a kind that no one knows blocks unless custom controllers are trusted")
  func customController() {
    let pod = makePod("p", owner: .other)
    #expect(outcome(pod) == .block(.notReplicated))
    #expect(outcome(pod) { $0.skipNodesWithCustomControllerPods = false } == .undefined)
  }

  @Test("a pod that asks for it is waited for")
  func onCompletion() throws {
    var pod = makePod("p", owner: .job)
    pod.metadata.annotations["cluster-autoscaler.kubernetes.io/safe-to-evict"] = "on-completion"
    #expect(outcome(pod) == .wait)
    let context = DrainContext(now: .zero, options: AutoscalerOptions())
    let found = try Drainability.podsToMove([AutoscalerPod(key: 1, pod)], in: context).get()
    #expect(found.waitingPods.map(\.key) == [1] && found.pods.isEmpty)
  }

  @Test("a system pod blocks for an hour, and in 1.13 for ever")
  func systemPod() {
    let pod = makePod("p", namespace: "kube-system")
    #expect(outcome(pod, at: 3_600) == .block(.unmovableKubeSystemPod))
    #expect(outcome(pod, at: 3_601) == .drain)
    #expect(outcome(pod, release: .v1_13, at: 99_999) == .block(.unmovableKubeSystemPod))
    #expect(outcome(pod) { $0.skipNodesWithSystemPods = false } == .undefined)
  }

  @Test("data in memory is no local storage, except to 1.13; a host path always is")
  func localStorage() {
    let memory = makePod(
      "p", volumes: [Volume(name: "m", source: .emptyDir(inMemory: true))])
    let host = makePod("p", volumes: [Volume(name: "h", source: .hostPath)])
    #expect(outcome(memory) == .undefined)
    #expect(outcome(memory, release: .v1_13) == .block(.localStorageRequested))
    #expect(outcome(host) == .block(.localStorageRequested))
    #expect(outcome(host) { $0.skipNodesWithLocalStorage = false } == .undefined)
  }

  @Test("the first pod that blocks is named")
  func blocking() {
    let pods = ["a", "b"].enumerated().map {
      AutoscalerPod(key: UInt32($0.offset), makePod($0.element, owner: nil))
    }
    let result = Drainability.podsToMove(
      pods, in: DrainContext(now: .zero, options: AutoscalerOptions()))
    #expect(throws: BlockingPod(key: 0, name: "a", namespace: "default", reason: .notReplicated)) {
      try result.get()
    }
  }

  @Test("1.13 holds even a pod that is safe to evict to its budget")
  func oldBudgets() {
    var pod = makePod("p")
    pod.metadata.annotations["cluster-autoscaler.kubernetes.io/safe-to-evict"] = "true"
    for (release, isBlocked) in [(AutoscalerRelease.v1_13, true), (.v1_36, false)] {
      let context = DrainContext(
        now: .zero, options: .defaults(for: release),
        budgets: RemainingBudgets([makeBudget(allowed: 0)]))
      let result = Drainability.podsToMove([AutoscalerPod(key: 1, pod)], in: context)
      #expect((try? result.get()) == nil ? isBlocked : !isBlocked)
    }
  }
}
