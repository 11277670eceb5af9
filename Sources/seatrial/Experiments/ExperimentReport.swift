import ArgumentParser
import Documents
import ExperimentFiles
import ExperimentStore
import Experiments
import Foundation

/// `seatrial experiment report FILE`.
struct ExperimentReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "What an experiment's runs say; plays nothing.")

  @Argument(help: "The experiment file.")
  var file: String

  @OptionGroup var keeping: StoreOptions

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print CSV, a row for each response at each point.")
  var csv = false

  @Option(help: "A file for the expectations as JUnit XML.")
  var junit: String?

  func validate() throws {
    if json, csv { throw ValidationError("Give --json or --csv, not both.") }
  }

  func run() throws {
    let session = DesignSession(try Experiment.design(file), path: keeping.store)
    try session.report(try session.open(), json ? .json : csv ? .csv : .text, junit: junit)
  }
}

/// `seatrial experiment rows FILE`.
struct ExperimentRows: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rows",
    abstract: "Every run as CSV, by point and replication: the same on any number of workers.")

  @Argument(help: "The experiment file.")
  var file: String

  @OptionGroup var keeping: StoreOptions

  func run() throws {
    let session = DesignSession(try Experiment.design(file), path: keeping.store)
    let store = try session.open()
    try DesignSession.attempt {
      try RunTable.write(session.design, store) { try Console.write(Array($0.utf8)) }
    }
  }
}

/// `seatrial experiment verify FILE`.
struct ExperimentVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Play stored runs again and compare their digests and responses.")

  @Argument(help: "The experiment file.")
  var file: String

  @OptionGroup var keeping: StoreOptions

  @Option(help: "How many runs, evenly spread over the store.")
  var runs = 10

  @Flag(help: "Every run.")
  var all = false

  func validate() throws {
    if runs < 1 { throw ValidationError("--runs must be at least 1.") }
  }

  func run() throws {
    let session = DesignSession(try Experiment.design(file), path: keeping.store)
    let store = try session.open()
    let count = try DesignSession.attempt { try store.count() }
    let wanted = all ? count : min(runs, count)
    var chosen: [StoredRun] = []
    var place = 0
    try DesignSession.attempt {
      try store.eachRun(figures: session.design.experiment.responses.map(\.metric)) { run in
        // The i-th of `wanted` evenly spread places.
        if place == chosen.count * count / max(1, wanted), chosen.count < wanted {
          chosen.append(run)
        }
        place += 1
      }
    }
    var different = 0
    for stored in chosen {
      guard !(try agrees(stored, session, store)) else { continue }
      different += 1
      let label = session.design.experiment.label(of: stored.point)
      Console.print("\(label), replication \(stored.replication): not the same run")
    }
    Console.print("\(chosen.count - different) of \(chosen.count) runs are the same again")
    if different > 0 { throw Status.checkFailed }
  }

  private func agrees(
    _ stored: StoredRun, _ session: DesignSession, _ store: ExperimentStore
  ) throws -> Bool {
    let again: StoredRun
    do {
      again = try session.runner(store).replay(
        point: stored.point, replication: stored.replication)
    } catch {
      Console.complain("seatrial: \(error)")
      throw Status.wrongInput
    }
    let values = again.metrics.reduce(into: [:]) { $0[$1.name] = $1.value }
    return again.digest == stored.digest
      && stored.metrics.allSatisfy { values[$0.name] ?? 0 == $0.value }
  }
}
