import KubeScheduler
import KubernetesObjects
import Testing

@testable import ClusterAutoscaler

/// `estimator/binpacking_estimator_test.go` of 1.36.
@Suite("Upstream: how many nodes pods need")
struct UpstreamEstimateTests {
  static let cases = UpstreamCase.of("estimate").filter { $0.given["template"] != nil }

  @Test("the cases are there") func count() { #expect(Self.cases.count == 9) }

  @Test("nodes and pods of an estimate", arguments: cases)
  func estimate(_ example: UpstreamCase) throws {
    let given = example.given
    var cluster = TestCluster()
    // The real tests have an old node in another zone in every case.
    let zone = given["existing"]?["zone"]?.text ?? "zone-jupiter"
    cluster.add(
      makeNode("old", milliCPU: 100, memory: 1 << 30, labels: [WellKnownLabel.zone: zone]),
      group: nil)
    var key: UInt32 = 0
    let groups = try #require(given["groups"]?.list).map { field -> [AutoscalerPod] in
      let pod = pod(field)
      return (0..<(field["count"]?.int ?? 0)).map { _ in
        key += 1
        return AutoscalerPod(key: key, pod)
      }
    }
    let estimate = BinpackingEstimator.estimate(
      groups, on: NodeTemplate(node: template(given["template"])), in: cluster.clusterSnapshot,
      limiter: EstimationLimiter(
        thresholds: [EstimationThreshold(nodes: given["max_nodes"]?.int ?? 0)]))
    #expect(estimate.nodeCount == example.expected["new_nodes"]?.int)
    #expect(estimate.pods.count == example.expected["pods_scheduled"]?.int)
    #expect(Set(estimate.pods).count == estimate.pods.count)
  }

  private func template(_ field: JSON?) -> Node {
    var node = makeNode(
      "template", milliCPU: Int64(field?["cpu_m"]?.int ?? 0),
      memory: Int64(field?["mem"]?.int ?? 1_000_000),
      labels: [WellKnownLabel.zone: field?["zone"]?.text ?? "zone-mars"])
    node.status.allocatable["pods"] = Quantity(value: Int64(field?["pods"]?.int ?? 0))
    node.status.capacity["pods"] = node.status.allocatable["pods"]
    return node
  }

  private func pod(_ field: JSON) -> Pod {
    makePod(
      "p", milliCPU: Int64(field["cpu_m"]?.int ?? 0), memory: Int64(field["mem"]?.int ?? 0)
    ) { spec in
      if let port = field["host_port"]?.int {
        spec.containers[0].ports = [
          ContainerPort(containerPort: Int64(port), hostPort: Int64(port))
        ]
      }
      guard let spread = field["topology_spread"] else { return }
      var constraint = TopologySpreadConstraint(
        maxSkew: Int64(spread["max_skew"]?.int ?? 1), topologyKey: spread["key"]?.text ?? "",
        whenUnsatisfiable: .doNotSchedule, labelSelector: LabelSelector(matchLabels: ["app": "a"]))
      constraint.minDomains = spread["min_domains"]?.int.map { Int64($0) }
      spec.topologySpreadConstraints = [constraint]
    }
  }
}
