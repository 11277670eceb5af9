public import PipelineCalibration

/// The results of a PipelineCalibration experiment, for people and for other programs.
public struct CalibrationReport: Sendable {
  let plan: CalibrationPlan
  let results: CalibrationResults
  /// Nil if nothing was kept.
  let summary: CalibrationSummary?
  /// The version of the program.
  let version: String

  /// The report of a run.
  public init(_ plan: CalibrationPlan, _ results: CalibrationResults, version: String) {
    self.plan = plan
    self.results = results
    self.version = version
    summary = CalibrationSummary(plan, results)
  }

  /// The files that are written beside each other.
  public var files: [(name: String, text: String)] {
    [("results.json", json + "\n"), ("accepted.csv", acceptedTable)]
  }

  /// Rows of accepted.csv at most.
  private static let mostRows = 300

  /// Kept draws, evenly thinned: times in seconds, rates in checks a second.
  private var acceptedTable: String {
    var heads = ["draw"] + CalibratedParameter.allCases.map(\.rawValue)
    heads += ["frozen_threads", "small_rate", "tuned_pods", "tuned_threads", "tuned_rate"]
    for nodes in plan.nodeCounts {
      heads.append("tuned_\(nodes)")
      heads += UntunedRule.allCases.map { "untuned_\(nodes)_\($0.rawValue)" }
    }
    var lines = [heads.joined(separator: ",")]
    let kept = results.kept
    let rows = min(kept.count, Self.mostRows)
    for row in 0..<rows {
      let draw = kept[row * kept.count / rows]
      var cells = ["\(draw.index)"]
      cells += CalibratedParameter.allCases.map { digits(draw.parameters[keyPath: $0.path]) }
      cells += ["\(draw.frozenThreads)", digits(draw.smallRate)]
      cells += ["\(draw.tuned.pods)", "\(draw.tuned.threads)", digits(draw.tuned.rate)]
      for outlook in draw.outlooks {
        cells.append(digits(outlook.tuned.rate))
        cells += outlook.untuned.map(digits)
      }
      lines.append(cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
