import ArgumentParser
import DetectionQuality
import ExperimentFiles
import Foundation
import IntervalCoverage

/// `seatrial experiment`.
struct Experiment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a designed experiment.", subcommands: [ExperimentRun.self])
}

/// `seatrial experiment run FILE`: what the file's `kind` says.
struct ExperimentRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run an experiment file and print its tables.",
    discussion: """
      The kind DetectorQuality holds change detectors against streams whose truth is known and \
      against labeled series. Data that is not at hand is left out, and said so. The kind \
      IntervalCoverage counts how often confidence intervals cover a known truth; exit 1 where \
      one that must does not.
      """)

  @Argument(help: "The experiment file.")
  var file: String

  @Option(help: "The folder for results.json and its tables; nothing is written without it.")
  var out: String?

  @Option(help: "The folder that paths of data count from, in place of the file's own.")
  var data: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let loaded = ExperimentLoader.load(file, data: data)
    try Console.report(loaded.diagnostics, missing: loaded.isMissing)
    switch loaded.experiment {
    case .detectorQuality(let experiment): try run(experiment, skipped: loaded.skipped)
    case .intervalCoverage(let name, let study): try run(name, study)
    case nil: throw Status.bug
    }
  }

  private func run(_ experiment: QualityExperiment, skipped: [String]) throws {
    let results = experiment.run(progress: Self.progress)
    let report = QualityReport(experiment, results, skipped: skipped, version: Version.text)
    if let out { try ImportFiles.write(out, report.files) }
    Console.print(json ? report.json : report.text)
  }

  private func run(_ name: String, _ study: CoverageStudy) throws {
    let rows = study.run(progress: Self.progress)
    let report = CoverageReport(name: name, study, rows, version: Version.text)
    if let out { try ImportFiles.write(out, report.files) }
    Console.print(json ? report.json : report.text)
    if rows.contains(where: { $0.isAccepted == false }) { throw Status.checkFailed }
  }

  /// Told on a terminal only.
  private static let progress: @Sendable (Int, Int) -> Void = {
    guard Console.isColored else { return { _, _ in } }
    return { done, total in
      let step = max(1, total / 100)
      guard done % step == 0 || done == total else { return }
      FileHandle.standardError.write(
        Data("\r\(done) of \(total) parts\(done == total ? "\n" : "")".utf8))
    }
  }()
}
