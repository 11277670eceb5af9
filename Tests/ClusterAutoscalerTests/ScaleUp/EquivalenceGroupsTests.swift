import ClusterAutoscaler
import KubernetesObjects
import Testing

/// `core/scaleup/equivalence/groups_test.go` of 1.36.
@Suite("Upstream: equivalent pods")
struct EquivalenceGroupsTests {
  private func group(_ pods: [Pod]) -> [[Int]] {
    EquivalenceGroups.group(
      pods.enumerated().map { AutoscalerPod(key: UInt32($0.offset), $0.element) })
  }

  @Test("a controller's kinds of pods are many", arguments: UpstreamCase.of("equivalence"))
  func sizes(_ example: UpstreamCase) {
    let pods = (0..<(example.given["pods"]?.int ?? 0)).map { index in
      var pod = makePod("p\(index)", owner: .replicationController)
      pod.metadata.labels["number"] = "\(index)"
      return pod
    }
    let groups = group(pods)
    #expect(groups.count == example.expected["groups"]?.int)
    #expect(groups.allSatisfy { $0.count == example.expected["each_size"]?.int })
    // Of an eleventh kind every pod stands alone; the first ten find their likes.
    #expect(group(pods + [pods[0], pods[10]]).map(\.count) == [2] + Array(repeating: 1, count: 11))
  }

  @Test("pods of one controller with equal specs are one group, in order of appearance")
  func likes() {
    let a = makePod("a", milliCPU: 100)
    let b = makePod("b", milliCPU: 200)
    #expect(group([a, b, a, makePod("c", milliCPU: 100)]) == [[0, 2, 3], [1]])
  }

  @Test("pods without a controller and daemon pods stand alone")
  func alone() {
    let bare = makePod("a", owner: nil)
    let daemon = makePod("d", owner: .daemonSet)
    #expect(group([bare, bare, daemon, daemon]).count == 4)
  }

  @Test("projected volumes do not make pods differ")
  func projected() {
    let a = makePod("a", volumes: [Volume(name: "token-x", source: .other("projected"))])
    let b = makePod("b", volumes: [Volume(name: "token-y", source: .other("projected"))])
    let c = makePod("c", volumes: [Volume(name: "v", source: .hostPath)])
    #expect(group([a, b, c]) == [[0, 1], [2]])
  }
}
