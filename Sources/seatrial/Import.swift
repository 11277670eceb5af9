import AWSObjects
import ArgumentParser
import Documents
import Foundation
import KubeScheduler
import KubernetesObjects
import RunFiles
import ScenarioFiles
import Scenarios
import SimulationKernel
import TimeUnits
import TraceImports

/// `seatrial import`: public traces of real clusters.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take over a public trace.", subcommands: [ImportOpenb.self, ImportSimKube.self])
}

/// `seatrial import openb NODES.csv PODS.csv`.
struct ImportOpenb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "openb",
    abstract: "Play Alibaba's openb tables through the scheduler, and keep them as objects.",
    discussion: """
      Every pod is decided when it was created and leaves when it was deleted. The folder holds \
      scenario.yaml for `run`, with the nodes.json, pods.json and lifetimes.csv that it names, and \
      arrivals.csv.
      """)

  @Argument(help: "The table of nodes.")
  var nodes: String

  @Argument(help: "The table of pods.")
  var pods: String

  enum Share: String, ExpressibleByArgument, CaseIterable { case whole, shared }

  @Option(
    name: .customLong("gpus"),
    help: "How a part of a GPU is asked for: whole devices, or thousandths of the node's.")
  var share = Share.whole

  @Option(help: "The seed that draws among equally good nodes.")
  var seed: UInt64 = 1

  @Flag(help: "Score every node that does, not as many as the scheduler does by default.")
  var allNodes = false

  @Flag(help: "No pod ever leaves: the cluster fills up.")
  var stay = false

  @Option(help: "The folder for what is kept.")
  var out = "out/openb"

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let sink = DiagnosticSink()
    let gpus: OpenbTrace.GPUs = share == .whole ? .whole : .shared
    var trace = OpenbTrace.read(
      nodes: try ImportFiles.text(nodes), file: nodes, pods: try ImportFiles.text(pods),
      file: pods, gpus: gpus, sink: sink)
    try Console.report(sink.sorted)
    if stay { for index in trace.pods.indices { trace.pods[index].deleted = nil } }
    var profile = SchedulerProfile.kubernetes1_36
    if allNodes { profile.percentageOfNodesToScore = 100 }
    var ties = RandomStreams(seed: seed).stream("scheduler.ties")
    let resources = [ResourceName.cpu, ResourceName.memory, gpus.resource]
    var playback = SchedulerPlayback(trace, resources: resources, profile: profile)
    var clock = ProcessClock()
    playback.run(using: &ties) { isOver in isOver ? clock.start() : clock.stop() }
    clock.stop()
    let table = PlaybackTable(playback.samples, names: ["CPU", "Memory", "GPU"])
    let scenario = ArrivalScenario(
      trace, name: "openb", origin: "Alibaba's openb cluster",
      writer: APIObjectWriter(start: Era.current.defaultDate))
    try ImportFiles.write(out, scenario.files + [("arrivals.csv", table.csv)])
    if json {
      Console.print(Self.document(playback, trace, clock))
      return
    }
    Console.print(
      "\(trace.nodes.count) nodes, \(trace.pods.count) pods; \(playback.decisions) decisions, "
        + "\(playback.waited) had to wait, \(playback.neverPlaced) left before they had a node\n")
    Console.print(table.text + "\n")
    Console.print(table.plot(width: Console.width) + "\n")
    Console.print(
      "scheduling took \(Self.milliseconds(clock.seconds)) ms of CPU, the whole command "
        + "\(Self.milliseconds(ProcessClock.processSeconds)) ms and "
        + "\(ProcessClock.peakMebibytes) MiB at its peak")
    Console.print(
      "\(out)/ holds nodes.json, pods.json, lifetimes.csv and arrivals.csv; with controllers and "
        + "kubelets: seatrial run \(out)/scenario.yaml")
  }

  private static func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }

  private static func document(
    _ playback: SchedulerPlayback, _ trace: ArrivalTrace, _ clock: ProcessClock
  ) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("nodes", trace.nodes.count)
      json.field("pods", trace.pods.count)
      json.field("decisions", playback.decisions)
      json.field("waited", playback.waited)
      json.field("never_placed", playback.neverPlaced)
      json.field("scheduling_cpu_s", clock.seconds)
      json.field("cpu_s", ProcessClock.processSeconds)
      json.field("peak_mib", ProcessClock.peakMebibytes)
      json.field(
        "samples",
        array: { json in
          for sample in playback.samples { Self.write(sample, playback.resources, to: &json) }
        })
    }
    return json.text
  }

  private static func write(
    _ sample: SchedulerPlayback.Sample, _ resources: [String], to json: inout JSONWriter
  ) {
    json.object { json in
      json.field("arrivals", sample.arrivals)
      json.field("t_s", sample.seconds)
      json.field("placed", sample.placed)
      json.field("waiting", sample.waiting)
      json.field(
        "allocation",
        object: { json in
          for (name, value) in zip(resources, sample.allocation) { json.field(name, value) }
        })
      json.field(
        "fragmentation",
        object: { json in
          for (name, value) in zip(resources, sample.fragmentation) { json.field(name, value) }
        })
    }
  }
}

