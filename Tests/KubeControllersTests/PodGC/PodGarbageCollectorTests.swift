import KubeControllers
import KubernetesObjects
import Testing
import TimeUnits

@Suite("Pod garbage collection")
struct PodGarbageCollectorTests {
  private func names(
    _ collector: PodGarbageCollector, _ pods: [Pod],
    _ memory: inout PodGarbageCollector.Memory, nodes: [Node] = [Fixture.node("n-0")],
    at now: Int64 = 0
  ) -> [String] {
    collector.collect(pods, nodes: nodes, memory: &memory, at: .seconds(now))
      .map { pods[$0.pod].metadata.name }
  }

  @Test("Ended pods go beyond the threshold only: evicted ones first, then the oldest")
  func terminated() {
    var collector = PodGarbageCollector()
    collector.terminatedPodThreshold = 2
    var memory = PodGarbageCollector.Memory()
    var pods = (0..<4).map { Fixture.pod("p\($0)", phase: .failed) }
    for index in pods.indices {
      pods[index].metadata.creationTime = .seconds(Int64(10 + index))
    }
    pods[3].status.reason = "Evicted"
    #expect(names(collector, pods, &memory) == ["p3", "p0"])
    #expect(names(collector, Array(pods.prefix(2)), &memory) == [])
  }

  @Test("Pods of a vanished node go when it has been missed for 40 s, in 1.11 at once")
  func orphaned() {
    let pods = [Fixture.pod("lost", node: "gone"), Fixture.pod("kept")]
    var memory = PodGarbageCollector.Memory()
    let collector = PodGarbageCollector()
    #expect(names(collector, pods, &memory, at: 20) == [])
    #expect(names(collector, pods, &memory, at: 40) == [])
    #expect(names(collector, pods, &memory, at: 60) == ["lost"])
    var other = PodGarbageCollector.Memory()
    #expect(names(PodGarbageCollector(release: .v1_11), pods, &other) == ["lost"])
  }

  @Test("A node that is back in time keeps its pods")
  func returned() {
    let pods = [Fixture.pod("lost", node: "gone")]
    var memory = PodGarbageCollector.Memory()
    let collector = PodGarbageCollector()
    #expect(names(collector, pods, &memory, at: 20) == [])
    #expect(names(collector, pods, &memory, nodes: [Fixture.node("gone")], at: 60) == [])
  }

  @Test("Pods deleted before they were bound, and those of nodes out of service, go at once")
  func others() {
    var down = Fixture.node("n-9", taints: [Taint(key: Taint.Key.outOfService, effect: .noExecute)])
    down.status.set(.ready, .unknown, reason: "NodeStatusUnknown", at: .zero)
    let pods = [
      Fixture.pod("unbound", phase: .pending, node: nil).terminating(),
      Fixture.pod("waiting", phase: .pending, node: nil),
      Fixture.pod("stuck", node: "n-9").terminating(), Fixture.pod("alive", node: "n-9"),
    ]
    var memory = PodGarbageCollector.Memory()
    #expect(names(PodGarbageCollector(), pods, &memory, nodes: [down]) == ["stuck", "unbound"])
  }
}
