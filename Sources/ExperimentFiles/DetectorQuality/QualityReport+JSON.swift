import DetectionQuality
import Documents
import Statistics

extension QualityReport {
  /// All results as one JSON document.
  public var json: String {
    var json = JSONWriter()
    json.object { json in
      json.field("experiment", experiment.name)
      json.field("kind", "DetectorQuality")
      json.key("seed")
      json.number(experiment.seed)
      json.field("version", version)
      json.field("replications", experiment.replications)
      json.field("observations", experiment.observations)
      json.field(
        "scoring",
        object: { json in
          json.field("limit", experiment.scoring.limit)
          json.field("grace", experiment.scoring.grace)
          json.field("gap", experiment.scoring.gap)
        })
      json.field("streams", array: { json in results.streams.forEach { Self.write($0, &json) } })
      json.field(
        "collections", array: { json in results.collections.forEach { Self.write($0, &json) } })
      json.field("facts", array: { json in results.facts.forEach { Self.write($0, &json) } })
      json.field(
        "run_lengths", array: { json in results.runLengths.forEach { Self.write($0, &json) } })
      json.field("skipped", array: { json in skipped.forEach { json.string($0) } })
    }
    return json.text
  }

  private static func write(_ row: QualityResults.Row, _ json: inout JSONWriter) {
    let summary = row.summary
    json.object { json in
      json.field("subject", row.subject)
      json.field("detector", row.variant)
      json.field("series", summary.series)
      json.field("windows", summary.windows)
      json.field("found", summary.found)
      json.field("true_episodes", summary.trueEpisodes)
      json.field("false_episodes", summary.falseEpisodes)
      json.field("quiet", summary.quiet)
      write("recall", summary.recall, &json)
      write("precision", summary.precision, &json)
      if let chance = summary.chance { json.field("precision_by_chance", chance) }
      write("delay", summary.delay, &json)
      write("false_per_1000", summary.falseAlarms, &json)
      if let share = summary.alarmedShare { json.field("quiet_alarmed", share) }
    }
  }

  private static func write(
    _ name: String, _ figure: QualitySummary.Figure?, _ json: inout JSONWriter
  ) {
    guard let figure else { return }
    json.field(
      name,
      object: { json in
        json.field("value", figure.value)
        if let low = figure.low { json.field("low_95", low) }
        if let high = figure.high { json.field("high_95", high) }
      })
  }

  private static func write(_ fact: DerivedFact, _ json: inout JSONWriter) {
    json.object { json in
      json.field("claim", fact.text)
      switch fact.measured {
      case .exact(let value): json.field("value", value)
      case .share(let share):
        json.field("value", share.proportion)
        json.field("low_95", share.low)
        json.field("high_95", share.high)
        json.field("draws", share.count)
      }
      if let reference = fact.reference { json.field("reference", reference) }
      if let agrees = fact.agrees { json.field("agrees", agrees) }
    }
  }

  private static func write(_ row: RunLengths.Row, _ json: inout JSONWriter) {
    json.object { json in
      json.field("level", row.baseline.rawValue)
      json.field("shift", row.shift)
      json.field("runs", row.draws)
      json.field("mean", row.mean)
      json.field("low_95", row.low)
      json.field("high_95", row.high)
      json.field("median", row.median)
      json.field("cut", row.cut)
      if let theory = row.theory { json.field("theory", theory) }
      if let agrees = row.agrees { json.field("agrees", agrees) }
    }
  }
}
