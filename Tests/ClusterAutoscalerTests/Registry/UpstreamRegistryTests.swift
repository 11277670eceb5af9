import KubernetesObjects
import Testing
import TimeUnits

@testable import ClusterAutoscaler

/// `clusterstate/clusterstate_test.go` of 1.36.
@Suite("Upstream: what is known of nodes on their way")
struct UpstreamRegistryTests {
  @Test("the cases are there") func count() { #expect(UpstreamCase.of("state").count == 11) }

  @Test(
    "how many nodes a group may have while some come and go",
    arguments: UpstreamCase.of("state", "state.acceptable"))
  func ranges(_ example: UpstreamCase) throws {
    var cluster = TestCluster()
    func amount(_ field: String, _ id: String) -> Int { example.given[field]?[id]?.int ?? 0 }
    let targets = try #require(example.given["targets"]?.fields).sorted { $0.key < $1.key }
    for (id, target) in targets {
      let group = cluster.addGroup(id, max: 100, target: target.int ?? 0)
      for number in 0..<amount("long_unregistered", id) {
        cluster.groups[group].instances.append(CloudInstance(providerID: "\(id)-long-\(number)"))
      }
    }
    var registry = ClusterStateRegistry(options: cluster.options)
    _ = registry.update(cluster.observation)
    cluster.now = cluster.now + .seconds(1_200)
    for (index, group) in cluster.groups.enumerated() {
      for number in 0..<amount("unregistered", group.id) {
        cluster.groups[index].instances.append(
          CloudInstance(providerID: "\(group.id)-short-\(number)"))
      }
      registry.noteScaleUp(group, by: amount("scale_up_in_progress", group.id), at: cluster.now)
      for _ in 0..<amount("scale_down_in_progress", group.id) {
        registry.noteScaleDown(group.id, at: cluster.now)
      }
    }
    _ = registry.update(cluster.observation)
    let ranges = registry.ranges.mapValues { [$0.min, $0.max] }
    let expected = try #require(example.expected["ranges"]?.fields)
    #expect(ranges == expected.mapValues { ($0.list ?? []).compactMap(\.int) })
  }

  @Test(
    "nodes on their way",
    arguments: UpstreamCase.of("state").filter {
      $0.expected["upcoming"] != nil
    })
  func upcoming(_ example: UpstreamCase) throws {
    var cluster = TestCluster()
    let groups = try #require(
      example.given["groups"]?.fields ?? example.given["group"].map { ["ng1": $0] })
    for (id, field) in groups.sorted(by: { $0.key < $1.key }) {
      cluster.addGroup(id, target: field["target"]?.int ?? 0)
      let states =
        field["nodes"]?.list?.compactMap(\.text)
        ?? Array(repeating: "ready", count: field["ready"]?.int ?? 0)
      for (number, state) in states.enumerated() {
        var node = makeNode("\(id)-\(number)", milliCPU: 1_000, memory: 1_000)
        let isYoung = state.hasPrefix("not started")
        node.metadata.creationTime = cluster.now + .seconds(isYoung ? -60 : -3_600)
        cluster.add(node, group: id, isReady: state == "ready", raisesTarget: false)
      }
    }
    var registry = ClusterStateRegistry(options: cluster.options)
    if example.given["scale_up_requests"]?.text?.hasPrefix("active") == true {
      for group in cluster.groups { registry.noteScaleUp(group, by: 1, at: cluster.now) }
    }
    _ = registry.update(cluster.observation)
    var counts: [String: Int] = [:]
    var registered: [String: Int] = [:]
    for group in cluster.groups {
      let (count, names) = registry.upcoming(in: group, at: cluster.now)
      if count > 0 { counts[group.id] = count }
      if !names.isEmpty { registered[group.id] = names.count }
    }
    #expect(counts == example.expected["upcoming"]?.fields?.compactMapValues(\.int))
    let expected = example.expected["registered_upcoming"]?.fields?.compactMapValues(\.int) ?? [:]
    #expect(registered == expected)
  }

  @Test("a cluster of unready nodes", arguments: UpstreamCase.of("state", "state.too-many"))
  func unready(_ example: UpstreamCase) throws {
    var cluster = TestCluster()
    cluster.options.okTotalUnreadyCount = example.given["ok_total_unready_count"]?.int ?? 0
    cluster.options.maxTotalUnreadyPercentage =
      example.given["max_total_unready_percentage"]?.double ?? 0
    for (id, field) in try #require(example.given["groups"]?.fields) {
      for number in 0..<(field["unready"]?.int ?? 0) {
        cluster.add(
          makeNode("\(id)-\(number)", milliCPU: 1_000, memory: 1_000), group: id, isReady: false)
      }
    }
    var registry = ClusterStateRegistry(options: cluster.options)
    _ = registry.update(cluster.observation)
    #expect(registry.isClusterHealthy == example.expected["cluster_healthy"]?.bool)
  }
}
