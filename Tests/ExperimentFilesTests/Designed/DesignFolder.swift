import Documents
import ExperimentFiles
import ExperimentStore
import Experiments
import Foundation
import TestSupport

/// A small experiment in a folder of its own: a node that is too small for some points, and a
/// second one that comes when it comes.
enum DesignFolder {
  static let scenario = SmallExperiment.scenario(
    seed: 5,
    expect:
      "{event: NodeNotReady, about: node/, never: true, text: \"all nodes stay Ready, always\"}")

  static let spec = """
      scenario: scenario.yaml
      factors:
        - {name: type, path: "spec.cloud.nodeGroups[w].instanceType", levels: [m5.large, m5.xlarge]}
        - {name: replicas, object: Deployment/web, path: spec.replicas, levels: [7, 9]}
      replications: 3
      baseline: {type: m5.large, replicas: 7}
      responses:
        - {name: cost, metric: seatrial_cost_usd}
        - {name: waited, metric: seatrial_unschedulable_pod_seconds}
        - {name: ready, expectation: "all nodes stay Ready, always"}
      expect:
        - {response: cost, at: {type: m5.large}, atMost: 1}

    """

  static func text(_ spec: String = spec) -> String {
    "apiVersion: seatrial/v1\nkind: Experiment\nmetadata: {name: small}\nspec:\n" + spec
  }

  static let models = ExperimentLoader.ModelsAtHand(
    folder: "\(TestRuns.root)/models", models: TestRuns.models)

  static func with<Value>(
    _ spec: String = spec, _ files: [String: String] = [:], _ body: (String) throws -> Value
  ) throws -> Value {
    let all = ["scenario.yaml": scenario, "web.yaml": SmallExperiment.web].merging(files) {
      _, given in given
    }
    return try ExperimentFolder.with(text(spec), all, body)
  }

  /// What is said about an experiment, without the folder.
  static func diagnostics(_ spec: String, _ files: [String: String] = [:]) throws -> [String] {
    try with(spec, files) { folder in
      ExperimentLoader.load("\(folder)/experiment.yaml", models: models).diagnostics.map {
        $0.description.replacingOccurrences(of: folder + "/", with: "")
      }
    }
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  static func load(_ folder: String, version: String = "test") throws -> LoadedDesign {
    let loaded = ExperimentLoader.load(
      "\(folder)/experiment.yaml", models: models, version: version)
    guard case .designed(let design)? = loaded.experiment else {
      throw Failure(description: "\(loaded.diagnostics)")
    }
    return design
  }

  /// Plays an experiment, and tells of its design and store.
  static func run<Value>(
    _ spec: String = spec, workers: Int = 2,
    _ body: (LoadedDesign, ExperimentStore) throws -> Value
  ) throws -> Value {
    try with(spec) { folder in
      let design = try load(folder)
      let store = try ExperimentStore("\(folder)/rows.sqlite", of: design.identity)
      try ExperimentRunner(design.experiment, store: store, version: "test", workers: workers)
        .run()
      return try body(design, store)
    }
  }

  static func rows(_ design: LoadedDesign, _ store: ExperimentStore) throws -> String {
    var text = ""
    try RunTable.write(design, store) { text += $0 }
    return text
  }
}
