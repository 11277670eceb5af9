import AWSObjects
import ArgumentParser
import Documents
import Foundation
import ScenarioFiles
import Scenarios

/// `seatrial show`: the effective scenario, or one machine type; every value with its source.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a scenario or an instance type, every value with where it came from.",
    subcommands: [ShowScenario.self, ShowInstanceType.self], defaultSubcommand: ShowScenario.self)
}

/// `seatrial show instance-type m5.large`.
struct ShowInstanceType: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instance-type", abstract: "What a node of this type offers to pods, and why.")

  @Argument(help: "The instance type, such as m5.large.")
  var name: String

  @Option(help: "A real describe-instance-types answer to read types from.")
  var instanceTypes: String?

  @Option(help: "The share of memory that the VM's overhead takes.")
  var vmMemoryOverhead = 0.075

  @Option(help: "current or 2019-02.")
  var era = "current"

  @Option(help: "A real node (kubectl get nodes -o json) to take memory, huge pages and pods from.")
  var node: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if Era(rawValue: era) == nil {
      throw ValidationError("--era takes current or 2019-02, not '\(era)'.")
    }
    if !(0..<1).contains(vmMemoryOverhead) {
      throw ValidationError("--vm-memory-overhead takes a share from 0 to 1.")
    }
  }

  func run() throws {
    let models = try Loading.models()
    let sink = DiagnosticSink()
    var catalog = models.aws.instanceTypes
    if let instanceTypes {
      guard let document = try read(instanceTypes, sink) else { throw Status.wrongInput }
      catalog = InstanceTypeCatalog(
        describeInstanceTypes: document, file: instanceTypes, sink: sink, supplement: catalog)
    }
    let nodeEra = Era(rawValue: era)!.nodes
    var rule = NodeAllocatable(era: nodeEra, vmMemoryOverhead: vmMemoryOverhead)
    if let node, let document = try read(node, sink) {
      let measured = MeasuredNode.read(document, file: node, sink: sink)
      if let match = measured.first(where: { $0.instanceType == name }) {
        rule = match.rule(era: nodeEra)
      } else {
        Console.complain("\(node): error: no node of type \(name)")
        throw Status.wrongInput
      }
    }
    try Console.report(sink.sorted.filter { $0.severity == .error })
    do {
      let shape = try catalog.shape(of: name, rule: rule)
      Console.print(json ? shape.json : shape.text)
    } catch {
      Console.complain("seatrial: \(error)")
      throw Status.wrongInput
    }
  }

  private func read(_ path: String, _ sink: DiagnosticSink) throws -> DocumentNode? {
    guard let data = FileManager.default.contents(atPath: path) else {
      Console.complain("\(path): error: no such file")
      throw Status.missingInput
    }
    return DocumentReader.read(String(decoding: data, as: UTF8.self), file: path, sink: sink).first
  }
}

/// `seatrial show SCENARIO`.
struct ShowScenario: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario", abstract: "The effective scenario.")

  @Argument(help: "The scenario file.")
  var scenario: String

  @Option(name: .customLong("set"), help: "Replace a value: spec.cloud.nodeGroups[0].max=6.")
  var settings: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let models = try Loading.models()
    guard let effective = try effective(models, settings.compactMap { Setting($0) }) else {
      throw Status.bug
    }
    Console.print(json ? effective.json : effective.text)
  }
  private func effective(_ models: Models, _ settings: [Setting]) throws -> EffectiveScenario? {
    if DocumentKind.of(scenario) == DocumentKind.provisioning {
      let loaded = ProvisioningLoader.load(scenario, models: models, settings: settings)
      try Console.report(loaded.diagnostics)
      return EffectiveScenario(loaded)
    }
    let loaded = ScenarioLoader.load(scenario, models: models, settings: settings)
    try Console.report(
      loaded.diagnostics.filter { $0.severity == .error }, missing: loaded.isMissing)
    return EffectiveScenario(loaded, models: models)
  }
}
