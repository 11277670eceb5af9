import ClusterAutoscaler
import KubernetesObjects
import Testing

/// `processors/nodegroupset/compare_nodegroups_test.go` of 1.36.
@Suite("Upstream: similar groups")
struct SimilarGroupsTests {
  @Test("the cases are there") func count() { #expect(UpstreamCase.of("similar").count == 5) }

  @Test("how much nodes may differ", arguments: UpstreamCase.of("similar"))
  func similar(_ example: UpstreamCase) throws {
    let given = example.given
    let wanted = try #require(example.expected["similar"])
    var pairs: [(NodeTemplate, NodeTemplate, Bool?)] = []
    if let a = given["a"], let b = given["b"] {
      pairs = [(make(a), make(b), wanted.bool)]
    } else {
      let unit: Int64 = given["a_mem_ki"] == nil ? 1 : 1_024
      let a = try #require((given["a_mem"] ?? given["a_mem_ki"])?.int)
      let others = (given["b_mem"] ?? given["b_mem_ki"])?.list ?? []
      pairs = zip(others, wanted.list ?? []).map {
        (memory(Int64(a) * unit), memory(Int64($0.int ?? 0) * unit), $1.bool)
      }
    }
    #expect(!pairs.isEmpty)
    for (a, b, isSimilar) in pairs {
      #expect(SimilarGroups.areSimilar(a, b, options: AutoscalerOptions()) == isSimilar)
      #expect(SimilarGroups.areSimilar(b, a, options: AutoscalerOptions()) == isSimilar)
    }
  }

  private func make(_ given: JSON) -> NodeTemplate {
    NodeTemplate(
      node: makeNode(
        "n", milliCPU: Int64(given["cpu_cap_m"]?.int ?? 0),
        memory: Int64(given["mem"]?.int ?? 2_000),
        allocatableMilliCPU: given["cpu_alloc_m"]?.int.map { Int64($0) }))
  }

  private func memory(_ bytes: Int64, labels: Labels = [:], pods: [Pod] = []) -> NodeTemplate {
    NodeTemplate(
      node: makeNode("n", milliCPU: 1_000, memory: bytes, labels: labels), pods: pods)
  }

  @Test("1.13 wants equal memory")
  func old() {
    let options = AutoscalerOptions.defaults(for: .v1_13)
    #expect(!SimilarGroups.areSimilar(memory(1_000), memory(999), options: options))
    #expect(SimilarGroups.areSimilar(memory(1_000), memory(1_000), options: options))
  }

  @Test("daemon pods that leave much less free make groups differ")
  func free() {
    let busy = memory(1_000, pods: [makePod("d", milliCPU: 200, owner: .daemonSet)])
    #expect(!SimilarGroups.areSimilar(memory(1_000), busy, options: AutoscalerOptions()))
  }

  @Test("labels of zone and group may differ, others not unless a flag says so")
  func labels() {
    let a = memory(1_000, labels: [WellKnownLabel.zone: "a", "eks.amazonaws.com/nodegroup": "x"])
    let b = memory(1_000, labels: [WellKnownLabel.zone: "b", "eks.amazonaws.com/nodegroup": "y"])
    let c = memory(1_000, labels: [WellKnownLabel.zone: "a", "team": "red"])
    var options = AutoscalerOptions()
    #expect(SimilarGroups.areSimilar(a, b, options: options))
    #expect(!SimilarGroups.areSimilar(a, c, options: options))
    options.balancingIgnoreLabels = ["team"]
    #expect(SimilarGroups.areSimilar(a, c, options: options))
  }

  @Test("labels that a flag names decide alone")
  func balancingLabels() {
    let a = memory(1_000, labels: ["pool": "x"])
    let b = memory(9_000, labels: ["pool": "x"])
    var options = AutoscalerOptions()
    options.balancingLabels = ["pool"]
    #expect(SimilarGroups.areSimilar(a, b, options: options))
    #expect(!SimilarGroups.areSimilar(a, memory(1_000), options: options))
    #expect(!SimilarGroups.areSimilar(memory(1_000), memory(1_000), options: options))
  }
}
