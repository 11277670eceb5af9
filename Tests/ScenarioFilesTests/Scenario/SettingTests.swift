import Documents
import ScenarioFiles
import Scenarios
import Testing
import TimeUnits

struct SettingTests {
  private func load(_ settings: [String]) throws -> LoadedScenario {
    let models = try ScenarioFolder.library.get()
    let text = ScenarioFolder.scenario(
      "  timeline:\n  - {at: 10m, run: kubectl get pods}\n", head: "\n  seed: 3")
    return try ScenarioFolder.with(["s.yaml": text]) { folder in
      ScenarioLoader.load(
        "\(folder)/s.yaml", models: models, settings: settings.compactMap { Setting($0) })
    }
  }

  @Test("settings replace and add values, by position and by name")
  func sets() throws {
    let loaded = try load([
      "spec.seed=9", "spec.cloud.nodeGroups[0].max=6", "spec.cloud.nodeGroups[workers].desired=4",
      "spec.cloud.nodeGroups[workers].zones=[us-east-1b]", "spec.addons=[]",
      "spec.timeline[0].at=20m", "spec.parameters.kubelet.imagePull={uniform: {from: 1s, to: 2s}}",
      "spec.parameters.ec2.stopping=30s",
    ])
    #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
    let scenario = try #require(loaded.scenario)
    #expect(scenario.seed == 9)
    #expect(scenario.cloud.nodeGroups[0].max == 6)
    #expect(scenario.cloud.nodeGroups[0].desired == 4)
    #expect(scenario.cloud.nodeGroups[0].zones.map(\.name) == ["us-east-1b"])
    #expect(scenario.addons.isEmpty)
    #expect(scenario.timeline[0].at == .seconds(1200))
    #expect(scenario.parameters.map(\.name) == [.kubeletImagePull, .ec2Stopping])
  }

  @Test(
    "a setting that leads nowhere, or to a wrong value, is named",
    arguments: [
      ("spec.sed=4", "--set spec.sed=4: error: spec.sed: unknown key 'sed' (did you mean 'seed'?)"),
      (
        "spec.cloud.nodeGroups[workrs].max=4",
        "--set spec.cloud.nodeGroups[workrs].max=4: error: spec.cloud.nodeGroups has nothing called "
          + "'workrs' (did you mean 'workers'?)"
      ),
      ("spec.cloud.nodeGroups[3].max=4", "spec.cloud.nodeGroups has no [3]: it has 1 elements"),
      ("spec.seed.deep=4", "spec.seed is no mapping"),
      ("spec..seed=4", "'spec..seed' is not a path"),
      (
        "spec.cloud.nodeGroups[0].max=0", "desired 1 is above max 0"
      ),
      ("spec.horizon=soon", "--set spec.horizon=soon: error: spec.horizon: not a duration"),
      ("spec.seed=[", "--set spec.seed=[: error: the value is not YAML"),
    ])
  func refuses(setting: String, expected: String) throws {
    let said = try load([setting]).diagnostics.map(\.description)
    #expect(said.contains { $0.contains(expected) }, "said: \(said)")
  }

  @Test("only PATH=VALUE is a setting")
  func parsing() {
    #expect(Setting("a.b=c=d") == Setting(path: "a.b", value: "c=d"))
    #expect(Setting("a.b") == nil)
    #expect(Setting("=c") == nil)
  }
}
