import KubernetesObjects
import Testing

@testable import ClusterAutoscaler

@Suite("Packing by arithmetic")
struct RoomPackingTests {
  /// A number that looks drawn.
  private struct Numbers {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  @Test("arithmetic and trial give the same estimate", arguments: 0..<60)
  func agrees(_ seed: Int) {
    var numbers = Numbers(state: UInt64(seed))
    var cluster = TestCluster()
    cluster.add(makeNode("old", milliCPU: 500, memory: 500), group: nil)
    var key: UInt32 = 10
    let groups = (0..<(1 + numbers.next(6))).map { number -> [AutoscalerPod] in
      var pod = makePod(
        "p\(number)", milliCPU: Int64(numbers.next(8) * 100), memory: Int64(numbers.next(6) * 100))
      if numbers.next(5) == 0 {
        pod = makePod("q\(number)", milliCPU: 100) { $0.nodeSelector = ["no": "such"] }
      }
      return (0..<(1 + numbers.next(30))).map { _ in
        key += 1
        return AutoscalerPod(key: key, pod)
      }
    }
    var template = NodeTemplate(
      node: makeNode(
        "t", milliCPU: Int64(600 + numbers.next(10) * 100),
        memory: Int64(500 + numbers.next(10) * 100)))
    template.node.status.allocatable["pods"] = Quantity(value: Int64(3 + numbers.next(8)))
    template.pods = [makePod("d", milliCPU: 50, owner: .daemonSet)]
    let limiter = EstimationLimiter(
      thresholds: [EstimationThreshold(nodes: numbers.next(3) == 0 ? 1 + numbers.next(5) : 0)])
    let snapshot = cluster.clusterSnapshot
    let sorted = BinpackingEstimator.decreasing(groups, on: template)
    var trial = snapshot
    let node = trial.add(template, named: "e-0")
    let packed = RoomPacking(
      sorted, on: template, standingAs: node, in: &trial, limiter: limiter)?.estimate
    let tried = BinpackingEstimator.estimateByTrial(
      sorted, on: template, in: snapshot, limiter: limiter)
    #expect(packed?.nodeCount == tried.nodeCount)
    #expect(packed?.pods == tried.pods)
    #expect(packed?.requests == tried.requests)
  }

  @Test("pods that other pods keep away are tried one by one")
  func notByArithmetic() {
    let cluster = TestCluster()
    let template = NodeTemplate(node: makeNode("t", milliCPU: 1_000, memory: 1_000))
    let port = makePod("p", milliCPU: 100) { spec in
      spec.containers[0].ports = [ContainerPort(containerPort: 80, hostPort: 80)]
    }
    let gpu = makePod("g", others: ["nvidia.com/gpu": 1])
    let apart = makePod("a") { spec in
      var affinity = Affinity()
      affinity.requiredPodAntiAffinity = [
        PodAffinityTerm(
          labelSelector: LabelSelector(matchLabels: ["app": "a"]),
          topologyKey: WellKnownLabel.hostname)
      ]
      spec.affinity = affinity
    }
    for pod in [port, gpu, apart] {
      var trial = cluster.clusterSnapshot
      let node = trial.add(template, named: "e-0")
      let packing = RoomPacking(
        [[AutoscalerPod(key: 1, pod)]], on: template, standingAs: node, in: &trial,
        limiter: EstimationLimiter(thresholds: []))
      #expect(packing == nil)
    }
  }
}
