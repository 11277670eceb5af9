import ArgumentParser
import Conformance
import Documents
import Foundation
import KubeScheduler
import KubernetesObjects
import RunFiles
import ScenarioFiles
import SimulationKernel
import TimeUnits

/// `seatrial dry-run`: one decision, without a run around it.
struct DryRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dry-run", abstract: "Ask one program what it would do, and why.",
    subcommands: [DryRunScheduler.self, DryRunClusterAutoscaler.self])
}

/// `seatrial dry-run scheduler case.json`, or `--nodes nodes.json --pods pods.yaml`.
struct DryRunScheduler: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scheduler", abstract: "Where would these pods go, and why?",
    discussion: """
      seatrial dry-run scheduler case.json
      kubectl get nodes -o json > nodes.json; kubectl get pods -A -o json > pods.json
      seatrial dry-run scheduler --nodes nodes.json --pods pods.json new-pods.yaml
      Pods that have a node stay there; the rest, and those that a Deployment lacks, are tried one \
      by one, those of higher priority first. Where pods have claims, give these too: kubectl get \
      pvc,pv,sc,csinodes -A -o json. Without --config every node is scored, with it as many as \
      it says.
      """)

  enum Ties: String, ExpressibleByArgument, CaseIterable { case first, random }

  @Argument(help: "A recorded case.")
  var recordedCase: String?

  @Option(
    parsing: .upToNextOption, help: "Files or folders with nodes, as kubectl get -o json gives.")
  var nodes: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: """
      Files or folders with pods or their Deployments, and whatever bears on them: services, \
      budgets, claims, volumes.
      """)
  var pods: [String] = []

  @Option(help: "A KubeSchedulerConfiguration to decide by.")
  var config: String?

  @Option(help: "Which of equally good nodes: the alphabetically first, or one at random.")
  var ties = Ties.first

  @Option(help: "The seed of random ties.")
  var seed: UInt64 = 1

  @Flag(help: "Take pods that have a node off it first, and place all of them anew.")
  var unbind = false

  @Flag(help: "Print the results in the shape of the recordings.")
  var json = false

  func validate() throws {
    if recordedCase == nil, nodes.isEmpty || pods.isEmpty {
      throw ValidationError("Give a recorded case, or --nodes PATH… and --pods PATH… .")
    }
    if recordedCase != nil, !nodes.isEmpty || !pods.isEmpty {
      throw ValidationError("Give a recorded case or --nodes and --pods, not both.")
    }
  }

  func run() throws {
    var profiles = try config.map(Self.profiles) ?? [.recorded]
    var world: SchedulerRecording
    if let recordedCase {
      world = try CaseFile.read(recordedCase) { SchedulerRecording($0) }
      // A recorded case names no scheduler: the first profile is the one that is asked about.
      profiles[0].name = "default-scheduler"
    } else {
      world = try readObjects()
    }
    if unbind { world.unbind() }
    let stream =
      ties == .random ? RandomStreams(seed: seed).stream("dry-run.scheduler.ties") : nil
    let answer = SchedulerDryRun(world, profiles: profiles, ties: stream)
    if json {
      var writer = JSONWriter()
      answer.write(to: &writer)
      Console.print(writer.text)
    } else {
      Console.print(String(answer.text.dropLast()))
    }
  }

  // MARK: Reading

  private static func profiles(_ path: String) throws -> [SchedulerProfile] {
    let loaded = SchedulerConfiguration.load(path)
    try Console.report(loaded.diagnostics, missing: loaded.isMissing)
    guard let configuration = loaded.configuration else { throw Status.wrongInput }
    return configuration.profiles
  }

  private func readObjects() throws -> SchedulerRecording {
    var options = ManifestReader.Options()
    // The times of a dump order its pods; any start before them does.
    options.start = CalendarTime(unixSeconds: 0)
    options.impliedKind = "Node"
    let first = ManifestLoader.load(nodes, options: options)
    options.impliedKind = "Pod"
    let second = ManifestLoader.load(pods, options: options)
    try Console.report(
      first.diagnostics + second.diagnostics,
      missing: !first.missing.isEmpty || !second.missing.isEmpty)
    let objects = first.manifests.objects + second.manifests.objects
    for (object, place) in zip(objects, first.manifests.places + second.manifests.places) {
      switch object {
      case .daemonSet:
        complain(
          place, "DaemonSet \"\(object.metadata.name)\" is left aside: give its pods to try them")
      case .node(let node) where node.status.allocatable.isEmpty:
        complain(
          place, "node \"\(node.name)\" has nothing allocatable: no pod fits on it")
      default: break
      }
    }
    return SchedulerRecording(objects)
  }

  private func complain(_ place: ManifestPlace, _ message: String) {
    Console.complain("\(place.file):\(place.line):1: warning: \(message)")
  }
}
