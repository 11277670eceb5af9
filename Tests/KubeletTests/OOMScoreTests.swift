import Kubelet
import KubernetesObjects
import Testing

struct OOMScoreTests {
  private func container(
    _ name: String, memory: String?, limit: String? = nil, isSidecar: Bool = false
  ) throws -> Container {
    var container = Container(name: name)
    container.resources.requests["memory"] = try memory.map { try Quantity(parsing: $0) }
    container.resources.limits["memory"] = try limit.map { try Quantity(parsing: $0) }
    if isSidecar { container.restartPolicy = .always }
    return container
  }

  private func score(_ container: Container, _ spec: PodSpec, _ gibibytes: Int64 = 10) -> Int64 {
    OOMScore.adjustment(for: container, of: spec, memoryCapacity: gibibytes << 30)
  }

  @Test("a burstable container is the safer the more it asks for, within its class")
  func burstable() throws {
    for (memory, expected) in [("1Gi", 900), ("1", 999), ("10Gi", 3), ("64Ei", 3)] {
      let container = try container("c", memory: memory)
      #expect(score(container, PodSpec(containers: [container])) == Int64(expected), "\(memory)")
    }
  }

  @Test("a sidecar is no likelier to die than the container that asks for least")
  func sidecar() throws {
    let main = try container("main", memory: "2Gi")
    let small = try container("s", memory: "100Mi", isSidecar: true)
    let large = try container("l", memory: "5Gi", isSidecar: true)
    var spec = PodSpec(containers: [main])
    spec.initContainers = [small, large]
    #expect(score(main, spec) == 800)
    #expect(score(small, spec) == 800)
    #expect(score(large, spec) == 500)
  }

  @Test("the node's own pods are spared whatever they ask for")
  func nodeCritical() throws {
    let container = try container("c", memory: "1Gi")
    var spec = PodSpec(containers: [container])
    spec.priority = 2_000_001_000
    #expect(score(container, spec) == 900)
    spec.priorityClassName = "system-node-critical"
    #expect(score(container, spec) == -997)
  }

  @Test("what a pod-level request leaves over is shared by the containers")
  func podLevel() throws {
    let a = try container("a", memory: "1Gi")
    let b = try container("b", memory: nil)
    var spec = PodSpec(containers: [a, b])
    spec.resources = ResourceRequirements()
    spec.resources?.requests["memory"] = try Quantity(parsing: "3Gi")
    #expect(score(a, spec) == 800)
    #expect(score(b, spec) == 900)
  }

  @Test("in 1.11 the classes stood one apart from today's")
  func oldRelease() throws {
    let container = try container("c", memory: "10Gi")
    let spec = PodSpec(containers: [container])
    #expect(
      OOMScore.adjustment(
        for: container, of: spec, memoryCapacity: 10 << 30, release: .v1_11) == 2)
  }
}
