import ArgumentParser
import ExperimentFiles
import ExperimentStore
import Experiments
import Foundation
import RunFiles

/// `seatrial experiment export FILE --out FOLDER`.
struct ExperimentExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Runs as CSV with a dictionary of their columns and a notebook that reads them.")

  @Argument(help: "The experiment file.")
  var file: String

  @OptionGroup var keeping: StoreOptions

  @Option(help: "The folder. Default notebooks-export/NAME.")
  var out: String?

  @Flag(help: "Leave out metrics.csv, which has every figure of every run.")
  var responsesOnly = false

  func run() throws {
    let session = DesignSession(try Experiment.design(file), path: keeping.store)
    let store = try session.open()
    let path = out ?? "notebooks-export/\(session.design.experiment.name)"
    var folder: OutputFolder?
    do {
      var made = try OutputFolder(path)
      folder = made
      try NotebookExport.write(
        session.design, store, version: Version.text, hasMetrics: !responsesOnly,
        begin: { try made.begin($0) },
        append: { try made.append(Array($0.utf8)) })
      try made.commit()
    } catch let failure as StoreFailure {
      folder?.discard()
      throw DesignSession.fail(failure)
    } catch {
      folder?.discard()
      Console.complain("seatrial: \(error)")
      throw Status.cannotCreate
    }
    let metrics = responsesOnly ? "" : "metrics.csv, "
    Console.print("\(path)/ holds runs.csv, \(metrics)datapackage.json and analysis.ipynb.")
  }
}
