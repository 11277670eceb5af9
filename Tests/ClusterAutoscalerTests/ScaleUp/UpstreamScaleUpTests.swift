import KubernetesObjects
import Testing
import TimeUnits

@testable import ClusterAutoscaler

/// `core/scaleup/orchestrator/orchestrator_test.go` of 1.36.
@Suite("Upstream: which group grows, and by how much")
struct UpstreamScaleUpTests {
  static let cases = UpstreamCase.of("scaleup").filter { !Divergences.ids.contains($0.id) }

  static let tried =
    with("increase") + with("target") + with("result")
    + cases.filter { $0.given["requested_new_nodes"] != nil || $0.given["gpu_groups"] != nil }

  private static func with(_ field: String) -> [UpstreamCase] {
    cases.filter {
      $0.expected[field] != nil && $0.given["requested_new_nodes"] == nil
        && $0.given["gpu_groups"] == nil
    }
  }

  /// What comes of one scale-up: the loop's own path from the pods that fit nowhere on.
  private func scaleUp(_ cluster: TestCluster, _ environment: inout TestEnvironment) throws
    -> LoopReport
  {
    var loop = try cluster.makeLoop()
    var pass = LoopPass(cluster.observation)
    pass.templates = loop.templates.templates(cluster.observation, cluster.options)
    _ = loop.registry.update(cluster.observation)
    pass.podsToHelp = cluster.pendingPods
    loop.tryScaleUp(&pass, &environment)
    if cluster.options.enforceNodeGroupMinSize { loop.raiseToMinimum(&pass, &environment) }
    return pass.report
  }

  private func pods(_ reason: String, _ environment: TestEnvironment) -> Set<UInt32> {
    Set(
      environment.events.lazy.filter { $0.reason == reason }.compactMap { event in
        if case .pod(let key) = event.subject { return key }
        return nil
      })
  }

  @Test("the group that the expander picks grows within the limits", arguments: with("increase"))
  func increase(_ example: UpstreamCase) throws {
    let cluster = TestCluster(example.given, memoryUnit: 1_024)
    var environment = TestEnvironment()
    let pick = example.given["expander_picks"]
    environment.favorite = pick?["group"]?.text
    let report = try scaleUp(cluster, &environment)
    let wanted = try #require(example.expected["increase"]?.fields).compactMapValues(\.int)
    #expect(environment.increases == wanted)
    if let pick {
      let option = report.decision?.options.first { $0.groupID == pick["group"]?.text }
      // The estimate may know the limits of the cluster already.
      let delta = try #require(pick["delta"]?.int)
      #expect((1...delta).contains(try #require(option).nodeCount))
    }
    func keys(_ field: String) -> Set<UInt32> {
      Set((example.expected[field]?.list ?? []).compactMap { $0.text.flatMap(cluster.key) })
    }
    if example.expected["pods_triggered"] != nil {
      #expect(pods("TriggeredScaleUp", environment) == keys("pods_triggered"))
    }
    if let remaining = example.expected["pods_remain_unschedulable"]?.list {
      #expect(pods("NotTriggerScaleUp", environment) == keys("pods_remain_unschedulable"))
      #expect(remaining.isEmpty == false)
      let told = pods("TriggeredScaleUp", environment).union(pods("NotTriggerScaleUp", environment))
      #expect(
        Set(cluster.pendingPods.map(\.key)).subtracting(told) == keys("pods_await_evaluation"))
    }
    if let reason = example.expected["event_on_pod"]?.text {
      #expect(pods(reason, environment) == Set(cluster.pendingPods.map(\.key)))
    }
    if example.expected["reason"]?.text?.contains("cpu quota") == true {
      #expect(report.decision?.skipped.values.allSatisfy { $0.text.contains("cpu limit") } == true)
    }
  }

  @Test("new nodes are spread over similar groups", arguments: with("target"))
  func targets(_ example: UpstreamCase) throws {
    let cluster = TestCluster(example.given)
    var environment = TestEnvironment()
    let report = try scaleUp(cluster, &environment)
    for (id, target) in try #require(example.expected["target"]?.fields) {
      let group = try #require(cluster.groups.first { $0.id == id })
      #expect(group.targetSize + (environment.increases[id] ?? 0) == target.int, "\(id)")
    }
    #expect(report.scaleUp == .successful)
  }

  @Test(
    "a total of nodes bounds what is spread",
    arguments: cases.filter { $0.given["requested_new_nodes"] != nil })
  func boundedSpread(_ example: UpstreamCase) throws {
    var cluster = TestCluster(example.given)
    let max = try #require(example.given["max"]?.int)
    for (index, size) in try #require(example.given["sizes"]?.list).enumerated() {
      cluster.addGroup("ng\(index + 1)", max: max)
      for number in 0..<(size.int ?? 0) {
        let name = "ng\(index + 1)-n\(number)"
        cluster.add(makeNode(name, milliCPU: 1_000, memory: 1_000), group: "ng\(index + 1)")
        cluster.add(makePod("on-\(name)", milliCPU: 1_000), on: name)
      }
    }
    cluster.options.maxNodesTotal = try #require(example.given["quota"]?.numbers.last)
    for number in 0..<(example.given["requested_new_nodes"]?.int ?? 0) {
      cluster.add(makePod("p\(number)", milliCPU: 900))
    }
    var environment = TestEnvironment()
    _ = try scaleUp(cluster, &environment)
    let targets = cluster.groups.map { $0.targetSize + (environment.increases[$0.id] ?? 0) }
    #expect(targets == (example.expected["target"]?.list ?? []).compactMap(\.int))
  }

  @Test(
    "the first refusal of the cloud ends a scale-up, unless all go at once",
    arguments: with("result"))
  func failure(_ example: UpstreamCase) throws {
    let cluster = TestCluster(example.given)
    var environment = TestEnvironment()
    environment.failures = example.given["increase_fails"]?.text == "always" ? .max : 1
    let report = try scaleUp(cluster, &environment)
    // The fake of the real tests raises its size before it refuses: attempts count.
    let sum = cluster.groups.reduce(0) { $0 + $1.targetSize } + environment.attempts
    #expect(sum == example.expected["sum_of_targets_in_fake"]?.int)
    var hasFailed = false
    if case .failed = report.scaleUp { hasFailed = true }
    #expect(hasFailed == (example.expected["result"]?.text == "error"))
  }

  @Test(
    "nodes of every size are considered",
    arguments: cases.filter { $0.given["gpu_groups"] != nil })
  func options(_ example: UpstreamCase) throws {
    var cluster = TestCluster(example.given)
    for (id, count) in try #require(example.given["gpu_groups"]?.fields) {
      let gpus = ["nvidia.com/gpu": Int64(count.int ?? 0)]
      cluster.add(makeNode(id, milliCPU: 2_000, memory: 1_000, others: gpus), group: id)
      cluster.add(makePod("on-\(id)", milliCPU: 2_000, others: gpus), on: id)
    }
    var environment = TestEnvironment()
    let report = try scaleUp(cluster, &environment)
    let options = try #require(report.decision?.options)
    let counts = Dictionary(uniqueKeysWithValues: options.map { ($0.groupID, $0.nodeCount) })
    #expect(counts == example.expected["options"]?.fields?.compactMapValues(\.int))
  }
}
