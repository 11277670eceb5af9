import KubernetesObjects
import Testing
import TimeUnits

@testable import ClusterAutoscaler

/// `core/static_autoscaler.go` of 1.36, and of 1.13 where a case says so.
@Suite("Upstream: whole loops")
struct UpstreamLoopTests {
  @Test("the cases are there") func count() { #expect(UpstreamCase.of("loop").count == 3) }

  /// A busy node, and an empty one that was found unneeded long ago.
  private func cluster(
    _ options: AutoscalerOptions = AutoscalerOptions()
  ) -> TestCluster {
    var cluster = TestCluster()
    cluster.options = options
    cluster.add(makeNode("busy", milliCPU: 1_000, memory: 1_000), group: "ng")
    cluster.add(makePod("on-busy", milliCPU: 700), on: "busy")
    cluster.add(makeNode("due", milliCPU: 1_000, memory: 1_000), group: "ng")
    return cluster
  }

  private func loop(
    _ cluster: TestCluster, startedAt start: SimulationTime = .zero, sinceSeconds age: Int = 3_600
  ) throws -> ClusterAutoscalerLoop {
    var loop = try cluster.makeLoop(startedAt: start)
    loop.scaleDown.unneeded.update(
      [RemovableNode(name: "due", pods: [], daemonPods: [])], at: cluster.now + .seconds(-age))
    return loop
  }

  @Test("the due node goes if nothing keeps it")
  func control() throws {
    for release in AutoscalerRelease.allCases {
      let cluster = cluster(.defaults(for: release))
      var loop = try loop(cluster)
      var environment = TestEnvironment()
      _ = loop.runOnce(cluster.observation, in: &environment)
      #expect(environment.deleted == ["due"])
    }
  }

  @Test("pods that have just come wait a loop", arguments: UpstreamCase.of("loop", "loop.young"))
  func young(_ example: UpstreamCase) throws {
    for release in AutoscalerRelease.allCases {
      var cluster = cluster(.defaults(for: release))
      for (index, age) in (example.given["pending_pod_ages_s"]?.list ?? []).enumerated() {
        var pod = makePod("new-\(index)", milliCPU: 1_000, memory: 800)
        pod.metadata.creationTime = cluster.now + .seconds(-(age.double ?? 0))
        cluster.add(pod)
        // Three find no place even on the empty node.
        if index == 0 { cluster.add(pod) }
      }
      var loop = try loop(cluster)
      var environment = TestEnvironment()
      let report = loop.runOnce(cluster.observation, in: &environment)
      #expect(report.scaleUp == .podsTooNew || report.podsToHelp.isEmpty)
      #expect(!environment.increases.isEmpty == example.expected["scale_up"]?.bool)
      #expect(!environment.deleted.isEmpty == example.expected["scale_down_this_loop"]?.bool)
    }
  }

  @Test("nothing goes soon after nodes came", arguments: UpstreamCase.of("loop", "loop.cool"))
  func cooldown(_ example: UpstreamCase) throws {
    var cluster = cluster()
    cluster.options.scaleDownDelayAfterAdd = .seconds(
      try #require(example.given["delay_after_add_s"]?.int))
    var loop = try loop(cluster)
    let since = loop.scaleDown.unneeded.since("due")
    loop.lastScaleUpTime =
      cluster.now + .seconds(-(try #require(example.given["last_scale_up_s_ago"]?.int)))
    var environment = TestEnvironment()
    _ = loop.runOnce(cluster.observation, in: &environment)
    #expect(!environment.deleted.isEmpty == example.expected["scale_down_deletes"]?.bool)
    let advances = loop.scaleDown.unneeded.since("due") == since
    #expect(advances == example.expected["unneeded_timers_advance"]?.bool)
    // A second later it may.
    cluster.now = cluster.now + .seconds(1)
    _ = loop.runOnce(cluster.observation, in: &environment)
    #expect(environment.deleted == ["due"])
  }

  @Test("machines that never register go", arguments: UpstreamCase.of("loop", "loop.unregistered"))
  func unregistered(_ example: UpstreamCase) throws {
    for release in AutoscalerRelease.allCases {
      var cluster = cluster(.defaults(for: release))
      cluster.options.maxNodeProvisionTime = .seconds(
        try #require(example.given["max_node_provision_time_s"]?.int))
      let ages = (example.given["instance_age_without_node_s"]?.list ?? []).compactMap(\.int)
      var loop = try loop(cluster)
      var environment = TestEnvironment()
      let end = cluster.now
      for (index, age) in ages.enumerated().sorted(by: { $0.element > $1.element }) {
        cluster.groups[0].instances.append(CloudInstance(providerID: "i-\(index)"))
        cluster.groups[0].targetSize += 1
        cluster.now = end + .seconds(-age)
        _ = loop.runOnce(cluster.observation, in: &environment)
      }
      #expect(environment.deletedInstances.isEmpty)
      cluster.now = end
      _ = loop.runOnce(cluster.observation, in: &environment)
      let removed = ages.indices.map { environment.deletedInstances.contains("i-\($0)") }
      #expect(removed == (example.expected["removed"]?.list ?? []).compactMap(\.bool))
    }
  }

  @Test(
    "1.13 removes nothing while a pod waits that fits a node",
    arguments: UpstreamCase.of("era113", "era113.schedulable"))
  func schedulable(_ example: UpstreamCase) throws {
    for release in AutoscalerRelease.allCases {
      var cluster = cluster(.defaults(for: release))
      for field in example.given["pending"]?.list ?? [] { cluster.add(TestCluster.pod(field)) }
      var loop = try loop(cluster)
      var environment = TestEnvironment()
      let report = loop.runOnce(cluster.observation, in: &environment)
      #expect((report.schedulablePods > 0) == example.given["ready_node_has_room"]?.bool)
      #expect(!environment.increases.isEmpty == example.expected["scale_up"]?.bool)
      let goes = release == .v1_13 ? example.expected["scale_down_this_loop"]?.bool : true
      #expect(!environment.deleted.isEmpty == goes)
    }
  }

  @Test(
    "a 1.13 that was restarted waits as after a scale-up",
    arguments: UpstreamCase.of("era113", "era113.restart"))
  func restart(_ example: UpstreamCase) throws {
    for release in AutoscalerRelease.allCases {
      var cluster = cluster(.defaults(for: release))
      cluster.options.scaleDownDelayAfterAdd = .seconds(
        try #require(example.given["scale_down_delay_after_add_s"]?.int))
      let age = try #require(example.given["process_started_s_ago"]?.int)
      var loop = try loop(cluster, startedAt: cluster.now + .seconds(-age))
      var environment = TestEnvironment()
      _ = loop.runOnce(cluster.observation, in: &environment)
      let goes = release == .v1_13 ? example.expected["scale_down_deletes"]?.bool : true
      #expect(!environment.deleted.isEmpty == goes)
    }
  }
}
