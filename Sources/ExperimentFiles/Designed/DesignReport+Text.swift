import Experiments
import Statistics

extension DesignReport {
  /// The report on a terminal.
  public var text: String {
    var sections = [heading]
    for (index, table) in analysis.tables.enumerated() {
      sections.append(responseText(experiment.responses[index], table))
    }
    if !experiment.claims.isEmpty { sections.append(claimText) }
    sections.append(assumptionText)
    sections.append(reproductionText)
    return sections.joined(separator: "\n\n")
  }

  private var heading: String {
    let runs = analysis.runs
    let total = runs.reduce(0, +)
    let each =
      Set(runs).count == 1
      ? "\(runs[0]) replications each" : "\(runs.min() ?? 0) to \(runs.max() ?? 0) replications"
    return "\(experiment.name): \(counted(runs.count, "point")), \(each), \(counted(total, "run")) "
      + "of \(design.scenario), seed \(experiment.seed), \(luck)"
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  // MARK: Responses

  private func responseText(
    _ response: DesignedExperiment.Response, _ table: ExperimentAnalysis.ResponseTable
  ) -> String {
    var lines = ["\(response.name): \(response.metric)"]
    let plot = IntervalPlot(table.cells, width: max(20, min(40, width - 70)))
    var rows = TextTable(
      ["point", "mean", "+- 95 %", "5 %", "50 %", "95 %", plot.head], leading: 1)
    for (point, cell) in table.cells.enumerated() {
      let mark = point == experiment.baseline ? " *" : ""
      guard let cell else { continue }
      rows.add(
        [experiment.label(of: point) + mark]
          + [cell.mean, cell.interval?.halfWidth, cell.p05, cell.p50, cell.p95].map {
            Figures.text($0)
          } + [plot.line(of: cell)])
    }
    lines.append(rows.text)
    lines += comparisonLines(table)
    lines += effectLines(table)
    lines += regressionLines(table)
    lines += sobolLines(table)
    return lines.joined(separator: "\n")
  }

  private func comparisonLines(_ table: ExperimentAnalysis.ResponseTable) -> [String] {
    guard let baseline = experiment.baseline, !table.comparisons.isEmpty else { return [] }
    var rows = TextTable(
      [
        "less \(experiment.label(of: baseline)) *", "mean", "+- 95 %", "of it", "p (Holm)",
        "variance less by",
      ], leading: 1)
    for comparison in table.comparisons {
      let difference = comparison.difference
      let share =
        difference.second == 0
        ? "-" : Figures.text(difference.interval.mean / abs(difference.second) * 100) + " %"
      rows.add([
        experiment.label(of: comparison.point), Figures.text(difference.interval.mean),
        Figures.text(difference.interval.halfWidth), share, Figures.text(comparison.adjusted),
        difference.varianceReduction.map { Figures.text($0) + " x" } ?? "-",
      ])
    }
    return ["", rows.text]
  }

  private func effectLines(_ table: ExperimentAnalysis.ResponseTable) -> [String] {
    // Where all points are alike, no factor does anything.
    guard table.effects.contains(where: { $0.share != nil }) else { return [] }
    var rows = TextTable(["level less the mean of all points", "mean", "+- 95 %"], leading: 1)
    for effect in table.effects {
      let share = effect.share.map { ", \(Figures.text($0 * 100)) % of the variance" } ?? ""
      rows.add([experiment.factors[effect.factor] + share, "", ""])
      for level in effect.levels {
        rows.add([
          "  \(level.value)", Figures.text(level.interval?.mean),
          Figures.text(level.interval?.halfWidth),
        ])
      }
    }
    return ["", rows.text]
  }

  private func regressionLines(_ table: ExperimentAnalysis.ResponseTable) -> [String] {
    guard let regression = table.regression else { return [] }
    var rows = TextTable(
      ["linear regression on", "standardized", "per unit", "+- 95 %", "p"], leading: 1)
    for (name, coefficient) in zip(experiment.factors, regression.coefficients) {
      rows.add([
        name, Figures.text(coefficient.standardized), Figures.text(coefficient.interval.mean),
        Figures.text(coefficient.interval.halfWidth), Figures.text(coefficient.pValue),
      ])
    }
    return [
      "", rows.text,
      "it explains \(Figures.text(regression.rSquared * 100)) % of the variance between points",
    ]
  }

  private func sobolLines(_ table: ExperimentAnalysis.ResponseTable) -> [String] {
    guard let indices = table.sobol else { return [] }
    var rows = TextTable(
      ["share of the variance (Sobol)", "alone", "95 %", "with others", "95 %"], leading: 1)
    func interval(_ index: SobolIndices.Index) -> String {
      "\(Figures.text(index.low)) to \(Figures.text(index.high))"
    }
    for (name, (first, total)) in zip(experiment.factors, zip(indices.first, indices.total)) {
      rows.add([
        name, Figures.text(first.estimate), interval(first), Figures.text(total.estimate),
        interval(total),
      ])
    }
    return ["", rows.text]
  }

  // MARK: The rest

  private var claimText: String {
    var lines = ["Expected, by the whole interval"]
    for verdict in analysis.verdicts {
      let claim = experiment.claims[verdict.claim]
      let place = experiment.label(of: verdict.point)
      lines.append(
        "\(verdict.holds ? "holds" : "FAILS")  \(claim.text), at \(place)"
          + ": \(found(verdict)) at \(Figures.text(claim.confidence * 100)) %")
    }
    return lines.joined(separator: "\n")
  }

  private var assumptionText: String {
    guard !design.assumed.isEmpty else { return "Assumed: nothing." }
    return "Assumed, so true of the model only (\(design.assumed.count) values; where from: "
      + "seatrial show \(design.scenario)):\n"
      + design.assumed.map { "  \($0)" }.joined(separator: "\n")
  }

  private var reproductionText: String {
    let pairs =
      experiment.isAntithetic ? " (the second of a pair draws the mirror image, only here)" : ""
    return """
      Again: seatrial \(version), seatrial experiment run \(design.path)
      One run alone: \(design.commands[experiment.baseline ?? 0]) --seed \
      \(experiment.seed(of: 0)), seeds by seatrial experiment rows \(design.path)\(pairs)
      """
  }
}
