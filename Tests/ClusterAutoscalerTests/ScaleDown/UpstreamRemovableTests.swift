import KubernetesObjects
import Testing
import TimeUnits

@testable import ClusterAutoscaler

/// `core/scaledown/unneeded/nodes_test.go` of 1.36.
@Suite("Upstream: which unneeded nodes go")
struct UpstreamRemovableTests {
  @Test("the cases are there") func count() { #expect(UpstreamCase.of("unneeded").count == 6) }

  /// A planner that has found so many empty nodes and so many with pods unneeded for a while.
  private func planner(
    _ cluster: inout TestCluster, empty: Int, drain: Int, isReady: Bool = true, for age: Int
  ) -> ScaleDownPlanner {
    var found: [RemovableNode] = []
    for number in 0..<(empty + drain) {
      let name = "n\(number)"
      cluster.add(
        makeNode(name, milliCPU: 1_000, memory: 1_000), group: "ng", isReady: isReady,
        raisesTarget: false)
      let pods = number < empty ? [] : [AutoscalerPod(key: UInt32(number), makePod("p"))]
      found.append(RemovableNode(name: name, pods: pods, daemonPods: []))
    }
    var planner = ScaleDownPlanner(options: cluster.options)
    planner.unneeded.update(found, at: cluster.now + .seconds(-age))
    return planner
  }

  @Test(
    "no group falls below its minimum",
    arguments: UpstreamCase.of("unneeded").filter {
      $0.given["empty"] != nil
    })
  func minimum(_ example: UpstreamCase) throws {
    let given = example.given
    var cluster = TestCluster()
    cluster.addGroup(
      "ng", min: try #require(given["min_size"]?.int),
      target: try #require(given["target_size"]?.int))
    var planner = planner(
      &cluster, empty: try #require(given["empty"]?.int), drain: try #require(given["drain"]?.int),
      for: 3_600)
    let result = planner.removable(
      cluster.observation, order: Array(planner.unneeded.entries.indices),
      deletionsInProgress: [try #require(given["deletions_in_progress"]?.int)])
    #expect(result.empty.count == example.expected["empty_to_remove"]?.int)
    #expect(result.drain.count == example.expected["drain_to_remove"]?.int)
  }

  @Test(
    "why an unneeded node stays",
    arguments: UpstreamCase.of("unneeded").filter {
      $0.expected["reason"] != nil
    })
  func reason(_ example: UpstreamCase) throws {
    let given = example.given
    var cluster = TestCluster()
    if let time = given["unneeded_time_s"]?.int {
      cluster.options.scaleDownUnneededTime = .seconds(time)
    }
    if let time = given["unready_time_s"]?.int {
      cluster.options.scaleDownUnreadyTime = .seconds(time)
    }
    cluster.addGroup("ng", min: given["min"]?.int ?? 0, target: given["target"]?.int ?? 1)
    var planner = planner(
      &cluster, empty: 1, drain: 0, isReady: given["ready"]?.bool ?? true,
      for: try #require(given["unneeded_for_s"]?.int))
    let result = planner.removable(cluster.observation, order: [0], deletionsInProgress: [0])
    #expect(result.empty.isEmpty)
    #expect(planner.unremovable.reasons["n0"]?.reason.rawValue == example.expected["reason"]?.text)
  }
}
