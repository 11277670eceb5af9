import ClusterAutoscaler
import KubernetesObjects
import Testing
import TimeUnits

@Suite("Utilization")
struct UtilizationTests {
  private let node = makeNode("n", milliCPU: 2_000, memory: 1_000)

  private func value(
    _ pods: [Pod], on node: Node? = nil, release: AutoscalerRelease = .v1_36,
    group: NodeGroupOptions = NodeGroupOptions(),
    _ change: (inout AutoscalerOptions) -> Void = { _ in }
  ) throws -> Double {
    var options = AutoscalerOptions.defaults(for: release)
    change(&options)
    return try Utilization.of(
      node: node ?? self.node, pods: pods, options: options, group: group, at: .seconds(10_000)
    ).value
  }

  @Test("the larger share decides and is named")
  func larger() throws {
    let info = try Utilization.of(
      node: node, pods: [makePod("a", milliCPU: 500, memory: 100)], options: AutoscalerOptions(),
      group: NodeGroupOptions(), at: .zero)
    #expect(
      info == UtilizationInfo(cpu: 0.25, memory: 0.1, gpu: 0, resource: "cpu", value: 0.25))
  }

  @Test("a group's tag overrides the flag for daemon pods")
  func groupOption() throws {
    let pods = [makePod("d", milliCPU: 1_000, owner: .daemonSet), makePod("a", milliCPU: 500)]
    var group = NodeGroupOptions()
    #expect(try value(pods) == 0.75)
    group.ignoreDaemonSetsUtilization = true
    #expect(try value(pods, group: group) == 0.5)
    group.ignoreDaemonSetsUtilization = false
    #expect(try value(pods, group: group) { $0.ignoreDaemonSetsUtilization = true } == 0.75)
  }

  @Test("1.13 takes daemon pods from the upper side only, and counts pods that should have ended")
  func old() throws {
    let pods = [makePod("d", milliCPU: 1_000, owner: .daemonSet), makePod("a", milliCPU: 500)]
    #expect(try value(pods, release: .v1_13) { $0.ignoreDaemonSetsUtilization = true } == 0.25)
    var ended = makePod("e", milliCPU: 1_000)
    ended.metadata.deletionTime = .seconds(1)
    #expect(try value([ended], release: .v1_13) == 0.5)
    #expect(try value([ended]) == 0)
  }

  @Test("on a node with GPUs they alone count, except to 1.13")
  func gpu() throws {
    let node = makeNode("g", milliCPU: 2_000, memory: 1_000, others: ["nvidia.com/gpu": 4])
    let pod = makePod("p", milliCPU: 1_000, others: ["nvidia.com/gpu": 1])
    #expect(try value([pod], on: node) == 0.25)
    #expect(try value([pod], on: node, release: .v1_13) == 0.5)
  }
}
