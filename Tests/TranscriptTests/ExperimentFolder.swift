import Foundation
import TestSupport

/// A short experiment in a folder of its own, for the command line.
enum ExperimentFolder {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  static func experiment(replications: Int = 5, expect: String = "atMost: 1") -> String {
    """
    apiVersion: seatrial/v1
    kind: Experiment
    metadata: {name: small}
    spec:
      scenario: scenario.yaml
      factors:
        - {name: replicas, object: Deployment/web, path: spec.replicas, levels: [7, 8, 9]}
      replications: \(replications)
      baseline: {replicas: 7}
      responses:
        - {name: cost, metric: seatrial_cost_usd}
        - {name: waited, metric: seatrial_unschedulable_pod_seconds}
      expect:
        - {response: cost, at: {replicas: 7}, \(expect), text: cheap enough}

    """
  }

  static func with<Value>(
    _ experiment: String = experiment(), _ body: (String) throws -> Value
  ) throws -> Value {
    let folder = NSTemporaryDirectory() + "designed-\(ProcessInfo.processInfo.globallyUniqueString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in [
      ("scenario.yaml", SmallExperiment.scenario()), ("web.yaml", SmallExperiment.web),
      ("e.yaml", experiment),
    ] {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    return try body(folder)
  }

  /// Output of `seatrial experiment …` that must not fail.
  static func output(_ arguments: String..., in folder: String) throws -> String {
    let run = try TestRuns.command(["experiment"] + arguments, in: folder)
    guard run.status == 0 else { throw Failure(description: run.errors) }
    return run.output
  }
}
