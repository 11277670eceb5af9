import Foundation
import TestSupport
import Testing

/// `spec.scheduler.config` as a person uses it.
@Suite struct SchedulerConfigurationCommandTests {
  private static let scenario = """
    apiVersion: seatrial/v1
    kind: Scenario
    metadata: {name: packed}
    spec:
      horizon: 5m
      cloud:
        region: us-east-1
        nodeGroups: [{name: w, instanceType: m5.large, min: 2, max: 2}]
      scheduler: {config: scheduler.yaml}
      manifests: [pods.yaml]
      addons: []

    """
  private static let pods = (1...4).map { number in
    """
    apiVersion: v1
    kind: Pod
    metadata: {name: p\(number)}
    spec: {containers: [{name: c, image: "a:1", resources: {requests: {cpu: 300m}}}]}

    """
  }.joined(separator: "---\n")

  private func configuration(_ strategy: String) -> String {
    """
    apiVersion: kubescheduler.config.k8s.io/v1
    kind: KubeSchedulerConfiguration
    profiles:
      - pluginConfig:
          - {name: NodeResourcesFit, args: {scoringStrategy: {type: \(strategy)}}}
        plugins: {score: {disabled: [{name: NodeResourcesBalancedAllocation}]}}

    """
  }

  private func run(
    _ configuration: String?, _ command: String..., scenario: String = scenario
  ) throws -> (status: Int32, output: String, errors: String) {
    let folder = NSTemporaryDirectory() + "config-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    try write("s.yaml", scenario)
    try write("pods.yaml", Self.pods)
    if let configuration { try write("scheduler.yaml", configuration) }
    return try TestRuns.command(command + ["s.yaml"], in: folder)
  }

  /// How many of the two nodes hold pods at the end.
  private func usedNodes(_ strategy: String) throws -> Int {
    let result = try run(configuration(strategy), "run")
    #expect(result.status == 0, "\(result.errors)")
    return result.output.split(separator: "\n").count {
      $0.contains(": Ready, pods ") && !$0.contains(", pods 0/")
    }
  }

  @Test("a run goes by the configuration that the scenario names")
  func strategy() throws {
    #expect(try usedNodes("MostAllocated") == 1)
    #expect(try usedNodes("LeastAllocated") == 2)
  }

  @Test("a mistake in the file, a missing file and the wrong era are told, and nothing is run")
  func mistakes() throws {
    for command in ["run", "validate"] {
      let wrong = try run(configuration("MostAlocated"), command)
      #expect(wrong.status == 65)
      #expect(
        wrong.errors.contains(
          "scheduler.yaml:5:65: error: profiles[0].pluginConfig[0].args.scoringStrategy.type"),
        "\(wrong.errors)")
      let missing = try run(nil, command)
      #expect(missing.status == 65)
      #expect(
        missing.errors.contains("s.yaml:9:23: error: spec.scheduler.config: no such file"),
        "\(missing.errors)")
    }
    let old = try run(
      configuration("MostAllocated"), "validate",
      scenario: Self.scenario.replacing("spec:\n", with: "spec:\n  era: \"2019-02\"\n"))
    #expect(old.status == 65 && old.errors.contains("read by kube-scheduler 1.36, not by 1.11"))
  }
}
