import AWSObjects
import ArgumentParser
import ClusterSimulation
import Documents
import Exports
import Foundation
import KubernetesObjects
import RunFiles
import ScenarioFiles
import Scenarios
import TimeUnits
import Traces

/// `seatrial run`: plays one scenario, a provisioning plan, or manifests on a cluster of the given
/// size.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play a scenario, or see where manifests would run.",
    discussion: """
      seatrial run models/scenarios/first-voyage.yaml
      seatrial run models/scenarios/eks-provisioning.yaml
      seatrial run --manifests k8s/ --instance-type m5.large --nodes 3
      """)

  @Argument(help: "The scenario file.")
  var scenario: String?

  @Option(
    name: .customLong("manifests"), parsing: .upToNextOption,
    help: "Manifest files or folders to run without a scenario.")
  var manifests: [String] = []

  @Option(help: "The instance type of the nodes, with --manifests.")
  var instanceType = "m5.large"

  @Option(help: "How many nodes, with --manifests. Default 3; 0 if the manifests bring Nodes.")
  var nodes: Int?

  @Option(help: "The era, with --manifests: current or 2019-02.")
  var era = "current"

  @Option(help: "The seed of all randomness; replaces the scenario's.")
  var seed: UInt64?

  @Option(name: .customLong("set"), help: "Replace a value: spec.cloud.nodeGroups[0].max=6.")
  var settings: [String] = []

  @Option(help: "Stop after this much simulated time: 30m, 2h.")
  var until: String?

  @Option(help: "The folder for trace.jsonl, metrics.csv and summary.json. Default out/<name>.")
  var out: String?

  @Option(help: "Play so many replications and print in how many each expectation holds.")
  var replications: Int?

  @Flag(help: "Also write metrics.openmetrics.txt: metrics.csv as Prometheus would have it.")
  var openmetrics = false

  @Flag(help: "Print summary.json instead of the story.")
  var json = false

  func validate() throws {
    if scenario == nil, manifests.isEmpty {
      throw ValidationError("Give a scenario file, or --manifests PATH… .")
    }
    if scenario != nil, !manifests.isEmpty {
      throw ValidationError("Give a scenario file or --manifests, not both.")
    }
    if let nodes, !(0...100_000).contains(nodes) {
      throw ValidationError("--nodes must be 0 to 100000.")
    }
    if let until, (try? DurationText.parse(until)) == nil {
      throw ValidationError("--until takes a duration such as 30m or 2h, not '\(until)'.")
    }
    if let replications, !(1...1_000_000).contains(replications) {
      throw ValidationError("--replications takes a number from 1 to 1000000.")
    }
    if Era(rawValue: era) == nil {
      throw ValidationError("--era takes current or 2019-02, not '\(era)'.")
    }
  }

  func run() throws {
    if let scenario, DocumentKind.of(scenario) == DocumentKind.provisioning {
      if until != nil { throw ValidationError("--until does not go with a provisioning plan.") }
      return try RunProvisioning(
        path: scenario, seed: seed, replications: replications, settings: try parsedSettings(),
        out: out, json: json
      ).run()
    }
    if replications != nil, out != nil || until != nil || openmetrics {
      throw ValidationError("--replications writes no folder and plays to the horizon.")
    }
    let models = try Loading.models()
    let (setup, warnings, isBare) = try scenario.map { try load($0, models) } ?? bare(models)
    if let replications { return try Replications.run(setup, count: replications, json: json) }
    var folder: OutputFolder?
    // A look at manifests leaves nothing behind unless asked to.
    if out != nil || openmetrics || !isBare {
      do { folder = try OutputFolder(out ?? "out/\(setup.scenario.name)") } catch {
        throw fail(error)
      }
    }
    var summary: RunSummary
    do throws(OutputFolder.Failure) {
      summary = try play(setup, warnings, &folder)
    } catch {
      folder?.discard()
      throw fail(error)
    }
    if isBare {
      // There is no scenario file whose values could be set.
      summary.advice = summary.advice.map {
        $0.contains("--set")
          ? "Everything fits. Try fewer or smaller nodes: --nodes \(max(1, (nodes ?? 3) - 1))."
          : $0.replacing("a group under spec.cloud.nodeGroups", with: "machines with --nodes")
      }
    }
    Console.print(
      json
        ? SummaryJSON.text(summary)
        : StoryPrinter(isColored: Console.isColored, width: Console.width).text(summary))
    if !json, let folder {
      let sampled = openmetrics ? ", metrics.openmetrics.txt" : ""
      let more =
        sampled
        + (setup.scenario.services.isEmpty
          ? "" : ", openmetrics.txt, spans.otlp.json and spans.chrome.json")
      Console.print(
        "\(folder.path)/ holds trace.jsonl, metrics.csv, summary.json\(more).")
    }
    if !summary.passed { throw Status.checkFailed }
  }

  private func fail(_ error: OutputFolder.Failure) -> any Error {
    Console.complain("seatrial: \(error.description)")
    return Status.cannotCreate
  }

  private func play(
    _ setup: ClusterSetup, _ warnings: [String], _ folder: inout OutputFolder?
  ) throws(OutputFolder.Failure) -> RunSummary {
    let start = ContinuousClock.now
    var run: ClusterRun
    do { run = try ClusterRun(setup) } catch {
      throw OutputFolder.Failure(description: "\(error)")
    }
    let limit = until.flatMap { try? DurationText.parse($0) }
    let end = limit.map { min(run.horizon, SimulationTime.zero + $0) } ?? run.horizon
    try folder?.begin("trace.jsonl")
    let output = folder
    var buffer: [UInt8] = []
    try run.run(until: end) { (line) throws(OutputFolder.Failure) in
      guard output != nil else { return }
      buffer += line
      buffer.append(0x0A)
      if buffer.count > 1 << 16 {
        try output?.append(buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    try output?.append(buffer)
    var summary = run.summary(version: Version.text, warnings: warnings)
    summary.wallSeconds = (ContinuousClock.now - start).secondsValue
    try output?.write("metrics.csv", MetricsCSV.text(run.observer.metrics.store))
    try output.map { (folder) throws(OutputFolder.Failure) in
      try writePipeline(of: run, setup.scenario, to: folder)
      if openmetrics { try writeSamples(of: run, until: end, setup.scenario, to: folder) }
    }
    try output?.write("summary.json", SummaryJSON.text(summary) + "\n")
    try output?.commit()
    return summary
  }

  // MARK: Loading

  private func load(
    _ path: String, _ models: Models
  ) throws -> (ClusterSetup, [String], isBare: Bool) {
    var loaded = ScenarioLoader.load(path, models: models, settings: try parsedSettings())
    let scheduler = loaded.readScheduler()
    loaded.checkAutoscaler()
    try Console.report(
      loaded.diagnostics.filter { $0.severity == .error }, missing: loaded.isMissing)
    guard var scenario = loaded.scenario else { throw Status.bug }
    if let seed { scenario.seed = seed }
    let setup = try Loading.setup(
      scenario, manifests: loaded.manifests, files: loaded.commandFiles,
      traces: loaded.traces, arrivals: loaded.arrivals, scheduler: scheduler, models: models)
    return (setup, loaded.diagnostics.map(\.description), false)
  }

  private func parsedSettings() throws -> [Setting] {
    try settings.map { text in
      guard let setting = Setting(text) else {
        throw ValidationError("--set takes PATH=VALUE, not '\(text)'.")
      }
      return setting
    }
  }

  /// A cluster for manifests at hand: nodes over three zones of us-east-1, no timeline.
  private func bare(_ models: Models) throws -> (ClusterSetup, [String], isBare: Bool) {
    let era = Era(rawValue: era) ?? .current
    var options = ManifestReader.Options()
    options.release = era.release
    let loaded = ManifestLoader.load(manifests, options: options)
    try Console.report(
      loaded.diagnostics.filter { $0.severity == .error }, missing: !loaded.missing.isEmpty)
    let scenario: Scenario
    do {
      let hasNodes = loaded.manifests.objects.contains { $0.kind == "Node" }
      scenario = try Self.bareScenario(
        era: era, instanceType: instanceType, nodes: nodes ?? (hasNodes ? nil : 3),
        hasAddons: !hasNodes, seed: seed ?? 1, until: until)
      _ = try models.aws.instanceTypes.type(named: instanceType)
    } catch {
      Console.complain("seatrial: \(error)")
      throw ExitCode(64)
    }
    let setup = try Loading.setup(scenario, manifests: loaded.manifests, models: models)
    return (setup, loaded.diagnostics.map(\.description), true)
  }

  /// `nodes` nil is a cluster of the manifests' own nodes, whose dump has its add-ons too.
  private static func bareScenario(
    era: Era, instanceType: String, nodes: Int?, hasAddons: Bool, seed: UInt64, until: String?
  ) throws(ScenarioProblems) -> Scenario {
    let zones = ["us-east-1a", "us-east-1b", "us-east-1c"].map { AvailabilityZone($0) }
    let groups = nodes.map { count in
      [
        NodeGroupSpec(
          name: "workers", instanceType: instanceType, zones: zones, min: 0, desired: count,
          max: count)
      ]
    }
    var draft = ScenarioDraft(
      name: "manifests", era: era,
      horizon: until.flatMap { try? DurationText.parse($0) } ?? .seconds(3600),
      cloud: CloudSpec(region: Region("us-east-1"), nodeGroups: groups ?? []))
    draft.seed = seed
    if !hasAddons { draft.addons = [] }
    return try Scenario(draft)
  }
}
