import ArgumentParser
import ClusterAutoscaler
import Conformance
import Documents
import SimulationKernel

/// `seatrial dry-run cluster-autoscaler case.json`.
struct DryRunClusterAutoscaler: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster-autoscaler", abstract: "What would the autoscaler do, and why?",
    discussion: """
      seatrial dry-run cluster-autoscaler case.json
      A case holds groups of nodes, pods, and what happens when; see the README of the recordings. \
      What the real program leaves to chance (the expander among equals, the scheduler among equal \
      nodes, the order of unordered caches) is drawn from the seed.
      """)

  @Argument(help: "A case, as the recordings have it.")
  var recordedCase: String

  @Option(help: "The seed of what is left to chance.")
  var seed: UInt64 = 1

  @Flag(help: "Print samples and timeline in the shape of the recordings.")
  var json = false

  func run() throws {
    let recording = try CaseFile.read(recordedCase) { AutoscalerRecording($0) }
    for warning in recording.warnings {
      Console.complain("\(recordedCase): warning: \(warning)")
    }
    let stream = RandomStreams(seed: seed).stream("dry-run.cluster-autoscaler.ties")
    let answer: AutoscalerDryRun
    do {
      answer = try AutoscalerDryRun(recording, ties: stream)
    } catch {
      Console.complain("\(recordedCase): error: \(error)")
      throw Status.wrongInput
    }
    if json {
      var writer = JSONWriter()
      answer.write(to: &writer)
      Console.print(writer.text)
    } else {
      Console.print(String(answer.text.dropLast()))
    }
  }
}
