import Documents
import Foundation
public import IntervalCoverage
import Statistics

/// The results of an IntervalCoverage experiment, for people and for other programs.
public struct CoverageReport: Sendable {
  let name: String
  let study: CoverageStudy
  let rows: [CoverageStudy.Row]
  /// The version of the program.
  let version: String

  /// The report of a study that was run.
  public init(
    name: String, _ study: CoverageStudy, _ rows: [CoverageStudy.Row], version: String
  ) {
    self.name = name
    self.study = study
    self.rows = rows
    self.version = version
  }

  /// The files that are written beside each other.
  public var files: [(name: String, text: String)] {
    [("results.json", json + "\n"), ("coverage.csv", csv)]
  }

  /// The table for a terminal, and below it why intervals fall short.
  public var text: String {
    var table = TextTable(
      ["interval", "of", "sample", "covered", "99 %", "width", "verdict"], leading: 3)
    for row in rows {
      table.add([
        row.subject.interval, row.subject.target, row.subject.sample, Self.percent(row.share),
        "\(Self.percent(row.covered.low)) to \(Self.percent(row.covered.high))",
        row.meanWidth.map { String(format: "%.4g", $0) } ?? "-",
        row.verdict.rawValue + (row.isAccepted.map { $0 ? ", accepted" : ", REFUSED" } ?? ""),
      ])
    }
    let reasons = rows.filter { $0.verdict != .asPromised && !$0.subject.reason.isEmpty }
      .map { "\($0.subject.interval), \($0.subject.sample): \($0.subject.reason)" }
    let head =
      "\(name): \(study.macroReplications) intervals of each kind, meant to cover "
      + "\(Self.percent(study.confidence)) %, seed \(study.seed)"
    return
      ([head, table.text] + (reasons.isEmpty ? [] : [reasons.joined(separator: "\n")]))
      .joined(separator: "\n\n")
  }

  /// One line for each kind of interval and sample size.
  public var csv: String {
    let heads = "interval,of,sample,covered,trials,share,low,high,width,verdict,reason\n"
    return heads
      + rows.map { row in
        let width = row.meanWidth.map { "\($0)" } ?? ""
        let cells = [
          row.subject.interval, row.subject.target, row.subject.sample,
          "\(row.covered.successes)", "\(row.covered.count)", "\(row.share)",
          "\(row.covered.low)", "\(row.covered.high)", width, row.verdict.rawValue,
          row.subject.reason,
        ]
        return cells.map(Self.quoted).joined(separator: ",") + "\n"
      }.joined()
  }

  /// All results as one JSON document.
  public var json: String {
    var json = JSONWriter()
    json.object { json in
      json.field("experiment", name)
      json.field("kind", "IntervalCoverage")
      json.key("seed")
      json.number(study.seed)
      json.field("version", version)
      json.field("macro_replications", study.macroReplications)
      json.field("confidence", study.confidence)
      json.field("intervals", array: { json in rows.forEach { Self.write($0, &json) } })
    }
    return json.text
  }

  private static func write(_ row: CoverageStudy.Row, _ json: inout JSONWriter) {
    json.object { json in
      json.field("interval", row.subject.interval)
      json.field("of", row.subject.target)
      json.field("sample", row.subject.sample)
      json.field("covered", row.covered.successes)
      json.field("trials", row.covered.count)
      json.field("share", row.share)
      json.field("low", row.covered.low)
      json.field("high", row.covered.high)
      if let width = row.meanWidth { json.field("width", width) }
      json.field("verdict", row.verdict.rawValue)
      if !row.subject.reason.isEmpty { json.field("reason", row.subject.reason) }
      if let demanded = row.subject.demanded {
        json.field(
          "demanded",
          array: { json in
            json.double(demanded.lowerBound)
            json.double(demanded.upperBound)
          })
      }
      if let accepted = row.isAccepted { json.field("accepted", accepted) }
    }
  }

  private static func percent(_ share: Double) -> String { String(format: "%.1f", share * 100) }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { $0 == "," || $0 == "\"" }) else { return cell }
    return "\""
      + cell.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}

extension CoverageStudy.Row {
  fileprivate var share: Double { covered.proportion }
}
