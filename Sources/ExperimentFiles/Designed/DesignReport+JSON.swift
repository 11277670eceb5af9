import Documents
import Experiments
import Statistics

extension DesignReport {
  /// The report as one JSON document.
  public var json: String {
    var json = JSONWriter()
    json.object { json in
      json.field("experiment", experiment.name)
      json.field("scenario", design.scenario)
      json.field("version", version)
      json.key("seed")
      json.number(experiment.seed)
      json.field("antithetic", experiment.isAntithetic)
      json.field("points", array: { writePoints(to: &$0) })
      json.field(
        "responses",
        array: { json in
          for (index, table) in analysis.tables.enumerated() {
            json.object { write(experiment.responses[index], table, to: &$0) }
          }
        })
      json.field("expect", array: { writeVerdicts(to: &$0) })
      json.field("passed", passed)
      json.field("assumed", array: { json in design.assumed.forEach { json.string($0) } })
    }
    return json.text
  }

  private func writePoints(to json: inout JSONWriter) {
    for (index, point) in experiment.points.enumerated() {
      json.object { json in
        json.field("point", index)
        json.field(
          "factors",
          object: { json in
            for (name, value) in zip(experiment.factors, point.values) { json.field(name, value) }
          })
        json.field("baseline", index == experiment.baseline)
        json.field("replications", analysis.runs[index])
        json.field("command", design.commands[index])
      }
    }
  }

  private func write(
    _ response: DesignedExperiment.Response, _ table: ExperimentAnalysis.ResponseTable,
    to json: inout JSONWriter
  ) {
    json.field("name", response.name)
    json.field("metric", response.metric)
    json.field(
      "points",
      array: { json in
        for (point, cell) in table.cells.enumerated() {
          guard let cell else { continue }
          json.object { json in
            json.field("point", point)
            json.field("mean", cell.mean)
            if let interval = cell.interval { Self.write(interval, to: &json) }
            json.field("p05", cell.p05)
            json.field("p50", cell.p50)
            json.field("p95", cell.p95)
          }
        }
      })
    json.field(
      "differences",
      array: { json in
        for comparison in table.comparisons {
          json.object { json in
            json.field("point", comparison.point)
            Self.write(comparison.difference, to: &json)
            json.field("p_holm", comparison.adjusted)
          }
        }
      })
    json.field(
      "effects",
      array: { json in for effect in table.effects { json.object { write(effect, to: &$0) } } })
    writeSobol(table, to: &json)
    guard let regression = table.regression else { return }
    json.field("r_squared", regression.rSquared)
    json.field(
      "regression",
      array: { json in
        for (name, coefficient) in zip(experiment.factors, regression.coefficients) {
          json.object { json in
            json.field("factor", name)
            json.field("standardized", coefficient.standardized)
            json.field("mean", coefficient.interval.mean)
            Self.write(coefficient.interval, to: &json)
            json.field("p", coefficient.pValue)
          }
        }
      })
  }

  private func writeSobol(
    _ table: ExperimentAnalysis.ResponseTable, to json: inout JSONWriter
  ) {
    guard let indices = table.sobol else { return }
    json.field(
      "sobol",
      array: { json in
        for (name, (first, total)) in zip(experiment.factors, zip(indices.first, indices.total)) {
          json.object { json in
            json.field("factor", name)
            for (order, index) in [("first", first), ("total", total)] {
              json.field(order, index.estimate)
              json.field("\(order)_low_95", index.low)
              json.field("\(order)_high_95", index.high)
            }
          }
        }
      })
  }

  private static func write(_ interval: StudentInterval, to json: inout JSONWriter) {
    json.field("low_95", interval.low)
    json.field("high_95", interval.high)
  }

  static func write(_ difference: PairedDifference, to json: inout JSONWriter) {
    json.field("mean", difference.interval.mean)
    write(difference.interval, to: &json)
    json.field("pairs", difference.interval.count)
    json.field("p", difference.pValue)
    if let factor = difference.varianceReduction { json.field("variance_reduction", factor) }
  }

  private func write(_ effect: FactorEffect, to json: inout JSONWriter) {
    json.field("factor", experiment.factors[effect.factor])
    if let share = effect.share { json.field("share_of_variance", share) }
    json.field(
      "levels",
      array: { json in
        for level in effect.levels {
          json.object { json in
            json.field("value", level.value)
            json.field("points", level.points)
            guard let interval = level.interval else { return }
            json.field("mean", interval.mean)
            Self.write(interval, to: &json)
          }
        }
      })
  }

  private func writeVerdicts(to json: inout JSONWriter) {
    for verdict in analysis.verdicts {
      let claim = experiment.claims[verdict.claim]
      json.object { json in
        json.field("text", claim.text)
        json.field("point", verdict.point)
        json.field("passed", verdict.holds)
        json.field("estimate", verdict.estimate)
        if let low = verdict.low { json.field("low", low) }
        if let high = verdict.high { json.field("high", high) }
        json.field("confidence", claim.confidence)
      }
    }
  }
}
