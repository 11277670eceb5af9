public import ClusterSimulation
public import Documents
import Foundation
public import KubernetesObjects
import RunFiles
public import ScenarioFiles
public import Scenarios
import TimeUnits

/// Runs for tests: scenarios from files or text, on the models of this repository.
public enum TestRuns {
  public struct Failure: Error, CustomStringConvertible {
    public var description: String

    public init(description: String) { self.description = description }
  }

  /// The repository's top folder.
  public static let root: String = {
    // …/Tests/TestSupport/TestRuns.swift
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path
  }()

  /// The models, read once.
  public static let models: Models = {
    do { return try ModelLibrary.load("\(root)/models") } catch {
      preconditionFailure("the models cannot be read: \(error)")
    }
  }()

  /// The setup of a scenario file, by its path from the repository's top.
  public static func setup(file: String, settings: [Setting] = []) throws -> ClusterSetup {
    let loaded = ScenarioLoader.load("\(root)/\(file)", models: models, settings: settings)
    guard let scenario = loaded.scenario else {
      throw Failure(description: loaded.diagnostics.map(\.description).joined(separator: "\n"))
    }
    return try SetupLoader.setup(
      scenario, manifests: loaded.manifests, files: loaded.commandFiles,
      traces: loaded.traces, arrivals: loaded.arrivals, models: models)
  }

  /// The setup of a draft with manifests given as text.
  public static func setup(_ draft: ScenarioDraft, manifests: String) throws -> ClusterSetup {
    let sink = DiagnosticSink()
    var options = ManifestReader.Options()
    options.release = draft.era.release
    let documents = DocumentReader.read(manifests, file: "manifests.yaml", sink: sink)
    let set = ManifestReader.read(
      documents.map { (node: $0, file: "manifests.yaml") }, options: options)
    let problems = sink.sorted + set.diagnostics.filter { $0.severity == .error }
    guard problems.isEmpty else {
      throw Failure(description: problems.map(\.description).joined(separator: "\n"))
    }
    return try SetupLoader.setup(try Scenario(draft), manifests: set, models: models)
  }

  /// The binary that was built beside the tests; nil where it was not.
  public static var binary: String? {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
    let candidates = [
      "\(folder)/seatrial", "\(root)/.build/release/seatrial", "\(root)/.build/debug/seatrial",
    ]
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs the binary from the repository's top.
  public static func command(
    _ arguments: [String], in folder: String? = nil
  ) throws -> (status: Int32, output: String, errors: String) {
    guard let binary else { throw Failure(description: "the binary seatrial was not built") }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: binary)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder ?? root)
    var environment = ProcessInfo.processInfo.environment
    environment["SEATRIAL_MODELS"] = "\(root)/models"
    process.environment = environment
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // Errors are few; output may be long and must be drained while the program writes.
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: text, as: UTF8.self),
      String(decoding: complaint, as: UTF8.self)
    )
  }
}
