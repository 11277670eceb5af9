import Experiments
import Statistics

extension DesignReport {
  /// A row for each response at each point.
  public var csv: String {
    var text = Figures.row(
      ["point"] + experiment.factors
        + [
          "response", "replications", "mean", "low_95", "high_95", "p05", "p50", "p95",
          "difference", "difference_low_95", "difference_high_95", "p_holm", "variance_reduction",
        ])
    for (index, table) in analysis.tables.enumerated() {
      for (point, cell) in table.cells.enumerated() {
        guard let cell else { continue }
        let comparison = table.comparisons.first { $0.point == point }
        let difference = comparison?.difference
        let figures: [Double?] = [
          cell.mean, cell.interval?.low, cell.interval?.high, cell.p05, cell.p50, cell.p95,
          difference?.interval.mean, difference?.interval.low, difference?.interval.high,
          comparison?.adjusted, difference?.varianceReduction,
        ]
        text += Figures.row(
          ["\(point)"] + experiment.points[point].values
            + [experiment.responses[index].name, "\(analysis.runs[point])"]
            + figures.map { $0.map(\.description) ?? "" })
      }
    }
    return text
  }

  /// The claims as JUnit XML, a test case for each claim at each point.
  public var junit: String {
    let failures = analysis.verdicts.count { !$0.holds }
    let name = XMLText.attribute(experiment.name)
    let counts = "tests=\"\(analysis.verdicts.count)\" failures=\"\(failures)\" errors=\"0\""
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites name=\"seatrial\" \(counts)>", "  <testsuite name=\"\(name)\" \(counts)>",
    ]
    for verdict in analysis.verdicts {
      let claim = experiment.claims[verdict.claim]
      let title = XMLText.attribute("\(claim.text), at \(experiment.label(of: verdict.point))")
      let head = "    <testcase classname=\"\(name)\" name=\"\(title)\""
      guard !verdict.holds else {
        lines.append(head + "/>")
        continue
      }
      let bounds = [
        claim.atLeast.map { "at least \(Figures.text($0))" },
        claim.atMost.map { "at most \(Figures.text($0))" },
      ].compactMap(\.self).joined(separator: ", ")
      let message = XMLText.attribute("\(found(verdict)), expected \(bounds)")
      lines.append(head + "><failure message=\"\(message)\" type=\"expectation\"/></testcase>")
    }
    return (lines + ["  </testsuite>", "</testsuites>"]).joined(separator: "\n") + "\n"
  }
}

/// Text as XML 1.0 has it.
enum XMLText {
  /// Between double quotes; characters that XML cannot say are left out.
  static func attribute(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"...:
        result.unicodeScalars.append(scalar)
      default: break
      }
    }
    return result
  }
}
