import Foundation
import PipelineCalibration
import Statistics

extension CalibrationReport {
  /// The tables for a terminal.
  public var text: String {
    var parts = [publishedText, keptText]
    guard let summary else { return parts.joined(separator: "\n\n") }
    parts.append("Untuned rate X_U and gain\n" + outlookText(summary))
    parts.append("Parameters\n" + parameterText(summary))
    parts.append(responseText(summary))
    parts.append(burstText(summary.bursts))
    parts.append(verdictText(summary))
    return parts.joined(separator: "\n\n")
  }

  private var publishedText: String {
    let published = plan.published
    var table = TextTable(["published", "checks/s"], leading: 1)
    table.add(["A: \(plan.shape.smallPods) pods", grouped(published.smallRate)])
    table.add(["B: tuned, \(plan.shape.largeNodes) nodes", grouped(published.tunedRate)])
    table.add(["U: untuned, nodes not published", grouped(published.untunedRate)])
    table.add(["gain by tuning", String(format: "%.2f", published.gain)])
    table.add(["peak into Kafka", grouped(published.peakRate)])
    return "\(plan.name), seed \(plan.seed)\n\n\(table.text)"
  }

  private var keptText: String {
    let share = String(format: "%.3f", 100 * results.keptShare)
    return "kept: \(results.kept.count) of \(grouped(Double(results.draws))) draws, \(share) % of "
      + "the prior's volume (A alone: \(grouped(Double(results.agreeingWithSmall))))"
  }

  private func outlookText(_ summary: CalibrationSummary) -> String {
    var table = TextTable(
      [
        "nodes", "rule", "5 %", "median", "95 %", "within 20 %", "gain 5 %", "median", "95 %",
      ], leading: 2)
    for outlook in summary.outlooks {
      let tuned = outlook.tuned
      table.add(
        ["\(outlook.nodes)", "tuned"]
          + [tuned.low, tuned.median, tuned.high].map { grouped($0.value) } + ["", "", "", ""])
      for untuned in outlook.untuned {
        let (rate, gain) = (untuned.rate, untuned.gain)
        table.add(
          ["", untuned.rule.words]
            + [rate.low, rate.median, rate.high].map { grouped($0.value) }
            + [String(format: "%.1f %%", 100 * untuned.nearShare)]
            + [gain.low, gain.median, gain.high].map { String(format: "%.2f", $0.value) })
      }
    }
    return table.text + "\n" + chanceText(summary)
  }

  /// How far chance may have moved the ends.
  private func chanceText(_ summary: CalibrationSummary) -> String {
    let parts = summary.outlooks.map { outlook in
      let rate = outlook.untuned[0].rate
      return "\(outlook.nodes) nodes: \(ends(rate.low)) and \(ends(rate.high))"
    }
    return "95 % confidence of the ends, first rule: " + parts.joined(separator: "; ")
  }

  private func ends(_ quantile: QuantileInterval) -> String {
    "\(quantile.low.map(grouped) ?? "-") to \(quantile.high.map(grouped) ?? "-")"
  }

  private func parameterText(_ summary: CalibrationSummary) -> String {
    var table = TextTable(
      [
        "", "prior 5 %", "50 %", "95 %", "kept 5 %", "50 %", "95 %", "moved", "rank corr.",
        "share",
      ], leading: 1)
    for row in summary.parameters {
      let scale = row.parameter.isTime ? 1e3 : 1
      let name = row.parameter.rawValue + (row.parameter.isTime ? ", ms" : "")
      let kept = [row.kept.low, row.kept.median, row.kept.high].map(\.value)
      table.add(
        [name] + (row.prior + kept).map { String(format: "%.3g", $0 * scale) }
          + [String(format: "%.2f", row.moved)]
          + [row.correlation, row.share].map { $0.map { String(format: "%.2f", $0) } ?? "-" })
    }
    return table.text
      + "\nmoved: Kolmogorov's distance from the prior. rank corr., share: with X_U at "
      + "\(plan.nodeCounts.max()!) nodes, first rule"
  }

  private func responseText(_ summary: CalibrationSummary) -> String {
    let times = [summary.cycleTime.low, summary.cycleTime.median, summary.cycleTime.high]
      .map { String(format: "%.1f", $0.value * 1e3) }
    func range(_ spread: Spread) -> String {
      "\(Int(spread.median.value)) (\(Int(spread.low.value)) to \(Int(spread.high.value)))"
    }
    return "At B, median (5 to 95 %): \(times[1]) ms (\(times[0]) to \(times[2])) a check by "
      + "Little's law; pods \(range(summary.tunedPods)), threads a pod "
      + "\(range(summary.tunedThreads)); threads where frozen \(range(summary.frozenThreads))"
  }

  private func burstText(_ bursts: CalibrationSummary.Bursts) -> String {
    let published = plan.published
    return """
      Arithmetic on inputs, no predictions: nine brokers take \(grouped(bursts.idleLimit))/s, and \
      \(grouped(bursts.busyLimit))/s while \(grouped(published.tunedRate))/s are read; drain \
      factor \(String(format: "%.2f", bursts.drainFactor)); a burst of \
      \(Int(published.burstSeconds)) s leaves \(grouped(bursts.backlog)) messages, drained in \
      \(Int(bursts.drainSeconds.rounded())) s
      """
  }

  private func verdictText(_ summary: CalibrationSummary) -> String {
    var lines: [String] = []
    for outlook in summary.outlooks {
      let untuned = outlook.untuned[0]
      lines.append(
        verdict(
          "\(grouped(plan.published.untunedRate))/s untuned", untuned.rate,
          plan.published.untunedRate, outlook.nodes))
      lines.append(
        verdict(
          String(format: "gain %.2f", plan.published.gain), untuned.gain, plan.published.gain,
          outlook.nodes))
    }
    lines.append(
      "What would settle it: nodes, pods and threads of the untuned run; or the CPU utilization "
        + "of Cassandra and of the pods at B.")
    return lines.joined(separator: "\n")
  }

  private func verdict(_ what: String, _ spread: Spread, _ value: Double, _ nodes: Int) -> String {
    let side = spread.contains(value) ? "inside" : "outside"
    let factor = spread.high.value / spread.low.value
    let width = String(format: "%.2g", factor)
    let wide = factor > 2 ? "; the interval is wide, a factor of \(width)" : ""
    return
      "\(what), if at \(nodes) nodes: the published value lies \(side) the 90 % interval\(wide)"
  }
}

extension UntunedRule {
  var words: String {
    switch self {
    case .proportional: "untuned, pods with nodes"
    case .whileItHelps: "untuned, while it helps"
    case .fixedWorkers: "untuned, fixed workers"
    }
  }
}
