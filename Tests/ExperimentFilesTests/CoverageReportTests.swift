import ExperimentFiles
import Foundation
import IntervalCoverage
import Testing

/// A study of intervals from its file to its report.
@Suite struct CoverageReportTests {
  @Test("the file says seed, trials and confidence")
  func file() throws {
    try ExperimentFolder.with(
      """
      apiVersion: seatrial/v1
      kind: IntervalCoverage
      metadata: {name: coverage}
      spec: {seed: 7, macroReplications: 40, confidence: 0.9}

      """, [:]
    ) { folder in
      let loaded = ExperimentLoader.load("\(folder)/experiment.yaml")
      #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
      guard case .intervalCoverage(let name, let study)? = loaded.experiment else {
        return #expect(Bool(false))
      }
      #expect(name == "coverage" && study.seed == 7 && study.macroReplications == 40)
      #expect(study.confidence == 0.9)
    }
  }

  @Test("text, CSV and JSON tell the same, and a reason where an interval falls short")
  func report() throws {
    let family = CoverageFamily([
      CoverageSubject("good, \"exact\"", of: "x", sample: "2 values", demanded: 0.9...1),
      CoverageSubject("bad", of: "x", sample: "2 values", reason: "it is made so"),
    ]) { _ in
      [
        CoverageTrial(isCovered: true, width: 2), CoverageTrial(isCovered: false, width: nil),
      ]
    }
    let study = CoverageStudy([family], seed: 1, macroReplications: 20, confidence: 0.95)
    let report = CoverageReport(name: "a", study, study.run(), version: "test")
    #expect(report.text.contains("as promised, accepted"))
    #expect(report.text.contains("bad, 2 values: it is made so"))
    #expect(!report.text.contains("REFUSED"))
    let rows = report.csv.split(separator: "\n")
    #expect(rows.count == 3 && rows[1].hasPrefix("\"good, \"\"exact\"\"\",x,2 values,20,20,1.0,"))
    let document = try JSONSerialization.jsonObject(with: Data(report.json.utf8))
    let json = try #require(document as? [String: Any])
    let intervals = try #require(json["intervals"] as? [[String: Any]])
    #expect(intervals.map { $0["covered"] as? Int } == [20, 0])
    #expect(intervals[0]["accepted"] as? Bool == true)
    #expect(intervals[1]["reason"] as? String == "it is made so")
    #expect(report.files.map(\.name) == ["results.json", "coverage.csv"])
  }
}
