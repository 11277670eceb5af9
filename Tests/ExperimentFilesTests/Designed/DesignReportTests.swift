import ExperimentFiles
import ExperimentStore
import Experiments
import Foundation
import FoundationXML
import Testing

@Suite struct DesignReportTests {
  private static func report<Value>(
    _ spec: String = DesignFolder.spec, _ body: (DesignReport) throws -> Value
  ) throws -> Value {
    try DesignFolder.run(spec) { design, store in
      try body(try DesignReport(design, store, version: "test"))
    }
  }

  @Test("a report has a mean with its interval for each point, differences, effects and claims")
  func text() throws {
    try Self.report { report in
      #expect(report.passed)
      for expected in [
        "small: 4 points, 3 replications each, 12 runs", "seed 5, common random numbers",
        "cost: seatrial_cost_usd", "type=m5.large, replicas=7 *",
        "less type=m5.large, replicas=7 *", "p (Holm)", "level less the mean of all points",
        "holds  the mean of cost is at most 1, at type=m5.large, replicas=9", "Assumed, so true",
        "One run alone: seatrial run",
      ] {
        #expect(report.text.contains(expected), "\(expected) in\n\(report.text)")
      }
    }
  }

  @Test("a claim fails where the interval, and not only the mean, passes its bound")
  func claims() throws {
    let failing = DesignFolder.spec.replacing(
      "atMost: 1}",
      with: "atMost: 0.00001, text: 'free & \"cheap\" <now>'}\n    "
        + "- {response: cost, at: {type: m5.large, replicas: 7}, quantile: 0.5, atMost: 9}")
    try Self.report(failing) { report in
      #expect(!report.passed)
      // Of three runs no two bound a median at 95 %.
      #expect(report.text.contains("FAILS  the 0.5 quantile of cost is at most 9"))
      #expect(report.text.contains("unbounded"))
      let parser = XMLParser(data: Data(report.junit.utf8))
      let seen = Seen()
      parser.delegate = seen
      #expect(parser.parse())
      #expect(seen.cases == 3 && seen.failures == 3)
      #expect(seen.names.first == "free & \"cheap\" <now>, at type=m5.large, replicas=7")
    }
  }

  @Test("a design for Sobol indices tells which factor makes the variance")
  func indices() throws {
    let spec = """
        scenario: scenario.yaml
        design: {kind: sobolIndices, points: 8}
        factors:
          - {name: desired, path: "spec.cloud.nodeGroups[w].desired", from: 1, to: 3, whole: true}
          - name: deadline
            object: Deployment/web
            path: spec.progressDeadlineSeconds
            levels: [600, 601]
        replications: 2
        responses:
          - {name: cost, metric: seatrial_cost_usd}

      """
    try Self.report(spec) { report in
      #expect(report.text.contains("small: 32 points, 2 replications each"))
      let json = try #require(
        JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
      let responses = try #require(json["responses"] as? [[String: Any]])
      let indices = try #require(responses[0]["sobol"] as? [[String: Any]])
      #expect(indices.map { $0["factor"] as? String } == ["desired", "deadline"])
      #expect(indices[1]["total"] as? Double == 0)
      // Of 8 rows an estimate is rough; a factor that does all of it has a share far above none.
      #expect((indices[0]["total"] as? Double ?? 0) > 0.5)
      #expect(report.text.contains("share of the variance (Sobol)"))
    }
  }

  @Test("JSON and CSV hold the same figures")
  func documents() throws {
    try Self.report { report in
      let json = try #require(
        JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
      let responses = try #require(json["responses"] as? [[String: Any]])
      let points = try #require(responses[0]["points"] as? [[String: Any]])
      let rows = report.csv.split(separator: "\n").map {
        $0.split(
          separator: ",", omittingEmptySubsequences: false)
      }
      #expect(rows.count == 1 + 4 * 3)
      for (number, point) in points.enumerated() {
        // Foundation reads some numbers of JSON one unit in the last place off.
        for (column, name) in [(5, "mean"), (6, "low_95")] {
          let cell = try #require(Double(rows[1 + number][column]))
          #expect(abs(cell - (try #require(point[name] as? Double))) < 1e-14)
        }
      }
      #expect((responses[0]["differences"] as? [Any])?.count == 3)
      #expect(json["passed"] as? Bool == true)
    }
  }

  private final class Seen: NSObject, XMLParserDelegate {
    var cases = 0
    var failures = 0
    var names: [String] = []

    func parser(
      _: XMLParser, didStartElement name: String, namespaceURI _: String?,
      qualifiedName _: String?, attributes: [String: String]
    ) {
      if name == "testcase" {
        cases += 1
        names.append(attributes["name"] ?? "")
      }
      if name == "failure" { failures += 1 }
    }
  }
}
