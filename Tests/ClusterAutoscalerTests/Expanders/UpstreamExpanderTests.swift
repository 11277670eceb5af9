import ClusterAutoscaler
import KubernetesObjects
import Testing

/// `expander/{waste,mostpods,factory,priority}/…_test.go` of 1.36.
@Suite("Upstream: expanders")
struct UpstreamExpanderTests {
  private let context = ExpanderContext(groups: [], clusterSize: 3)

  @Test("the cases are there") func count() { #expect(UpstreamCase.of("expander").count == 19) }

  private func names(_ options: [ExpansionOption], _ indices: [Int]) -> [String] {
    indices.map { options[$0].groupID }
  }

  @Test("least waste", arguments: UpstreamCase.of("expander", "expander.least-waste"))
  func leastWaste(_ example: UpstreamCase) throws {
    let pod = try #require(example.given["pod"])
    let milliCPU = Int64(pod["cpu_m"]?.int ?? 0)
    let memory = Int64(pod["mem_mib"]?.int ?? 0) * 1_048_576
    let shapes = try #require(example.given["groups"]?.fields)
    let sets = example.given["option_sets"]?.list ?? []
    for (set, best) in zip(sets, example.expected["best"]?.list ?? []) {
      let options = (set.list ?? []).compactMap(\.text).map { name in
        let units = shapes[name]?.numbers ?? []
        return makeOption(
          name, pods: [1], requests: ResourceVector(milliCPU: milliCPU, memory: memory),
          milliCPU: milliCPU * Int64(units.first ?? 0), memory: memory * Int64(units.last ?? 0))
      }
      let found = LeastWasteExpander().best(options, in: context)
      #expect(names(options, found) == [best.text])
    }
  }

  @Test("most pods", arguments: UpstreamCase.of("expander", "expander.most-pods"))
  func mostPods(_ example: UpstreamCase) {
    var counts: [String: Int] = [:]
    for option in example.given["options"]?.list ?? [] {
      counts[option["id"]?.text ?? ""] = option["pods"]?.int
    }
    for (set, best) in zip(
      example.given["sets"]?.list ?? [], example.expected["best"]?.list ?? [])
    {
      let options = (set.list ?? []).compactMap(\.text).map {
        makeOption($0, pods: (0..<UInt32(counts[$0] ?? 0)).map { $0 })
      }
      let wanted = (best.text ?? "").split(separator: " ").map(String.init)
        .filter { counts[$0] != nil }
      #expect(names(options, MostPodsExpander().best(options, in: context)) == wanted)
    }
  }

  private struct Containing: ExpanderStrategy {
    var text: String

    func best(_ options: [ExpansionOption], in context: ExpanderContext) -> [Int] {
      options.indices.filter { options[$0].groupID.contains(text) }
    }
  }

  @Test("one strategy after another", arguments: UpstreamCase.of("expander", "expander.chain"))
  func chain(_ example: UpstreamCase) throws {
    let filters = (example.given["filters_keep_options_containing"]?.list ?? [])
      .compactMap(\.text).map { Containing(text: $0) }
    let options = (example.given["options"]?.list ?? []).compactMap(\.text).map { makeOption($0) }
    let left = ExpanderChain(strategies: filters).best(options, in: context)
    let fallback = try #require(example.given["fallback_picks_first_containing"]?.text)
    let best = left.count == 1 ? left.first : left.first { options[$0].groupID.contains(fallback) }
    #expect(best.map { options[$0].groupID } == example.expected["best"]?.text)
  }

  @Test("priority", arguments: UpstreamCase.of("expander", "expander.priority"))
  func priority(_ example: UpstreamCase) throws {
    let given = try #require(example.given["configmap_priorities"])
    let ranks = given.fields?.sorted { $0.key < $1.key }.map { rank, patterns in
      "\(rank):\n" + (patterns.list ?? []).map { "  - \($0.text ?? "")\n" }.joined()
    }
    let context = ExpanderContext(
      groups: [], clusterSize: 3, priorities: ranks?.joined() ?? given.text)
    let options = (example.given["options"]?.list ?? []).compactMap(\.text).map { makeOption($0) }
    let best = PriorityExpander().best(options, in: context)
    #expect(names(options, best) == (example.expected["kept"]?.list ?? []).compactMap(\.text))
    let warnings = PriorityExpander().warnings(options, in: context)
    #expect(warnings.isEmpty == !(example.id.contains("bad") || example.id.contains("no-match")))
  }

  @Test("price", arguments: UpstreamCase.of("expander", "expander.price"))
  func price(_ example: UpstreamCase) throws {
    let given = example.given
    let nodes = try #require(given["nodes"]?.fields).sorted { $0.key < $1.key }
    let podNames = try #require(given["pods"]?.fields).keys.sorted()
    let prices = try #require(given["pod_prices"]?.fields).compactMapValues(\.double)
    var groups: [NodeGroup] = []
    var options: [ExpansionOption] = []
    for (index, (name, node)) in nodes.enumerated() {
      let id = try #require(node["group"]?.text)
      groups.append(
        NodeGroup(
          id: id, minSize: 0, maxSize: 100, targetSize: 1,
          usdPerHour: given["node_prices"]?[name]?.double))
      let option = given["options"]?[id]
      let pods = (option?["pods"]?.text ?? "p1").split(separator: " ")
        .compactMap { podNames.firstIndex(of: String($0)) }.map { UInt32($0) }
      options.append(
        makeOption(
          id, group: index, nodes: option?["nodes"]?.int ?? 1, pods: pods,
          milliCPU: Int64(node["cpu_m"]?.int ?? 0), memory: Int64(node["mem"]?.int ?? 0)))
    }
    let context = ExpanderContext(
      groups: groups, clusterSize: 3,
      prices: PodPrices(stabilization: prices["stabilize"] ?? 0) { prices[podNames[Int($0)]] })
    let preferred = Int64(given["preferred"]?.numbers.first ?? 2) * 1_000
    let best = PriceExpander(preferredMilliCPU: preferred).best(options, in: context)
    #expect(names(options, best) == [example.expected["best"]?.text].compactMap { $0 })
  }

  @Test("the preferred node", arguments: UpstreamCase.of("expander", "expander.preferred"))
  func preferredNode(_ example: UpstreamCase) {
    let sizes = (example.given["cluster_nodes"]?.list ?? []).compactMap(\.int)
    let cores = sizes.map { Int(PriceExpander.preferredMilliCPU(clusterSize: $0) / 1_000) }
    #expect(cores == (example.expected["preferred_cpu"]?.list ?? []).compactMap(\.int))
  }
}
