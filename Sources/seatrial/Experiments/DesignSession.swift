import ArgumentParser
import Documents
import ExperimentFiles
import ExperimentStore
import Experiments
import Foundation
import Synchronization

/// Where an experiment keeps its runs.
struct StoreOptions: ParsableArguments {
  @Option(help: "The SQLite file of all runs. Default out/experiments/NAME.sqlite.")
  var store: String?
}

/// One experiment with its store, for the commands that share them; what goes wrong ends the
/// program with its status.
struct DesignSession {
  enum Form { case text, json, csv }

  let design: LoadedDesign
  /// Of the store.
  let path: String

  init(_ design: LoadedDesign, path: String?) {
    self.design = design
    self.path = path ?? "out/experiments/\(design.experiment.name).sqlite"
  }

  /// The store to add to.
  func begin(fresh: Bool) throws -> ExperimentStore {
    try Self.attempt {
      if fresh { try ExperimentStore.putAside(path) }
      return try ExperimentStore(path, of: design.identity)
    }
  }

  /// The store to read, which must be there and of this experiment, with the figures that the
  /// experiment asks for if it has any.
  func open() throws -> ExperimentStore {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Self.fail(.missing(path: path))
    }
    let store = try begin(fresh: false)
    let known = try Self.attempt { try store.metricNames() }
    let unknown = known.isEmpty ? [] : design.experiment.unknownResponses(among: known)
    if !unknown.isEmpty { try Console.report(design.unknown(unknown, known: known)) }
    return store
  }

  /// Ends with a failure of the store as the program does; other errors pass.
  static func attempt<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let failure as StoreFailure { throw fail(failure) }
  }

  static func fail(_ failure: StoreFailure) -> any Error {
    Console.complain("seatrial: \(failure)")
    switch failure {
    case .missing: return Status.missingInput
    case .damaged, .foreign, .newer, .other: return Status.wrongInput
    case .full, .unwritable, .busy, .unusable: return Status.cannotCreate
    }
  }

  // MARK: Playing

  func runner(_ store: ExperimentStore, workers: Int = 1) -> ExperimentRunner {
    ExperimentRunner(
      design.experiment, store: store, version: Version.text, workers: workers)
  }

  func play(_ store: ExperimentStore, workers: Int) throws {
    do throws(ExperimentFailure) {
      try runner(store, workers: workers).run(progress: Self.progress())
    } catch {
      switch error {
      case .store(let failure): throw Self.fail(failure)
      case .assembly:
        Console.complain("seatrial: \(error)")
        throw Status.wrongInput
      case .unknownMetrics(let responses, let known):
        for diagnostic in design.unknown(responses, known: known) {
          Console.complain(diagnostic.description)
        }
        Console.complain("the runs so far are kept: nothing of them is played again")
        throw Status.wrongInput
      }
    }
  }

  /// Told on a terminal only, at most some times a second.
  private static func progress() -> @Sendable (ExperimentRunner.Progress) -> Void {
    guard isatty(STDERR_FILENO) == 1 else { return { _ in } }
    let last = Mutex<ContinuousClock.Instant?>(nil)
    return { progress in
      let isEnd = progress.done == progress.total
      let isDue = last.withLock { last in
        let now = ContinuousClock.now
        if !isEnd, let last, now - last < .milliseconds(200) { return false }
        last = now
        return true
      }
      guard isDue else { return }
      let togo = isEnd ? "" : ", \(Self.time(progress.secondsToGo)) to go"
      let line = "\r\u{1B}[K\(progress.done) of \(progress.total) runs\(togo)\(isEnd ? "\n" : "")"
      FileHandle.standardError.write(Data(line.utf8))
    }
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3_600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
  }

  // MARK: Reporting

  /// Prints the report, writes the expectations, and ends with 1 where one fails.
  func report(_ store: ExperimentStore, _ form: Form, junit: String?) throws {
    let count = try Self.attempt { try store.count() }
    let report = try Self.attempt {
      try DesignReport(design, store, version: Version.text, width: Console.width)
    }
    guard !report.isEmpty || count > 0 else {
      Console.complain("seatrial: \(path): no run yet; run the experiment first")
      throw Status.missingInput
    }
    if let junit {
      do { try report.junit.write(toFile: junit, atomically: true, encoding: .utf8) } catch {
        Console.complain("seatrial: cannot write \(junit): \(error.localizedDescription)")
        throw Status.cannotCreate
      }
    }
    switch form {
    case .text: Console.print(report.text)
    case .json: Console.print(report.json)
    case .csv: try Console.write(Array(report.csv.utf8))
    }
    if !report.passed { throw Status.checkFailed }
  }
}
