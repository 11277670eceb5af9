import ArgumentParser
import Documents
import ExperimentFiles
import ExperimentStore
import Experiments
import Statistics

/// `seatrial experiment compare FILE`.
struct ExperimentCompare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "How two points differ under the same luck, or two stores at every point.",
    discussion: """
      seatrial experiment compare FILE --a heap=512Mi,replicas=3 --b heap=1Gi,replicas=3
      seatrial experiment compare FILE --store new.sqlite --with old.sqlite
      Differences are a - b, or store - other store, with Student's interval of the pairs. With \
      all three, b comes from the other store: of another seed, so that nothing is common luck.
      """)

  @Argument(help: "The experiment file.")
  var file: String

  @OptionGroup var keeping: StoreOptions

  @Option(help: "A point: its number, or as many FACTOR=LEVEL as tell it apart.")
  var a: String?

  @Option(help: "The point that it is compared with.")
  var b: String?

  @Option(help: "Another store of the same points, of another build or scenario.")
  var with: String?

  @Option(help: "Of each interval.")
  var confidence = 0.95

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard (a == nil) == (b == nil), a != nil || with != nil else {
      throw ValidationError("Give --a POINT and --b POINT, or --with STORE, or all three.")
    }
    if !(confidence > 0 && confidence < 1) {
      throw ValidationError("--confidence lies between 0 and 1.")
    }
  }

  func run() throws {
    let session = DesignSession(try Experiment.design(file), path: keeping.store)
    let experiment = session.design.experiment
    let store = try session.open()
    var pairs: [(label: String, first: Int, second: Int)] = []
    var other = store
    if let with {
      other = try DesignSession.attempt {
        try ExperimentStore(existing: with)
      }
    }
    if let a, let b {
      let (first, second) = (try point(a, experiment), try point(b, experiment))
      pairs = [
        ("\(experiment.label(of: first)) - \(experiment.label(of: second))", first, second)
      ]
    } else {
      pairs = experiment.points.indices.map { (experiment.label(of: $0), $0, $0) }
    }
    var rows: [PointDifference] = []
    for pair in pairs {
      for response in experiment.responses.indices {
        rows.append(
          try DesignSession.attempt {
            try PointDifference(
              pair.label, experiment, response, (pair.first, store), (pair.second, other),
              confidence: confidence)
          })
      }
    }
    Console.print(json ? PointDifference.json(rows) : PointDifference.text(rows))
  }

  private func point(_ text: String, _ experiment: DesignedExperiment) throws -> Int {
    let found = PointName.points(text, in: experiment)
    if found.count == 1 { return found[0] }
    let points = experiment.points.indices.prefix(20).map { "  \($0): \(experiment.label(of: $0))" }
    throw ValidationError(
      (found.isEmpty ? "no point is '\(text)'" : "\(found.count) points are '\(text)'")
        + ". There are\n" + points.joined(separator: "\n")
        + (experiment.points.count > 20 ? "\n  and \(experiment.points.count - 20) more" : ""))
  }
}
