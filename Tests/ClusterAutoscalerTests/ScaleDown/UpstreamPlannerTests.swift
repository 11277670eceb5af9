import KubernetesObjects
import Testing
import TimeUnits

@testable import ClusterAutoscaler

/// `core/scaledown/planner/planner_test.go` of 1.36.
@Suite("Upstream: which nodes are unneeded")
struct UpstreamPlannerTests {
  static let placements = UpstreamCase.of("planner").filter {
    $0.given["nodes"] != nil && !Divergences.ids.contains($0.id)
  }

  @Test("the cases are there") func count() {
    #expect(Self.placements.count == 7)
    #expect(UpstreamCase.of("planner", "planner.limit").count == 7)
  }

  @Test("a node whose pods find places is unneeded", arguments: placements)
  func placement(_ example: UpstreamCase) throws {
    var cluster = TestCluster()
    // The real tests take the eligible nodes as given.
    cluster.options.scaleDownUtilizationThreshold = 1
    var deleting: Set<String> = []
    let nodes = try #require(example.given["nodes"]?.fields).sorted { $0.key < $1.key }
    for (name, field) in nodes {
      let milliCPU = try #require(field.int ?? field.numbers.first)
      if field.text?.contains("being deleted") == true { deleting.insert(name) }
      cluster.add(makeNode(name, milliCPU: Int64(milliCPU), memory: 1_000), group: "ng")
    }
    let pods = try #require(example.given["pods"]?.fields).sorted { $0.key < $1.key }
    for (node, sizes) in pods {
      for (index, size) in (sizes.list ?? []).enumerated() {
        cluster.add(makePod("\(node)-\(index)", milliCPU: Int64(size.int ?? 0)), on: node)
      }
    }
    let eligible = Set((example.given["eligible"]?.list ?? []).compactMap(\.text))
    var planner = ScaleDownPlanner(options: cluster.options)
    var budgets = RemainingBudgets([])
    planner.update(
      cluster.observation.nodes.filter { eligible.contains($0.name) }, cluster.observation,
      in: cluster.clusterSnapshot, deleting: deleting, budgets: &budgets)
    func names(_ field: String) -> Set<String> {
      Set((example.expected[field]?.list ?? []).compactMap(\.text))
    }
    let unneeded = Set(planner.unneeded.entries.map(\.node.name))
    #expect(unneeded == names("unneeded"))
    // The real lists of eligible nodes tell of the others that they are not.
    let rest = Set(nodes.map(\.key)).subtracting(eligible)
    #expect(rest.union(planner.unremovable.reasons.keys) == names("unremovable"))
  }

  @Test(
    "no more nodes are judged than can go soon",
    arguments: UpstreamCase.of("planner", "planner.limit"))
  func limit(_ example: UpstreamCase) throws {
    let given = example.given
    func number(_ field: String) throws -> Int { try #require(given[field]?.int) }
    var cluster = TestCluster()
    cluster.options.maxScaleDownParallelism = try number("max_parallelism")
    cluster.options.scaleDownUnneededTime = .seconds(try number("unneeded_time_s"))
    let names = try (0..<number("candidates")).map { "n\($0)" }
    for name in names { cluster.add(makeNode(name, milliCPU: 1_000, memory: 1_000), group: "ng") }
    var planner = ScaleDownPlanner(options: cluster.options)
    planner.unneeded.update(
      try names.prefix(number("previously_unneeded")).map {
        RemovableNode(name: $0, pods: [], daemonPods: [])
      }, at: cluster.now)
    planner.minUpdateInterval = .seconds(try number("min_loop_interval_s"))
    var budgets = RemainingBudgets([])
    planner.update(
      cluster.observation.nodes, cluster.observation, in: cluster.clusterSnapshot, deleting: [],
      budgets: &budgets)
    #expect(planner.unneeded.entries.count == example.expected["max_unneeded"]?.int)
  }
}
