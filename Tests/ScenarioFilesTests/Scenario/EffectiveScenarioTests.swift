import Documents
import ScenarioFiles
import Scenarios
import Testing

struct EffectiveScenarioTests {
  private func effective() throws -> EffectiveScenario {
    let models = try ScenarioFolder.library.get()
    let text = ScenarioFolder.scenario(
      "  parameters: {kubelet.imagePull: 3s}\n  timeline: [{at: 5m, run: kubectl get pods}]")
    return try ScenarioFolder.with(["s.yaml": text]) { folder in
      let loaded = ScenarioLoader.load(
        "\(folder)/s.yaml", models: models, settings: [Setting(path: "spec.seed", value: "5")])
      return try #require(EffectiveScenario(loaded, models: models))
    }
  }

  @Test("every value says where it came from: file, default, command line or model")
  func origins() throws {
    let entries = try effective().entries
    func entry(_ path: String) throws -> (value: String, origin: String) {
      let entry = try #require(entries.first { $0.path == path }, "\(path)")
      return (entry.value, entry.origin.description)
    }
    #expect(try entry("spec.horizon").value == "1h")
    #expect(try entry("spec.horizon").origin.hasSuffix("s.yaml:5"))
    #expect(try entry("spec.seed").value == "5")
    #expect(try entry("spec.seed").origin == "--set spec.seed=5")
    #expect(try entry("spec.date").value == "2026-07-20")
    #expect(try entry("spec.date").origin == "default: the era's day")
    #expect(try entry("spec.era").value == "current")
    #expect(try entry("spec.era").origin == "default")
    #expect(try entry("spec.cloud.nodeGroups[0].max").origin.hasSuffix("s.yaml:9"))
    #expect(
      try entry("spec.cloud.nodeGroups[0].zones").value == "us-east-1a, us-east-1b, us-east-1c")
    #expect(try entry("spec.parameters.kubelet.imagePull").value == "3s")
    #expect(try entry("spec.parameters.kubelet.imagePull").origin.hasSuffix("s.yaml:10"))
    #expect(
      try entry("kubelet.sandbox").origin.hasPrefix("models/kubernetes/kubelet.yaml: assumed, "))
    #expect(try entry("autoscaling.reconcileDelay").value == "1s to 25s, uniform")
    #expect(try entry("autoscaling.launchActivity").value == "72.7%: 32s; 27.3%: 1m4s")
    #expect(try entry("spec.timeline at 5m").value == "kubectl get pods")
    #expect(entries.contains { $0.path == "m5.large price" })
    #expect(!entries.contains { $0.path == "kubelet.imagePull" })
  }

  @Test("the listing has a line for each value, and the JSON an object")
  func forms() throws {
    let effective = try effective()
    #expect(effective.text.split(separator: "\n").count == effective.entries.count)
    let json = try JSONReader.read(effective.json)
    let values = try #require(json["values"]?.elements)
    #expect(values.count == effective.entries.count)
    let sandbox = try #require(values.first { $0["path"]?.scalarText == "kubelet.sandbox" })
    #expect(sandbox["mark"]?.scalarText == "assumed")
    #expect(sandbox["source"]?.scalarText?.isEmpty == false)
    #expect(sandbox["origin"]?.scalarText == "models/kubernetes/kubelet.yaml")
  }

  @Test("a scenario with errors has no effective form")
  func wrong() throws {
    let models = try ScenarioFolder.library.get()
    try ScenarioFolder.with(["s.yaml": "kind: Scenario"]) { folder in
      let loaded = ScenarioLoader.load("\(folder)/s.yaml", models: models)
      #expect(EffectiveScenario(loaded, models: models) == nil)
    }
  }
}
