import Documents
public import ExperimentStore
import Experiments

/// An experiment's rows as a folder that other programs open: tidy CSV, a dictionary of its columns
/// (Frictionless Data Package 1), a notebook (nbformat 4.5).
public enum NotebookExport {
  /// Writes the files; `begin` starts one, `append` adds to it.
  ///
  /// - Parameter hasMetrics: whether every figure of every run is written too, and not the
  ///   responses alone; default true.
  /// - Complexity: one row at a time in memory.
  public static func write(
    _ design: LoadedDesign, _ store: ExperimentStore, version: String, hasMetrics: Bool = true,
    begin: (String) throws -> Void, append: (String) throws -> Void
  ) throws {
    let experiment = design.experiment
    try begin("runs.csv")
    try RunTable.write(design, store, to: append)
    if hasMetrics {
      try begin("metrics.csv")
      try append(Figures.row(["point", "replication", "metric", "value"]))
      try store.eachFigure { point, replication, name, value in
        try append(Figures.row(["\(point)", "\(replication)", name, value.description]))
      }
    }
    try begin("datapackage.json")
    try append(DataPackage.text(design, version: version, hasMetrics: hasMetrics) + "\n")
    try begin("analysis.ipynb")
    try append(AnalysisNotebook.text(experiment, version: version) + "\n")
  }
}
