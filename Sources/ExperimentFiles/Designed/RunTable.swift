public import ExperimentStore
import Experiments

/// The rows of a store as CSV, in the order of point and replication: the same whoever played them.
public enum RunTable {
  /// The columns beside factors and responses.
  static let columns = ["point", "replication", "seed", "digest"]

  /// The column names, and then a line a run as it is read.
  ///
  /// - Complexity: one run at a time in memory.
  public static func write(
    _ design: LoadedDesign, _ store: ExperimentStore, to write: (String) throws -> Void
  ) throws {
    let experiment = design.experiment
    try write(
      Figures.row(
        columns.prefix(1) + experiment.factors + columns.dropFirst()
          + experiment.responses.map(\.name)))
    try store.eachRun(figures: experiment.responses.map(\.metric)) { run in
      let values =
        experiment.points.indices.contains(run.point)
        ? experiment.points[run.point].values : experiment.factors.map { _ in "" }
      try write(
        Figures.row(
          ["\(run.point)"] + values + ["\(run.replication)", "\(run.seed)", run.digest]
            + run.metrics.map { $0.value.description }))
    }
  }
}
