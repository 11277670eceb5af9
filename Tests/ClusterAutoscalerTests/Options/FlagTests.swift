import ClusterAutoscaler
import Foundation
import Testing

@Suite("Flags")
struct FlagTests {
  private func parse(
    _ arguments: String..., release: AutoscalerRelease = .v1_36
  ) -> (options: AutoscalerOptions, problems: [FlagProblem]) {
    AutoscalerOptions.parse(arguments, release: release)
  }

  @Test("arguments as a Deployment holds them")
  func deployment() {
    let (options, problems) = parse(
      "./cluster-autoscaler", "--v=4", "--stderrthreshold=info", "--cloud-provider=aws",
      "--skip-nodes-with-local-storage=false", "--expander=priority,least-waste",
      "--balance-similar-node-groups", "--skip_nodes_with_system_pods=false",
      "--scan-interval", "15s", "-max-nodes-total=12", "--cores-total=2:64",
      "--nodes=1:10:workers-a", "--nodes=0:4:workers:b", "--leader-elect=false",
      "--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,team=red",
      "--max-total-unready-percentage=33.5", "--expendable-pods-priority-cutoff=-5",
      "--scale-down-unneeded-time=1h2m3.5s")
    #expect(problems.isEmpty, "\(problems)")
    #expect(options.cloudProvider == "aws")
    #expect(!options.skipNodesWithLocalStorage && !options.skipNodesWithSystemPods)
    #expect(options.balanceSimilarNodeGroups)
    #expect(options.expander == [.priority, .leastWaste])
    #expect(options.scanInterval == .seconds(15))
    #expect(options.maxNodesTotal == 12)
    #expect(options.coresTotal == 2...64)
    #expect(
      options.nodes == [
        NodeGroupSpec(minSize: 1, maxSize: 10, name: "workers-a"),
        NodeGroupSpec(minSize: 0, maxSize: 4, name: "workers:b"),
      ])
    let discovery = NodeGroupDiscovery(tags: [
      .init(key: "k8s.io/cluster-autoscaler/enabled"), .init(key: "team", value: "red"),
    ])
    #expect(options.nodeGroupAutoDiscovery == [discovery])
    #expect(discovery.matches([("team", "red"), ("k8s.io/cluster-autoscaler/enabled", "x")]))
    #expect(!discovery.matches([("team", "blue"), ("k8s.io/cluster-autoscaler/enabled", "")]))
    #expect(options.maxTotalUnreadyPercentage == 33.5)
    #expect(options.expendablePodsPriorityCutoff == -5)
    #expect(options.scaleDownUnneededTime == .milliseconds(3_723_500))
  }

  @Test("everything that is wrong is told of at once, and the rest counts")
  func allProblems() {
    let (options, problems) = parse(
      "--scan-intervall=5s", "--max-nodes-total=many", "--cores-total=9:1", "--scan-interval=20",
      "--nodes=3:1:x", "--expander=least-wast", "--scale-down-enabled=maybe",
      "--node-group-auto-discovery=mig:x", "--scale-down-utilization-threshold=half",
      "word", "--max-drain-parallelism=5", "--namespace")
    #expect(options.maxDrainParallelism == 5)
    #expect(problems.allSatisfy { $0.severity == .error })
    #expect(
      problems.map(\.description) == [
        "--scan-intervall: cluster-autoscaler has no such flag; did you mean --scan-interval?",
        "--max-nodes-total: expected a whole number, found \"many\"",
        "--cores-total: expected <min>:<max>, whole numbers from 0 in order, found \"9:1\"",
        "--scan-interval: expected a duration such as 10m or 1h30m, found \"20\"; 20s or 20m?",
        "--nodes: expected <min>:<max>:<name>, such as 1:10:workers, found \"3:1:x\"",
        "--expander: expected one of random, most-pods, least-waste, least-nodes, price, priority,"
          + " grpc, found \"least-wast\"; did you mean least-waste?",
        "--scale-down-enabled: expected true or false, found \"maybe\"",
        "--node-group-auto-discovery: expected asg:tag=<key>,<key>=<value>, found \"mig:x\"",
        "--scale-down-utilization-threshold: expected a number, found \"half\"",
        "--word: expected a flag; a flag begins with --",
        "--namespace: expected a value",
      ])
  }

  @Test("a flag whose effect is not modelled is told of when it would have one")
  func unmodeled() {
    let (_, problems) = parse(
      "--salvo-scale-up=true", "--max-binpacking-time=300s", "--max-inactivity=1m",
      "--max-empty-bulk-delete=3")
    #expect(problems.map(\.severity) == [.warning, .warning, .warning])
    #expect(problems.map(\.flag) == ["salvo-scale-up", "max-inactivity", "max-empty-bulk-delete"])
  }

  @Test("flags that are wrong together")
  func conflicts() {
    #expect(parse("--expander=random,least-waste").problems.map(\.flag) == ["expander"])
    #expect(
      parse("--balancing-label=a", "--balancing-ignore-label=b").problems.map(\.flag)
        == ["balancing-label"])
    #expect(parse("--expander=price", "--cloud-provider=aws").problems.count == 1)
  }

  @Test("1.13 has fewer flags and takes one expander")
  func old() {
    let (options, problems) = parse(
      "--max-empty-bulk-delete=3", "--expander=most-pods", "--leader-elect", "--v=4",
      release: .v1_13)
    #expect(problems.isEmpty && options.maxEmptyBulkDelete == 3)
    #expect(parse("--expander=priority", release: .v1_13).problems.count == 1)
    #expect(parse("--expander=most-pods,random", release: .v1_13).problems.count == 1)
    #expect(parse("--parallel-scale-up", release: .v1_13).problems.first?.severity == .warning)
  }

  @Test("the manifests that the project publishes are understood")
  func manifests() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appending(path: "../shared/data/manifests/cluster-autoscaler-aws")
    for name in ["cluster-autoscaler-autodiscover.yaml", "cluster-autoscaler-one-asg.yaml"] {
      guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
      else { continue }
      let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      let arguments = lines.filter { $0.hasPrefix("- --") || $0.hasPrefix("- ./") }
        .map { String($0.dropFirst(2)) }
      #expect(arguments.count > 5)
      let (options, problems) = AutoscalerOptions.parse(arguments)
      #expect(problems.isEmpty, "\(problems)")
      #expect(options.nodes.count + options.nodeGroupAutoDiscovery.count == 1)
    }
  }
}
