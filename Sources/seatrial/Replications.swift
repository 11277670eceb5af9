import ClusterSimulation
import Documents
import Experiments
import Foundation
import Scenarios
import Traces

/// `seatrial run --replications N`: in how many runs each expectation holds, and the figures'
/// spread.
enum Replications {
  static func run(_ setup: ClusterSetup, count: Int, json: Bool) throws {
    let isShown = Console.isColored
    let summaries: [RunSummary]
    do {
      summaries = try ReplicationRunner.run(setup, count: count, version: Version.text) { done in
        if isShown, done % 10 == 0 || done == count {
          FileHandle.standardError.write(Data("\r\(done) of \(count) replications".utf8))
          if done == count { FileHandle.standardError.write(Data("\n".utf8)) }
        }
      }
    } catch {
      Console.complain("seatrial: \(error)")
      throw Status.wrongInput
    }
    let report = ReplicationReport(summaries)
    Console.print(json ? self.json(report, setup) : text(report, setup))
  }

  private static func text(_ report: ReplicationReport, _ setup: ClusterSetup) -> String {
    let choice = setup.scenario.nodeLoad.parameters
    let figures =
      !setup.scenario.hasNodeLoad
      ? ""
      : choice == .drawn ? ", node figures drawn from their ranges" : ", the middle of each range"
    var lines = [
      "\(report.scenario): \(report.replications) replications from seed "
        + "\(setup.scenario.seed)\(figures)", "",
    ]
    if !report.claims.isEmpty {
      lines.append("Holds in")
      for claim in report.claims {
        let percent = Double(claim.held) / Double(report.replications) * 100
        lines.append(pad(String(format: "%.0f %%", percent), 6, right: true) + "  " + claim.text)
      }
      lines.append("")
    }
    // Everything is in the JSON; a terminal shows what a person would ask for.
    let shown = report.figures.filter {
      $0.name.name.hasPrefix("seatrial_") && $0.name.name != "seatrial_events_total" && $0.p95 != 0
    }
    let width = max(6, shown.map(\.name.description.count).max() ?? 0)
    lines.append(
      pad("Figure", width)
        + ["mean", "+- 95 %", "5 %", "50 %", "95 %"]
        .map { pad($0, 13, right: true) }.joined())
    for figure in shown {
      let cells = [figure.mean, figure.halfWidth ?? .nan, figure.p05, figure.p50, figure.p95]
      lines.append(
        pad(figure.name.description, width)
          + cells.map { pad($0.isNaN ? "-" : number($0), 13, right: true) }.joined())
    }
    return lines.joined(separator: "\n")
  }

  private static func number(_ value: Double) -> String {
    if value != 0, abs(value) < 0.001 || abs(value) >= 1e9 {
      return String(format: "%.3g", value)
    }
    return String(format: abs(value) >= 1_000 ? "%.0f" : "%.4g", value)
  }

  private static func pad(_ text: String, _ width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return right ? space + text : text + space
  }

  private static func json(_ report: ReplicationReport, _ setup: ClusterSetup) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("scenario", report.scenario)
      json.key("seed")
      json.number(setup.scenario.seed)
      json.field("version", Version.text)
      json.field("replications", report.replications)
      json.field(
        "expectations",
        array: { json in
          for claim in report.claims {
            json.object { json in
              json.field("text", claim.text)
              json.field("held", claim.held)
            }
          }
        })
      json.field(
        "metrics",
        object: { json in
          for figure in report.figures {
            json.field(
              figure.name.description,
              object: { json in
                json.field("mean", figure.mean)
                if let half = figure.halfWidth { json.field("half_width_95", half) }
                json.field("p05", figure.p05)
                json.field("p50", figure.p50)
                json.field("p95", figure.p95)
              })
          }
        })
    }
    return json.text
  }
}
