import ClusterAutoscaler
import Testing

/// `estimator/threshold_based_limiter_test.go` of 1.36.
@Suite("Upstream: bounds of an estimate")
struct EstimationLimiterTests {
  @Test("the cases are there") func count() {
    #expect(UpstreamCase.of("estimate", "estimate.limiter").count == 3)
  }

  @Test("whether a node may be added", arguments: UpstreamCase.of("estimate", "estimate.limiter"))
  func limiter(_ example: UpstreamCase) {
    let given = example.given
    var limiter = EstimationLimiter(
      thresholds: (given["thresholds"]?.list ?? []).map {
        EstimationThreshold(
          nodes: $0["nodes"]?.int ?? 0, duration: .seconds($0["duration_s"]?.int ?? 0))
      })
    let answers = (0..<(given["asks"]?.int ?? 0)).map { _ in
      limiter.permits(elapsed: .seconds(given["elapsed_s"]?.int ?? 0)) ? "allow" : "deny"
    }
    #expect(answers == (example.expected["answers"]?.list ?? []).compactMap(\.text))
    #expect(limiter.nodesAdded == example.expected["counted"]?.int)
  }

  private let group = NodeGroup(id: "g", minSize: 0, maxSize: 10, targetSize: 7)

  private func nodes(
    _ group: NodeGroup, similar: [NodeGroup] = [], nodeCount: Int = 5,
    _ change: (inout AutoscalerOptions) -> Void = { _ in }
  ) -> [Int] {
    var options = AutoscalerOptions()
    change(&options)
    return EstimationLimiter.thresholds(
      options: options, group: group, similar: similar, nodeCount: nodeCount
    ).map(\.nodes)
  }

  @Test("the bounds are those of the flags, the groups' room and the cluster's")
  func thresholds() {
    #expect(nodes(group) == [1_000, 3, 0])
    #expect(nodes(group, similar: [group]) == [1_000, 3, 0])
    #expect(nodes(group, similar: [group]) { $0.balanceSimilarNodeGroups = true } == [1_000, 6, 0])
    #expect(nodes(group) { $0.maxNodesTotal = 7 } == [1_000, 3, 2])
    #expect(nodes(group) { $0.maxNodesTotal = 5 } == [1_000, 3, -1])
    var full = group
    full.targetSize = 10
    #expect(nodes(full) == [1_000, -1, 0])
  }

  @Test("1.13 bounds nothing")
  func old() {
    let thresholds = EstimationLimiter.thresholds(
      options: .defaults(for: .v1_13), group: group, similar: [], nodeCount: 0)
    var limiter = EstimationLimiter(thresholds: thresholds)
    #expect((0..<5_000).allSatisfy { _ in limiter.permits(elapsed: .seconds(1_000)) })
  }
}
