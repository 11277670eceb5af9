import ClusterAutoscaler
import KubernetesObjects
import Testing
import TimeUnits

/// `simulator/drain_test.go` of 1.36: which pods move, and which keep their node.
@Suite("Upstream: drainability")
struct UpstreamDrainTests {
  @Test("the cases are there") func count() { #expect(UpstreamCase.of("drain").count == 18) }

  @Test("a pod moves, stays or blocks", arguments: UpstreamCase.of("drain"))
  func drain(_ example: UpstreamCase) throws {
    let world = try World(#require(example.given.text))
    for pod in world.pods {
      let result = Drainability.podsToMove([AutoscalerPod(key: 7, pod)], in: world.context)
      switch result {
      case .failure(let blocking):
        #expect(example.expected["blocks"]?.bool == true, "blocked by \(blocking.reason)")
        #expect(blocking.reason.rawValue == example.expected["reason"]?.text)
      case .success(let found):
        #expect(example.expected["blocks"]?.bool == false)
        #expect(found.pods.count == (example.expected["move"]?.bool == true ? 1 : 0))
        #expect(found.daemonPods.count == (example.expected["ds"]?.bool == true ? 1 : 0))
      }
    }
  }

  /// What the sentence of a case describes.
  private struct World {
    var pods: [Pod]
    var context: DrainContext

    static let now = SimulationTime.seconds(100_000)

    init(_ sentence: String) {
      let says = { (words: String) in sentence.contains(words) }
      let isSystem = says("kube-system") || says("blocking-system-pod")
      let hasNoOwner = says("without controller") || says("no controller") || says("static")
      var volumes: [Volume] = []
      if says("emptyDir") {
        volumes = [Volume(name: "data", source: .emptyDir(inMemory: says("medium Memory")))]
      }
      var pod = makePod(
        "p", namespace: isSystem ? "kube-system" : "default",
        owner: says("DaemonSet") ? .daemonSet : hasNoOwner ? nil : .replicaSet, volumes: volumes)
      pod.metadata.creationTime = .seconds(says("running longer") ? 90_000 : 99_990)
      let prefix = "cluster-autoscaler.kubernetes.io/"
      if says("mirror") { pod.metadata.annotations["kubernetes.io/config.mirror"] = "x" }
      if let value = sentence.firstMatch(of: /safe-to-evict=(\w+)/)?.output.1 {
        pod.metadata.annotations[prefix + "safe-to-evict"] = String(value)
      }
      if says("safe-to-evict-local-volumes") {
        pod.metadata.annotations[prefix + "safe-to-evict-local-volumes"] = "other, data"
      }
      if says("deletionTimestamp older") { pod.metadata.deletionTime = .seconds(99_900) }
      pods = says("phase Failed") ? Self.ended(pod) : [pod]
      context = DrainContext(
        now: Self.now, options: AutoscalerOptions(),
        budgets: RemainingBudgets(Self.budgets(sentence, pod)), controllers: allControllers)
    }

    private static func budgets(_ sentence: String, _ pod: Pod) -> [PodDisruptionBudget] {
      guard sentence.contains("PDB"), !sentence.contains("without PDB") else { return [] }
      let allowed = sentence.firstMatch(of: /disruptionsAllowed (\d)/)?.output.1
      let isElsewhere = sentence.contains("another namespace")
      return [
        makeBudget(
          namespace: isElsewhere ? "other" : pod.metadata.namespace,
          allowed: allowed.flatMap { Int64($0) } ?? 1,
          label: sentence.contains("does not match") ? "b" : "a")
      ]
    }

    private static func ended(_ pod: Pod) -> [Pod] {
      var failed = pod
      failed.status.phase = .failed
      failed.status.reason = "Evicted"
      var spec = pod.spec.value.spec
      spec.restartPolicy = .never
      var succeeded = Pod(metadata: pod.metadata, spec: Shared(PodBlueprint(spec)))
      succeeded.status.phase = .succeeded
      return [failed, succeeded]
    }
  }
}
