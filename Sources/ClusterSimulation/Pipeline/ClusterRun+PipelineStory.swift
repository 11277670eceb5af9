import KubernetesObjects
import NetworkModel
import PipelineModel
import Scenarios
import ServiceModel
import SimulationKernel
import TimeUnits
import Traces

// The pipeline in a few sentences.
extension ClusterRun {
  var pipelineLines: [String] {
    guard let pipeline = simulation.model.pipeline, now > .zero else { return [] }
    var machine = pipeline.machine
    let totals = machine.measure(at: now)
    return [Self.account(totals), speed(machine, totals)]
      + group(machine, totals) + [transfer(pipeline)].compactMap { $0 }
  }

  private static func account(_ totals: PipelineTotals) -> String {
    var came = "\(totals.produced) messages sent"
    if totals.redelivered > 0 { came += " + \(totals.redelivered) delivered again" }
    var parts = ["\(totals.checked) checked"]
    for (count, what) in [
      (totals.lost, "lost"), (totals.expired, "deleted unread"),
      (totals.refused, "never taken by a broker"),
    ] where count > 0 { parts.append("\(count) \(what)") }
    parts += ["\(totals.inFlight) in flight", "\(totals.lag) not read yet"]
    return "\(came) = \(parts.joined(separator: " + "))"
  }

  private func speed(_ machine: PipelineEngine, _ totals: PipelineTotals) -> String {
    let rate = Double(totals.checked) / now.secondsValue
    func milliseconds(_ p: Double) -> String {
      Self.number(Double(machine.endToEnd.quantile(p) ?? 0) / 1e6)
    }
    let service = Self.number(machine.service.mean / 1e6)
    return
      "\(Int(rate.rounded())) checks/s over the whole run; from sending to the end of the check "
      + "\(milliseconds(0.5)) ms in the middle, \(milliseconds(0.99)) ms at 99 %; "
      + "\(service) ms of them in a detector thread on average"
  }

  private func group(_ machine: PipelineEngine, _ totals: PipelineTotals) -> [String] {
    var lines = [
      "\(machine.activeConsumers) consumers with partitions of \(machine.settings.partitions), "
        + "\(machine.idleConsumers) without; \(totals.rebalances) rebalances"
    ]
    if totals.run < totals.checked {
      lines.append(
        "\(totals.checked - totals.run) checks found fewer than \(machine.settings.pod.leastRows) "
          + "earlier rows and decided nothing")
    }
    lines.append(
      "\(totals.anomalies) anomalies reported, \(totals.outliers) values were anomalous"
        + (totals.anomalies == 0 && totals.outliers > 0
          ? ": the published detector never fires on an isolated outlier" : ""))
    return lines
  }

  private func transfer(_ pipeline: PipelineWorld) -> String? {
    let lines = pipeline.machine.transfer.lines.compactMap { line -> String? in
      let amount = "\(Self.number(line.gigabytes)) GB"
      switch line.border {
      case .withinZone: return nil
      case .betweenZones(let region): return "\(amount) between zones of \(region)"
      case .betweenRegions(let from, let to): return "\(amount) from \(from) to \(to)"
      }
    }
    guard !lines.isEmpty else { return nil }
    let month = pipelineMetrics.first { $0.name.name == "seatrial_transfer_usd_per_month" }
    return lines.joined(separator: ", ")
      + "; a month of this would be $\(Self.number(month?.value ?? 0))"
  }

  /// Three digits that count.
  private static func number(_ value: Double) -> String {
    let scale = value >= 100 ? 1.0 : value >= 10 ? 10.0 : value >= 1 ? 100.0 : 1_000.0
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}
