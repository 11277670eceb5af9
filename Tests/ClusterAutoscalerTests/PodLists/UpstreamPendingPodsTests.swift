import KubernetesObjects
import Testing
import TimeUnits

@testable import ClusterAutoscaler

/// `core/podlistprocessor/filter_out_schedulable_test.go` and `core/static_autoscaler_test.go` of
/// 1.36.
@Suite("Upstream: which pods new nodes are for")
struct UpstreamPendingPodsTests {
  @Test("the cases are there") func count() {
    #expect(UpstreamCase.of("filter").count == 5 && UpstreamCase.of("young").count == 5)
  }

  @Test("pods that fit a node are left out", arguments: UpstreamCase.of("filter"))
  func filter(_ example: UpstreamCase) throws {
    var cluster = TestCluster(example.given)
    let milliCPU = try #require(example.given["node_cpu_m"]?.int)
    cluster.add(makeNode("n", milliCPU: Int64(milliCPU), memory: 1 << 30), group: nil)
    for (index, used) in (example.given["already_on_node_cpu_m"]?.list ?? []).enumerated() {
      cluster.add(makePod("on-\(index)", milliCPU: Int64(used.int ?? 0)), on: "n")
    }
    var snapshot = cluster.clusterSnapshot
    let pods = cluster.pendingPods
    var pending = PendingPods()
    let result = pending.filterOutSchedulable(pods, in: &snapshot)
    func names(_ field: String) -> Set<String> {
      Set((example.expected[field]?.list ?? []).compactMap(\.text))
    }
    let left = Set(result.left.map(\.pod.metadata.name))
    #expect(left == names("still_unschedulable"))
    #expect(Set(pods.map(\.pod.metadata.name)).subtracting(left) == names("placed"))
    #expect(result.placed == names("placed").count)
  }

  @Test("young pods wait", arguments: UpstreamCase.of("young"))
  func young(_ example: UpstreamCase) throws {
    var options = AutoscalerOptions()
    options.newPodScaleUpDelay = .seconds(example.given["new_pod_scale_up_delay_s"]?.int ?? 0)
    let start = SimulationTime.seconds(100_000)
    let now = start + .seconds(example.given["now_plus_s"]?.int ?? 0)
    var kept: Set<String> = []
    for (name, field) in try #require(example.given["pods"]?.fields) {
      var pod = makePod(name)
      pod.metadata.creationTime = start + .seconds(-(field["age_s"]?.int ?? 0))
      if let delay = field["delay_annotation"]?.text {
        pod.metadata.annotations[PendingPods.delayAnnotation] = delay
      }
      if PendingPods.isOldEnough(pod, at: now, options) { kept.insert(name) }
    }
    #expect(kept == Set((example.expected["kept"]?.list ?? []).compactMap(\.text)))
  }
}
