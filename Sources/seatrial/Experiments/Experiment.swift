import ArgumentParser
import DetectionQuality
import ExperimentFiles
import Foundation
import IntervalCoverage
import PipelineCalibration
import ScenarioFiles

/// `seatrial experiment`.
struct Experiment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a designed experiment, and ask what it came to.",
    subcommands: [
      ExperimentRun.self, ExperimentReport.self, ExperimentCompare.self, ExperimentRows.self,
      ExperimentVerify.self, ExperimentExport.self, ExperimentCheck.self,
    ])

  /// Everything that an experiment's file names; what is wrong ends the program.
  static func load(_ file: String, data: String? = nil) throws -> LoadedExperiment {
    var models: ExperimentLoader.ModelsAtHand?
    if DocumentKind.of(file) == "Experiment" {
      // Where they are not found, loading says so.
      let loaded = try Loading.models()
      models = .init(folder: (try? ModelLibrary.find()) ?? "models", models: loaded)
    }
    let loaded = ExperimentLoader.load(file, data: data, models: models, version: Version.text)
    try Console.report(loaded.diagnostics, missing: loaded.isMissing)
    return loaded
  }

  /// An experiment of kind Experiment; another kind ends the program.
  static func design(_ file: String) throws -> LoadedDesign {
    switch try load(file).experiment {
    case .designed(let design): return design
    case .detectorQuality, .intervalCoverage, .pipelineCalibration, .pipelineGrowth:
      Console.complain("\(file): error: kind: only an Experiment keeps its runs")
      throw Status.wrongInput
    case nil: throw Status.bug
    }
  }
}

/// `seatrial experiment run FILE`: what the file's `kind` says.
struct ExperimentRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run an experiment file and print its tables.",
    discussion: """
      The kind Experiment plays a scenario at the points of a design and keeps every run in a \
      SQLite file as it ends. Killed at any moment it goes on where it was the next time, and a \
      finished one only prints its report.
      The kind DetectorQuality holds change detectors against streams whose truth is known and \
      against labeled series. Data that is not at hand is left out, and said so.
      The kind IntervalCoverage counts how often confidence intervals cover a known truth; exit 1 \
      where one that must does not.
      The kind PipelineCalibration holds published rates against the costs that nobody has \
      published, and PipelineGrowth looks for the cheapest pipeline of each rate.
      """)

  @Argument(help: "The experiment file.")
  var file: String

  @Option(help: "The folder for results.json and its tables, of kinds that keep no runs.")
  var out: String?

  @Option(help: "DetectorQuality: the folder that paths of data count from.")
  var data: String?

  @OptionGroup var keeping: StoreOptions

  @Option(help: "Experiment: how many runs at once. Default the machine's cores.")
  var workers: Int?

  @Flag(help: "Experiment: begin anew; what the store held is put aside as STORE.previous.")
  var fresh = false

  @Option(help: "Experiment: a file for the expectations as JUnit XML.")
  var junit: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if let workers, !(1...1_024).contains(workers) {
      throw ValidationError("--workers takes a number from 1 to 1024.")
    }
  }

  func run() throws {
    let loaded = try Experiment.load(file, data: data)
    switch loaded.experiment {
    case .detectorQuality(let experiment): try run(experiment, skipped: loaded.skipped)
    case .intervalCoverage(let name, let study): try run(name, study)
    case .pipelineCalibration(let plan):
      let results = plan.run(progress: Self.progress)
      let report = CalibrationReport(plan, results, version: Version.text)
      try show(report.text, report.json, report.files)
    case .pipelineGrowth(let plan):
      let report = GrowthReport(plan, plan.run(progress: Self.progress), version: Version.text)
      try show(report.text, report.json, report.files)
    case .designed(let design): try run(design)
    case nil: throw Status.bug
    }
  }

  private func run(_ design: LoadedDesign) throws {
    let session = DesignSession(design, path: keeping.store)
    let store = try session.begin(fresh: fresh)
    try session.play(
      store, workers: workers ?? ProcessInfo.processInfo.activeProcessorCount)
    try session.report(store, json ? .json : .text, junit: junit)
  }

  private func run(_ experiment: QualityExperiment, skipped: [String]) throws {
    let results = experiment.run(progress: Self.progress)
    let report = QualityReport(experiment, results, skipped: skipped, version: Version.text)
    try show(report.text, report.json, report.files)
  }

  private func run(_ name: String, _ study: CoverageStudy) throws {
    let rows = study.run(progress: Self.progress)
    let report = CoverageReport(name: name, study, rows, version: Version.text)
    try show(report.text, report.json, report.files)
    if rows.contains(where: { $0.isAccepted == false }) { throw Status.checkFailed }
  }

  private func show(
    _ text: String, _ document: String, _ files: [(name: String, text: String)]
  ) throws {
    if let out { try ImportFiles.write(out, files) }
    Console.print(json ? document : text)
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
