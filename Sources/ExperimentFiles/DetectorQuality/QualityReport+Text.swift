import DetectionQuality
import Foundation
import Statistics

extension QualityReport {
  /// The tables for a terminal.
  public var text: String {
    var parts = [
      "\(experiment.name): \(Self.count(experiment.streams.count, "stream")) of "
        + "\(experiment.observations) values, \(experiment.replications) replications, "
        + "seed \(experiment.seed); "
        + "\(experiment.collections.reduce(0) { $0 + $1.series.count }) labeled series"
    ]
    if !results.streams.isEmpty {
      parts.append("Streams with known truth\n" + Self.table(results.streams))
    }
    if !results.collections.isEmpty {
      parts.append("Labeled series\n" + Self.table(results.collections))
    }
    if !results.facts.isEmpty { parts.append("The published detector\n" + factText) }
    if !results.runLengths.isEmpty {
      parts.append("Values until the normalized detector alarms\n" + runLengthText)
    }
    parts += skipped.map { "skipped: \($0)" }
    return parts.joined(separator: "\n\n")
  }

  private static func table(_ rows: [QualityResults.Row]) -> String {
    var table = TextTable(
      [
        "subject", "detector", "windows", "recall", "95 %", "precision", "95 %", "by chance",
        "delay", "95 %", "false/1000", "95 %", "in alarm",
      ], leading: 2)
    for row in rows {
      let summary = row.summary
      var cells = [row.subject, row.variant, "\(summary.windows)"]
      cells += figure(summary.recall, "%.3f")
      cells += figure(summary.precision, "%.3f")
      cells.append(number(summary.chance, "%.3f"))
      cells += figure(summary.delay, "%.1f")
      cells += figure(summary.falseAlarms, "%.3f")
      cells.append(number(summary.alarmedShare, "%.4f"))
      table.add(cells)
    }
    return table.text
  }

  private var factText: String {
    var table = TextTable(["claim", "here", "95 %", "reference", "agrees"], leading: 1)
    for fact in results.facts {
      let reference = number(fact.reference)
      let agrees = fact.agrees.map { $0 ? "yes" : "NO" } ?? "-"
      switch fact.measured {
      case .exact(let value):
        table.add([fact.text, Self.short(value), "exact", reference, agrees])
      case .share(let share):
        table.add([
          fact.text, String(format: "%.4f", share.proportion),
          "\(Self.limit(share.low)) to \(Self.limit(share.high))", reference, agrees,
        ])
      }
    }
    return table.text
  }

  private var runLengthText: String {
    var table = TextTable(
      ["level", "shift", "runs", "mean", "95 %", "median", "theory", "agrees", "cut"], leading: 1)
    for row in results.runLengths {
      table.add([
        row.baseline.rawValue, Self.short(row.shift), "\(row.draws)",
        String(format: "%.2f", row.mean), String(format: "%.2f to %.2f", row.low, row.high),
        Self.short(row.median), Self.number(row.theory, "%.2f"),
        row.agrees.map { $0 ? "yes" : "NO" } ?? "-", "\(row.cut)",
      ])
    }
    return table.text
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

  private func number(_ value: Double?) -> String { value.map(Self.short) ?? "-" }

  private static func number(_ value: Double?, _ format: String) -> String {
    value.map { String(format: format, $0) } ?? "-"
  }

  private static func figure(_ figure: QualitySummary.Figure?, _ format: String) -> [String] {
    guard let figure else { return ["-", ""] }
    guard let low = figure.low, let high = figure.high else {
      return [number(figure.value, format), ""]
    }
    return [
      number(figure.value, format), "\(number(low, format)) to \(number(high, format))",
    ]
  }

  /// A limit that is not 0 does not look like it.
  private static func limit(_ value: Double) -> String {
    String(format: value > 0 && value < 0.001 ? "%.2g" : "%.4f", value)
  }

  /// Four digits, without zeros at the end.
  private static func short(_ value: Double) -> String { String(format: "%.4g", value) }
}
