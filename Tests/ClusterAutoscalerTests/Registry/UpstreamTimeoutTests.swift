import KubernetesObjects
import Testing
import TimeUnits

@testable import ClusterAutoscaler

/// Scale-ups of which nothing came: `clusterstate/clusterstate_test.go` of 1.36.
@Suite("Upstream: scale-ups that take too long")
struct UpstreamTimeoutTests {
  /// A group that was to grow, a while ago, and has not.
  private struct Waiting {
    var cluster = TestCluster()
    var delta: Int
    var asked: SimulationTime

    init(_ given: JSON) throws {
      let group = try #require(given["group"])
      cluster.options.maxNodeProvisionTime = .seconds(
        try #require(given["max_node_provision_time_s"]?.int))
      if let count = given["ok_unready"]?.int { cluster.options.okTotalUnreadyCount = count }
      if let percent = given["max_unready_pct"]?.double {
        cluster.options.maxTotalUnreadyPercentage = percent
      }
      cluster.addGroup(
        "ng1", min: group["min"]?.int ?? 1, max: group["max"]?.int ?? 10,
        target: group["target"]?.int ?? 0)
      for number in 0..<(group["ready"]?.int ?? 0) {
        cluster.add(
          makeNode("ng1-\(number)", milliCPU: 1_000, memory: 1_000), group: "ng1",
          raisesTarget: false)
      }
      delta = try #require(given["request"]?["delta"]?.int)
      asked = cluster.now + .seconds(-(given["request"]?["age_s"]?.int ?? 0))
    }
  }

  @Test(
    "time runs out",
    arguments: UpstreamCase.of("state").filter {
      $0.expected["failure_reason"] != nil
    })
  func expired(_ example: UpstreamCase) throws {
    let waiting = try Waiting(example.given)
    var registry = ClusterStateRegistry(options: waiting.cluster.options)
    registry.noteScaleUp(waiting.cluster.groups[0], by: waiting.delta, at: waiting.asked)
    let update = registry.update(waiting.cluster.observation)
    #expect(update.timedOut.map(\.increase) == [example.expected["failed_creations"]?.int])
    #expect(registry.backoff.entry("ng1")?.error.code == example.expected["failure_reason"]?.text)
    #expect(registry.isHealthy("ng1") == example.expected["group_healthy"]?.bool)
    #expect(registry.isClusterHealthy == example.expected["cluster_healthy"]?.bool)
  }

  @Test(
    "what did not come is taken back",
    arguments: UpstreamCase.of("state").filter {
      $0.given["as_in"] != nil
    })
  func reverts(_ example: UpstreamCase) throws {
    let other = UpstreamCase.all.first { $0.id == example.given["as_in"]?.text }
    let waiting = try Waiting(try #require(other).given)
    #expect(waiting.delta == example.given["delta"]?.int)
    var loop = try waiting.cluster.makeLoop()
    loop.registry.noteScaleUp(waiting.cluster.groups[0], by: waiting.delta, at: waiting.asked)
    var environment = TestEnvironment()
    _ = loop.runOnce(waiting.cluster.observation, in: &environment)
    #expect(
      environment.decreases["ng1"] == example.expected["decrease_target_size_called_with"]?.int)
  }

  @Test(
    "the group is left alone, the second time for longer",
    arguments: UpstreamCase.of(
      "state", "state.scale-up-backoff"))
  func backoff(_ example: UpstreamCase) throws {
    var waiting = try Waiting(example.given)
    var registry = ClusterStateRegistry(options: waiting.cluster.options)
    registry.noteScaleUp(waiting.cluster.groups[0], by: waiting.delta, at: waiting.asked)
    _ = registry.update(waiting.cluster.observation)
    var now = waiting.cluster.now
    let expected = example.expected
    #expect(registry.isClusterHealthy == expected["cluster_healthy"]?.bool)
    #expect(registry.isHealthy("ng1") == expected["group_healthy"]?.bool)
    #expect((registry.safety(of: "ng1", at: now) == .safe) == expected["safe_to_scale"]?.bool)
    #expect(registry.backoff.isBackedOff("ng1", at: now) == expected["backed_off"]?.bool)
    #expect(registry.backoff.entry("ng1")?.error.code == expected["error_code"]?.text)

    now = now + .seconds(5 * 60 + 1)
    let isSafe = registry.safety(of: "ng1", at: now) == .safe
    #expect(isSafe == expected["after_5m_1s_safe_to_scale"]?.bool)
    registry.noteScaleUp(waiting.cluster.groups[0], by: waiting.delta, at: now)
    waiting.cluster.now = now + .seconds(180)
    _ = registry.update(waiting.cluster.observation)
    let minutes = try #require(expected["second_timeout"]?.numbers.first)
    #expect(registry.backoff.entry("ng1")?.duration == .seconds(minutes * 60))
  }
}
