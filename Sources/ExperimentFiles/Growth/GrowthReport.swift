import Documents
import Foundation
public import PipelineCalibration
import Statistics

/// The results of a PipelineGrowth experiment, for people and for other programs.
public struct GrowthReport: Sendable {
  let plan: GrowthPlan
  let results: GrowthResults
  /// The version of the program.
  let version: String

  /// The report of a run.
  public init(_ plan: GrowthPlan, _ results: GrowthResults, version: String) {
    self.plan = plan
    self.results = results
    self.version = version
  }

  /// The files that are written beside each other.
  public var files: [(name: String, text: String)] {
    [("results.json", json + "\n"), ("growth.csv", table)]
  }

  /// What a row tells, each with its 5, 50 and 95 % over the draws that have a design.
  private static let columns: [(name: String, value: @Sendable (GrowthDesign, Double) -> Double)] =
    [
      ("usd_per_million", { $0.costPerMillion(rate: $1) }),
      ("cassandra_usd_per_million", { $0.cassandraCost / ($1 * 3_600) * 1e6 }),
      ("worker_usd_per_million", { $0.workerCost / ($1 * 3_600) * 1e6 }),
      ("broker_usd_per_million", { $0.brokerCost / ($1 * 3_600) * 1e6 }),
      ("nodes", { Double($0.nodes) + 0 * $1 }),
      ("pods", { Double($0.pods) + 0 * $1 }),
      ("threads", { Double($0.threads) + 0 * $1 }),
      ("workers", { Double($0.workers) + 0 * $1 }),
      ("brokers", { Double($0.brokers) + 0 * $1 }),
      ("connection_factor", { $0.connectionFactor + 0 * $1 }),
    ]

  private var table: String {
    var heads = ["pod_cores", "rate", "draws", "feasible"]
    for column in Self.columns { heads += ["q05", "q50", "q95"].map { "\(column.name)_\($0)" } }
    for name in ["cell_usd_per_million", "cell_rate"] {
      heads += ["q05", "q50", "q95"].map { "\(name)_\($0)" }
    }
    var lines = [heads.joined(separator: ",")]
    for row in results.rows {
      var cells = [digits(row.podCores), digits(row.rate), "\(row.draws)", "\(row.designs.count)"]
      for column in Self.columns {
        cells += Self.cells(Spread(row.designs.map { column.value($0, row.rate) }))
      }
      cells += Self.cells(Spread(row.cellCosts)) + Self.cells(Spread(row.cellRates))
      lines.append(cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cells(_ spread: Spread?) -> [String] {
    guard let spread else { return ["", "", ""] }
    return [spread.low, spread.median, spread.high].map { digits($0.value) }
  }

  /// The tables for a terminal.
  public var text: String {
    var parts = [
      "\(plan.name): \(results.rows.first?.draws ?? 0) of \(results.calibration.kept.count) kept "
        + "draws of \(plan.calibration.name); dollars are on-demand, without transfer"
    ]
    for (cores, rates) in results.doubling {
      parts.append(text(of: cores, doubling: rates))
    }
    parts.append(transferText)
    return parts.joined(separator: "\n\n")
  }

  private func text(of cores: Double, doubling: [Double]) -> String {
    var table = TextTable(
      [
        "checks/s", "possible", "nodes", "pods", "threads", "workers", "brokers", "1+βP",
        "$/million", "5 to 95 %", "in cells", "of checks/s",
      ], leading: 0)
    for row in results.rows where row.podCores == cores {
      func middle(_ value: (GrowthDesign) -> Double) -> String {
        Spread(row.designs.map(value)).map { grouped($0.median.value) } ?? "-"
      }
      let cost = Spread(row.designs.map { $0.costPerMillion(rate: row.rate) })
      let factor = Spread(row.designs.map(\.connectionFactor))
      table.add([
        grouped(row.rate),
        "\(Int((100 * Double(row.designs.count) / Double(max(1, row.draws))).rounded())) %",
        middle { Double($0.nodes) }, middle { Double($0.pods) }, middle { Double($0.threads) },
        middle { Double($0.workers) }, middle { Double($0.brokers) },
        factor.map { String(format: "%.2f", $0.median.value) } ?? "-",
        cost.map { String(format: "%.3f", $0.median.value) } ?? "-",
        cost.map { String(format: "%.3f to %.3f", $0.low.value, $0.high.value) } ?? "-",
        Spread(row.cellCosts).map { String(format: "%.3f", $0.median.value) } ?? "-",
        Spread(row.cellRates).map { grouped($0.median.value) } ?? "-",
      ])
    }
    var text = "Pods of \(digits(cores)) cores: the cheapest design, medians over the draws\n"
    text += table.text
    if let spread = Spread(doubling) {
      text +=
        "\nConnections double Cassandra's work at \(grouped(spread.median.value)) checks/s "
        + "(\(grouped(spread.low.value)) to \(grouped(spread.high.value)))"
    }
    return text
  }

  private var transferText: String {
    func dollars(_ bytes: Double) -> String {
      String(format: "%.3f", bytes * 1e6 / 1e9 * plan.prices.zoneGB)
    }
    return "Over three zones a million checks move \(dollars(GrowthPlan.crossingBytes)) $ more, "
      + "\(dollars(GrowthPlan.crossingBytesWithLocalReads)) $ if reads stay in their zone"
  }

  /// All results as one JSON document.
  public var json: String {
    var json = JSONWriter()
    json.object { json in
      json.field("experiment", plan.name)
      json.field("kind", "PipelineGrowth")
      json.field("version", version)
      json.field("calibration", plan.calibration.name)
      json.field("kept", results.calibration.kept.count)
      json.field("zone_bytes_per_check", GrowthPlan.crossingBytes)
      json.field("rows", array: { json in results.rows.forEach { write($0, &json) } })
    }
    return json.text
  }

  private func write(_ row: GrowthRow, _ json: inout JSONWriter) {
    json.object { json in
      json.field("pod_cores", row.podCores)
      json.field("rate", row.rate)
      json.field("draws", row.draws)
      json.field("feasible", row.designs.count)
      for column in Self.columns {
        guard let spread = Spread(row.designs.map { column.value($0, row.rate) }) else { continue }
        json.field(
          column.name,
          array: { json in
            for quantile in [spread.low, spread.median, spread.high] { json.double(quantile.value) }
          })
      }
    }
  }
}
