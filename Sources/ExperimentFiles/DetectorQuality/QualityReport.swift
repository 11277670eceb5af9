public import DetectionQuality
import Documents

/// The results of a DetectorQuality experiment, for people and for other programs.
public struct QualityReport: Sendable {
  let experiment: QualityExperiment
  let results: QualityResults
  /// Parts that were left out as their data was not at hand.
  let skipped: [String]
  /// The version of the program.
  let version: String

  /// The report of a run.
  public init(
    _ experiment: QualityExperiment, _ results: QualityResults, skipped: [String], version: String
  ) {
    self.experiment = experiment
    self.results = results
    self.skipped = skipped
    self.version = version
  }

  /// The files that are written beside each other.
  public var files: [(name: String, text: String)] {
    [
      ("results.json", json + "\n"), ("quality.csv", qualityTable), ("series.csv", seriesTable),
      ("facts.csv", factTable), ("run-lengths.csv", runLengthTable),
    ]
  }
}
