import DetectionQuality
import Statistics

extension QualityReport {
  var qualityTable: String {
    var lines = [
      "kind,subject,detector,series,windows,found,recall,recall_low,recall_high,true_episodes,"
        + "false_episodes,precision,precision_low,precision_high,chance,delay,delay_low,delay_high,"
        + "quiet,false_per_1000,false_low,false_high,quiet_alarmed"
    ]
    for (kind, rows) in [("stream", results.streams), ("collection", results.collections)] {
      for row in rows {
        let summary = row.summary
        var cells = [
          kind, row.subject, row.variant, "\(summary.series)", "\(summary.windows)",
          "\(summary.found)",
        ]
        cells += Self.cells(summary.recall)
        cells += ["\(summary.trueEpisodes)", "\(summary.falseEpisodes)"]
        cells += Self.cells(summary.precision) + [Self.cell(summary.chance)]
        cells += Self.cells(summary.delay) + ["\(summary.quiet)"]
        cells += Self.cells(summary.falseAlarms) + [Self.cell(summary.alarmedShare)]
        lines.append(Self.line(cells))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  var seriesTable: String {
    var lines = [
      "collection,series,detector,windows,found,true_episodes,false_episodes,quiet,quiet_alarms,"
        + "in_windows,delays"
    ]
    for row in results.series {
      let score = row.score
      lines.append(
        Self.line([
          row.collection, row.series, row.variant, "\(score.windows)", "\(score.found)",
          "\(score.trueEpisodes)", "\(score.falseEpisodes)", "\(score.quiet)",
          "\(score.quietAlarms)", "\(score.inWindows)",
          score.delays.map(String.init).joined(separator: " "),
        ]))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  var factTable: String {
    var lines = ["claim,value,low,high,successes,draws,reference,agrees"]
    for fact in results.facts {
      var cells = [fact.text]
      switch fact.measured {
      case .exact(let value): cells += [value.description, "", "", "", ""]
      case .share(let share):
        cells += [
          share.proportion.description, share.low.description, share.high.description,
          "\(share.successes)", "\(share.count)",
        ]
      }
      cells += [Self.cell(fact.reference), fact.agrees.map { "\($0)" } ?? ""]
      lines.append(Self.line(cells))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  var runLengthTable: String {
    var lines = ["level,shift,runs,mean,low,high,median,cut,theory,agrees"]
    for row in results.runLengths {
      lines.append(
        Self.line([
          row.baseline.rawValue, row.shift.description, "\(row.draws)", row.mean.description,
          row.low.description, row.high.description, row.median.description, "\(row.cut)",
          Self.cell(row.theory), row.agrees.map { "\($0)" } ?? "",
        ]))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cell(_ value: Double?) -> String { value.map(\.description) ?? "" }

  private static func cells(_ figure: QualitySummary.Figure?) -> [String] {
    [cell(figure?.value), cell(figure?.low), cell(figure?.high)]
  }

  /// RFC 4180: what holds a comma, a quote or a line end stands in quotes.
  private static func line(_ cells: [String]) -> String {
    cells.map { cell in
      guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
      return "\""
        + cell.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"") + "\""
    }.joined(separator: ",")
  }
}
