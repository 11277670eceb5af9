import Documents
import Foundation
import RunFiles
import ScenarioFiles
import TestSupport
import Testing

/// What `seatrial validate` says of the autoscaler's flags.
@Suite struct AutoscalerFlagTests {
  private static let deployment = """
    # Somebody's own.
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: own, namespace: kube-system}
    spec:
      selector: {matchLabels: {app: own}}
      template:
        metadata: {labels: {app: own}}
        spec:
          containers:
            - name: ca
              image: registry.k8s.io/autoscaling/cluster-autoscaler:v1.36.1
              command: [./cluster-autoscaler, --cloud-provider=aws, --scan-interval=10]
              args:
    ARGUMENTS

    """

  private static func scenario(_ flags: String, era: String = "current") -> String {
    """
    apiVersion: seatrial/v1
    kind: Scenario
    metadata: {name: flags}
    spec:
      era: "\(era)"
      horizon: 10m
      cloud:
        region: us-east-1
        nodeGroups:
          - {name: workers, instanceType: m5.large, min: 1, desired: 1, max: 2}
      manifests: [own.yaml]
      autoscaler:
        flags:
    \(flags.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))

    """
  }

  /// What is said, each with the name of its file, and whether a scenario is left.
  private func check(
    _ arguments: [String], _ flags: String
  ) throws -> (said: [String], isRunnable: Bool) {
    let folder = NSTemporaryDirectory() + "flags-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let lines = arguments.map { "            - \($0)" }.joined(separator: "\n")
    let manifest = Self.deployment.replacingOccurrences(of: "ARGUMENTS", with: lines)
    try Data(manifest.utf8).write(to: URL(fileURLWithPath: folder + "/own.yaml"))
    let path = folder + "/scenario.yaml"
    try Data(Self.scenario(flags).utf8).write(to: URL(fileURLWithPath: path))
    var loaded = ScenarioLoader.load(path, models: TestRuns.models)
    #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
    loaded.checkAutoscaler()
    let said = loaded.diagnostics.map { problem in
      problem.description.replacingOccurrences(of: folder + "/", with: "")
    }
    return (said, loaded.scenario != nil)
  }

  @Test("Six mistakes in a Deployment and two in the scenario: all at once, each where it stands")
  func mistakes() throws {
    let (said, isRunnable) = try check(
      [
        "--scale-down-uneeded-time=5m", "--max-nodes-total=many", "--expander=least-wast",
        "--balance-similar-node-groups=yes", "\"--nodes=5:1:workers\"",
      ],
      "scale-down-unneeded-time: 5 minutes\nexpanders: random\nestimator: binpacking")
    let own = "Deployment own, container ca: "
    #expect(
      said == [
        "own.yaml:14:65: error: \(own)--scan-interval: expected a duration such as 10m or 1h30m, "
          + "found \"10\" (10s or 10m?)",
        "own.yaml:16:15: error: \(own)--scale-down-uneeded-time: cluster-autoscaler has no such "
          + "flag (did you mean --scale-down-unneeded-time?)",
        "own.yaml:17:15: error: \(own)--max-nodes-total: expected a whole number, found \"many\"",
        "own.yaml:18:15: error: \(own)--expander: expected one of random, most-pods, "
          + "least-waste, least-nodes, price, priority, grpc, found \"least-wast\" (did you mean "
          + "least-waste?)",
        "own.yaml:19:15: error: \(own)--balance-similar-node-groups: expected true or false, "
          + "found \"yes\"",
        "own.yaml:20:16: error: \(own)--nodes: expected <min>:<max>:<name>, such as "
          + "1:10:workers, found \"5:1:workers\"",
        "scenario.yaml:14:33: error: spec.autoscaler.flags.scale-down-unneeded-time: "
          + "--scale-down-unneeded-time: expected a duration such as 10m or 1h30m, found "
          + "\"5 minutes\"",
        "scenario.yaml:15:18: error: spec.autoscaler.flags.expanders: --expanders: "
          + "cluster-autoscaler has no such flag (did you mean --expander?)",
      ])
    #expect(!isRunnable)
  }

  @Test("A flag that nothing here follows is a warning, and the scenario runs")
  func unmodeled() throws {
    let (said, isRunnable) = try check(
      ["--scan-interval=10s", "--max-inactivity=20m"], "salvo-scale-up: true")
    #expect(said.filter { $0.contains("warning") }.count == 2, "\(said)")
    #expect(said.contains { $0.hasPrefix("own.yaml:17:15: warning") })
    #expect(isRunnable == !said.contains { $0.contains("error") })
  }

  @Test("Flags that are right by themselves and wrong together are errors where they stand")
  func conflict() throws {
    let (said, isRunnable) = try check(["--scan-interval=10s"], "expander: price")
    #expect(said.contains { $0.contains("spec.autoscaler.flags.expander: --expander:") }, "\(said)")
    #expect(!isRunnable)
  }
}
