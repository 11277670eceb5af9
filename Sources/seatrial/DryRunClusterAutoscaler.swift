import ArgumentParser
import ClusterAutoscaler
import Conformance
import Documents
import Foundation
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
    let recording = try Self.read(recordedCase)
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

  private static func read(_ path: String) throws -> AutoscalerRecording {
    guard let data = FileManager.default.contents(atPath: path) else {
      Console.complain("\(path): error: no such file")
      throw Status.missingInput
    }
    let sink = DiagnosticSink()
    var recording: AutoscalerRecording?
    do throws(JSONReader.SyntaxError) {
      let document = try JSONReader.read(String(decoding: data, as: UTF8.self))
      recording = AutoscalerRecording(DocumentCursor(document, file: path, sink: sink))
    } catch {
      sink.report(
        Diagnostic(
          severity: .error, file: path, line: error.line, column: error.column, path: "",
          message: "not JSON: \(error.message) at byte \(error.byte)"))
    }
    try Console.report(sink.sorted)
    guard let recording else { throw Status.wrongInput }
    return recording
  }
}
