import ClusterAutoscaler
import KubernetesObjects
import Testing
import TimeUnits

/// `simulator/utilization/info_test.go` and `core/scaledown/budgets/budgets_test.go` of 1.36.
@Suite("Upstream: utilization and budgets")
struct UpstreamScaleDownTests {
  @Test("the cases are there") func count() {
    #expect(UpstreamCase.of("util").count == 9 && UpstreamCase.of("budget").count == 8)
  }

  @Test("how much of a node is asked for", arguments: UpstreamCase.of("util"))
  func utilization(_ example: UpstreamCase) {
    let given = example.given
    var options = AutoscalerOptions()
    options.ignoreDaemonSetsUtilization = given["ignore_daemonsets"]?.bool ?? false
    options.ignoreMirrorPodsUtilization = given["ignore_mirror"]?.bool ?? false
    let result = Result { () throws(UtilizationError) in
      try Utilization.of(
        node: node(given["node"]), pods: pods(given), options: options,
        group: NodeGroupOptions(), at: .seconds(10_000))
    }
    let info = try? result.get()
    #expect((info == nil) == (example.expected["error"]?.bool ?? false))
    if let value = example.expected["utilization"]?.double {
      #expect(abs((info?.value ?? -1) - value) < 1e-4)
    }
    if let cpu = example.expected["cpu"]?.double {
      #expect(abs((info?.cpu ?? -1) - cpu) < 1e-9)
    }
  }

  private func node(_ given: JSON?) -> Node {
    if let sentence = given?.text {
      return makeNode(
        "n", milliCPU: 2_000, memory: 2_000_000,
        others: sentence.contains("no GPU allocatable")
          ? [:] : ["nvidia.com/gpu": Int64(given?.numbers.first ?? 0)],
        labels: [Utilization.gpuLabel: "nvidia"])
    }
    return makeNode(
      "n", milliCPU: Int64(given?["cpu_m"]?.int ?? 0), memory: Int64(given?["mem"]?.int ?? 0))
  }

  private func pods(_ given: JSON) -> [Pod] {
    let cpu = Int64(given["pod"]?["cpu_m"]?.int ?? 100)
    let memory = Int64(given["pod"]?["mem"]?.int ?? 200_000)
    func some(_ field: String, _ make: () -> Pod) -> [Pod] {
      (0..<(given[field]?.int ?? 0)).map { _ in make() }
    }
    return some("pods") { makePod("p", milliCPU: cpu, memory: memory) }
      + some("no_request_pods") { makePod("z") }
      + some("ds_pods") { makePod("d", milliCPU: cpu, memory: memory, owner: .daemonSet) }
      + some("mirror_pods") {
        var pod = makePod("m", milliCPU: cpu, memory: memory, owner: nil)
        pod.metadata.annotations["kubernetes.io/config.mirror"] = "x"
        return pod
      }
      + some("pods_deleted_10_min_ago") {
        var pod = makePod("x", milliCPU: cpu, memory: memory)
        pod.metadata.deletionTime = .seconds(10_000 - 600)
        return pod
      }
      + some("gpu_pods") { makePod("g", others: ["nvidia.com/gpu": 1]) }
  }

  @Test("how many nodes may go at a time", arguments: UpstreamCase.of("budget"))
  func budget(_ example: UpstreamCase) throws {
    var options = AutoscalerOptions()
    let limits = JSON.text(example.source).numbers
    options.maxScaleDownParallelism = try #require(limits.first)
    options.maxDrainParallelism = try #require(limits.last)
    let given = example.given
    func nodes(_ field: String) -> [ScaleDownBudgets.Candidate] {
      (0..<(given[field]?.int ?? 0)).map { ("\(field)-\($0)", $0 % 2) }
    }
    let now = ScaleDownBudgets.crop(
      empty: nodes("empty"), drain: nodes("drain"),
      emptyInProgress: given["empty_in_progress"]?.int ?? 0,
      drainInProgress: given["drain_in_progress"]?.int ?? 0, options: options)
    #expect(now.empty.count == example.expected["empty"]?.int)
    #expect(now.drain.count == example.expected["drain"]?.int)
  }

  @Test(
    "1.13 drains nothing while a node is empty", arguments: UpstreamCase.of("era113", "era113.one"))
  func oneDrain(_ example: UpstreamCase) {
    var options = AutoscalerOptions.defaults(for: .v1_13)
    options.maxEmptyBulkDelete = example.given["max_empty_bulk_delete"]?.int ?? 0
    let counts = example.given["unneeded_long_enough"]
    func nodes(_ field: String) -> [ScaleDownBudgets.Candidate] {
      (0..<(counts?[field]?.int ?? 0)).map { ("\(field)-\($0)", 0) }
    }
    let now = ScaleDownBudgets.crop(
      empty: nodes("empty"), drain: nodes("drain"), emptyInProgress: 0, drainInProgress: 0,
      options: options)
    #expect(now.empty.count == counts?["empty"]?.int)
    #expect(now.drain.count == example.expected["drained_now"]?.int)
    let later = ScaleDownBudgets.crop(
      empty: [], drain: nodes("drain"), emptyInProgress: 0, drainInProgress: 0, options: options)
    #expect(later.drain.count == 1)
  }
}
