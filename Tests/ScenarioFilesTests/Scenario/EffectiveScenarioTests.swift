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

  @Test("a scenario with services lists their figures, the roles and the distances with sources")
  func services() throws {
    let models = try ScenarioFolder.library.get()
    let text = ScenarioFolder.scenario(
      """
        services:
          - {kind: kafka, name: k, nodes: 3, instanceType: r4.xlarge, partitions: 24, load: 3000}
          - {kind: cassandra, name: c, region: us-east-2, nodes: 3, instanceType: r4.xlarge,
             writeCPU: 80us}
        behaviour:
          web: {model: anomaly-pipeline/consumer-jvm, pipeline: {detectorThreads: 80}}
        faults:
          - {at: 30m, for: 1m, link: [us-east-1, us-east-2]}
      """)
    let entries = try ScenarioFolder.with(["s.yaml": text, "web.yaml": ScenarioFolder.web]) {
      let loaded = ScenarioLoader.load("\($0)/s.yaml", models: models)
      return try #require(EffectiveScenario(loaded, models: models)).entries
    }
    func line(_ path: String) throws -> String {
      let entry = try #require(entries.first { $0.path == path }, "\(path)")
      let origin = entry.origin.description
      return "\(entry.value) | \(origin.drop { $0 == "/" }.split(separator: "/s.yaml").last ?? "")"
    }
    #expect(try line("spec.services[0].partitions") == "24 | :11")
    #expect(
      try line("spec.services[0].replicationFactor") == "3 | default: assumed, nobody has told")
    #expect(
      try line("spec.services[0].sessionTimeout")
        == "30s | default: from source code, AnomaliaMachina 6ea72af")
    #expect(try line("spec.services[0].region") == "us-east-1 | default: the cloud's region")
    #expect(try line("spec.services[0].load") == "3000 messages/s from 0s | :11")
    #expect(try line("spec.services[1].writeCPU") == "80us | :13")
    #expect(try line("spec.services[1].readCPU").hasPrefix("500us | default: assumed, "))
    #expect(
      try line("spec.behaviour.web.pipeline.role").hasPrefix(
        "consumer | models/workloads/anomaly-pipeline.yaml: published, "))
    #expect(try line("spec.behaviour.web.pipeline.detectorThreads") == "80 | :15")
    #expect(
      try line("spec.behaviour.web.pipeline.maxPollRecords")
        == "500 | default: published, Kafka 2.1, max.poll.records")
    #expect(try line("spec.faults[0]") == "us-east-1 to us-east-2, from 30m for 1m | :17")
    #expect(
      try line("round trip, us-east-1 to us-east-2").hasPrefix(
        "10.549 ms, 10.457 to 12.038 | models/aws/region-rtt-ms.csv: measured, "))
    #expect(try line("r4.xlarge vcpus").hasPrefix("4 | models/aws/instance-types.csv"))
    #expect(entries.contains { $0.path == "r4.xlarge price in us-east-2" })
  }

  @Test("without services nothing of the pipeline is listed, whatever a model brings")
  func withoutServices() throws {
    let models = try ScenarioFolder.library.get()
    let text = ScenarioFolder.scenario("  behaviour: {web: {model: anomaly-pipeline/consumer-jvm}}")
    let entries = try ScenarioFolder.with(["s.yaml": text]) {
      try #require(
        EffectiveScenario(ScenarioLoader.load("\($0)/s.yaml", models: models), models: models)
      ).entries
    }
    #expect(
      !entries.contains { $0.path.contains("pipeline.") || $0.path.contains("observability") })
    #expect(!entries.contains { $0.path.hasPrefix("round trip") })
  }
}
