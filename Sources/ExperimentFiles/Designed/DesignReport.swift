public import ExperimentStore
import Experiments
import Statistics

/// What an experiment of kind Experiment came to, for people and for other programs.
public struct DesignReport: Sendable {
  let design: LoadedDesign
  let analysis: ExperimentAnalysis
  /// The version of the program.
  let version: String
  /// Columns of the terminal.
  let width: Int

  var experiment: DesignedExperiment { design.experiment }

  /// The report of what a store holds.
  ///
  /// - Parameter width: columns of the terminal, for its plots; default 100.
  public init(
    _ design: LoadedDesign, _ store: ExperimentStore, version: String, width: Int = 100
  ) throws(StoreFailure) {
    self.design = design
    self.version = version
    self.width = width
    analysis = try ExperimentAnalysis(design.experiment, store)
  }

  /// Whether every claim of `expect` holds.
  public var passed: Bool { analysis.passed }
  /// Whether there is a run at all.
  public var isEmpty: Bool { analysis.runs.allSatisfy { $0 == 0 } }

  /// What a claim found: `0.21 (0.2 to 0.22)`.
  func found(_ verdict: ExperimentAnalysis.Verdict) -> String {
    let ends = [verdict.low, verdict.high].map { $0.map { Figures.text($0) } ?? "unbounded" }
    return "\(Figures.text(verdict.estimate)) (\(ends[0]) to \(ends[1]))"
  }

  /// How the luck of runs hangs together, in words.
  var luck: String {
    experiment.isAntithetic
      ? "antithetic pairs, common random numbers" : "common random numbers"
  }
}
