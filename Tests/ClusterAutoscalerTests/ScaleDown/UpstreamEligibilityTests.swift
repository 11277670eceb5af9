import KubernetesObjects
import Testing
import TimeUnits

@testable import ClusterAutoscaler

/// `core/scaledown/eligibility/eligibility_test.go` of 1.36, and 1.13's comparison.
@Suite("Upstream: which nodes may be looked at for removal")
struct UpstreamEligibilityTests {
  @Test("the cases are there") func count() { #expect(UpstreamCase.of("eligible").count == 10) }

  @Test("a node is a candidate, or why not", arguments: UpstreamCase.of("eligible"))
  func eligible(_ example: UpstreamCase) throws {
    var cluster = TestCluster()
    let given = example.given
    cluster.options.scaleDownUtilizationThreshold = given["threshold"]?.double ?? 0.5
    cluster.options.ignoreDaemonSetsUtilization = given["ignore_daemonsets"]?.bool ?? false
    cluster.options.scaleDownUnreadyEnabled = given["scale_down_unready_enabled"]?.bool ?? true
    var node = makeNode("n", milliCPU: Int64(given["node_cpu_m"]?.int ?? 1_000), memory: 1_000)
    if let taint = given["taint"] {
      let age = try #require(taint.numbers.first)
      node.taints = [
        Taint(
          key: try #require(taint.text?.split(separator: " ").first.map(String.init)),
          value: "\(Int(cluster.now.secondsValue) - age)", effect: .noSchedule)
      ]
    }
    if let pair = given["annotation"]?.text?.split(separator: "=") {
      node.metadata.annotations[String(pair[0])] = String(pair[1])
    }
    cluster.add(node, group: "ng", isReady: given["ready"]?.bool ?? true)
    addPods(given, to: &cluster)
    let reason = try reason(cluster)
    #expect(reason?.rawValue == example.expected["reason"]?.text)
    #expect((reason == nil) == example.expected["candidate"]?.bool)
    if let old = example.note.map({ JSON.text($0).numbers })?.first, given["taint"] != nil {
      cluster.now = cluster.now + .seconds(old * 60)
      #expect(try self.reason(cluster) == nil)
    }
  }

  private func addPods(_ given: JSON, to cluster: inout TestCluster) {
    for (field, owner) in [("pods", OwnerKind.replicaSet), ("ds_pods", .daemonSet)] {
      for (index, milliCPU) in (given[field]?.list ?? []).enumerated() {
        cluster.add(
          makePod("\(field)-\(index)", milliCPU: Int64(milliCPU.int ?? 0), owner: owner), on: "n")
      }
    }
  }

  private func reason(_ cluster: TestCluster) throws -> UnremovableReason? {
    var planner = ScaleDownPlanner(options: cluster.options)
    let node = try #require(cluster.observation.nodes.first)
    return planner.ineligibility(node, cluster.observation, cluster.clusterSnapshot)
  }

  @Test(
    "1.13 wants less than the threshold", arguments: UpstreamCase.of("era113", "era113.threshold"))
  func old(_ example: UpstreamCase) throws {
    var cluster = TestCluster()
    cluster.options = .defaults(for: .v1_13)
    cluster.options.scaleDownUtilizationThreshold = try #require(example.given["threshold"]?.double)
    cluster.add(makeNode("n", milliCPU: 1_000, memory: 1_000), group: "ng")
    let share = try #require(example.given["utilization"]?.double)
    cluster.add(makePod("p", milliCPU: Int64(share * 1_000)), on: "n")
    #expect((try reason(cluster) == nil) == example.expected["unneeded"]?.bool)
    cluster.options.release = .v1_36
    #expect(try reason(cluster) == nil)
  }
}