/// `seatrial import simkube trace.json`.
struct ImportSimKube: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simkube", abstract: "Make a scenario of a SimKube trace.",
    discussion: """
      seatrial import simkube trace.sktrace --instance-type m5.xlarge --nodes 5
      seatrial run out/simkube/scenario.yaml
      """)

  @Argument(help: "The trace: MessagePack, or the same as JSON (.json).")
  var trace: String

  @Option(help: "The scenario's name.")
  var name = "simkube"

  @Option(help: "The instance type of the nodes: a trace does not say what it ran on.")
  var instanceType = "m5.xlarge"

  @Option(help: "How many nodes.")
  var nodes = 5

  @Option(help: "The folder for the scenario. Default out/<name>.")
  var out: String?

  func validate() throws {
    if !(0...100_000).contains(nodes) { throw ValidationError("--nodes must be 0 to 100000.") }
    if name.isEmpty || !name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) {
      throw ValidationError("--name takes letters, digits and '-'.")
    }
  }

  func run() throws {
    let models = try Loading.models()
    guard (try? models.aws.instanceTypes.type(named: instanceType)) != nil else {
      Console.complain("seatrial: no instance type is called '\(instanceType)'")
      throw ExitCode(64)
    }
    let sink = DiagnosticSink()
    var imported: SimKubeTrace?
    if let document = try document(sink) {
      imported = SimKubeTrace(DocumentCursor(document, file: trace, sink: sink))
    }
    try Console.report(sink.sorted)
    guard let imported else { throw Status.wrongInput }
    let scenario = SimKubeScenario(
      imported, name: name, instanceType: instanceType, nodes: nodes)
    let folder = out ?? "out/\(name)"
    try ImportFiles.write(folder, scenario.files)
    Console.print(
      "\(imported.changes.count) changes over \(imported.changes.last?.seconds ?? 0) s; "
        + "\(folder)/scenario.yaml is ready: seatrial run \(folder)/scenario.yaml")
  }

  private func document(_ sink: DiagnosticSink) throws -> DocumentNode? {
    func complain(_ line: Int, _ column: Int, _ message: String) {
      sink.report(
        Diagnostic(
          severity: .error, file: trace, line: line, column: column, path: "", message: message))
    }
    if trace.hasSuffix(".json") {
      let text = try ImportFiles.text(trace)
      do throws(JSONReader.SyntaxError) { return try JSONReader.read(text) } catch {
        complain(error.line, error.column, "not JSON: \(error.message) at byte \(error.byte)")
        return nil
      }
    }
    let bytes = [UInt8](try ImportFiles.data(trace))
    do throws(MessagePackReader.SyntaxError) { return try MessagePackReader.read(bytes) } catch {
      complain(1, error.byte + 1, "not MessagePack: \(error.message) at byte \(error.byte)")
      return nil
    }
  }
}

/// Files that imports read and write.
enum ImportFiles {
  static func data(_ path: String) throws -> Data {
    if let data = FileManager.default.contents(atPath: path) { return data }
    Console.complain("\(path): error: no such file")
    throw Status.missingInput
  }

  static func text(_ path: String) throws -> String {
    if let text = String(data: try data(path), encoding: .utf8) { return text }
    Console.complain("\(path): error: not UTF-8 text")
    throw Status.wrongInput
  }

  /// Writes a folder whole or not at all.
  static func write(_ path: String, _ files: [(name: String, text: String)]) throws {
    var folder: OutputFolder?
    do throws(OutputFolder.Failure) {
      folder = try OutputFolder(path)
      for file in files { try folder?.write(file.name, file.text) }
      try folder?.commit()
    } catch {
      folder?.discard()
      Console.complain("seatrial: \(error.description)")
      throw Status.cannotCreate
    }
  }
}
