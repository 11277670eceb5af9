import Documents
import PipelineCalibration
import Statistics

extension CalibrationReport {
  /// All results as one JSON document; times in seconds, rates in checks a second.
  public var json: String {
    var json = JSONWriter()
    json.object { json in
      json.field("experiment", plan.name)
      json.field("kind", "PipelineCalibration")
      json.key("seed")
      json.number(plan.seed)
      json.field("version", version)
      json.field("draws", results.draws)
      json.field("kept", results.kept.count)
      json.field("kept_share", results.keptShare)
      json.field("agreeing_with_small", results.agreeingWithSmall)
      json.field("published", object: writePublished)
      guard let summary else { return }
      json.field("outlooks", array: { json in summary.outlooks.forEach { write($0, &json) } })
      json.field("parameters", array: { json in summary.parameters.forEach { write($0, &json) } })
      write("cycle_seconds", summary.cycleTime, &json)
      write("tuned_pods", summary.tunedPods, &json)
      write("tuned_threads", summary.tunedThreads, &json)
      write("frozen_threads", summary.frozenThreads, &json)
      json.field(
        "bursts",
        object: { json in
          json.field("idle_limit", summary.bursts.idleLimit)
          json.field("busy_limit", summary.bursts.busyLimit)
          json.field("drain_factor", summary.bursts.drainFactor)
          json.field("backlog", summary.bursts.backlog)
          json.field("drain_seconds", summary.bursts.drainSeconds)
        })
    }
    return json.text
  }

  private func writePublished(_ json: inout JSONWriter) {
    json.field("small_rate", plan.published.smallRate)
    json.field("tuned_rate", plan.published.tunedRate)
    json.field("untuned_rate", plan.published.untunedRate)
    json.field("gain", plan.published.gain)
    json.field("peak_rate", plan.published.peakRate)
  }

  private func write(_ outlook: CalibrationSummary.Outlook, _ json: inout JSONWriter) {
    json.object { json in
      json.field("nodes", outlook.nodes)
      write("tuned", outlook.tuned, &json)
      json.field(
        "untuned",
        array: { json in
          for untuned in outlook.untuned {
            json.object { json in
              json.field("rule", untuned.rule.rawValue)
              write("rate", untuned.rate, &json)
              write("gain", untuned.gain, &json)
              json.field("within_20_percent", untuned.nearShare)
              json.field("rate_inside", untuned.rate.contains(plan.published.untunedRate))
              json.field("gain_inside", untuned.gain.contains(plan.published.gain))
            }
          }
        })
    }
  }

  private func write(_ row: CalibrationSummary.Parameter, _ json: inout JSONWriter) {
    json.object { json in
      json.field("parameter", row.parameter.rawValue)
      json.field("prior", array: { json in row.prior.forEach { json.double($0) } })
      write("kept", row.kept, &json)
      json.field("moved", row.moved)
      if let correlation = row.correlation { json.field("rank_correlation", correlation) }
      if let share = row.share { json.field("first_order_share", share) }
    }
  }

  private func write(_ name: String, _ spread: Spread, _ json: inout JSONWriter) {
    json.field(
      name,
      object: { json in
        for (key, quantile) in [("q05", spread.low), ("q50", spread.median), ("q95", spread.high)] {
          json.field(key, quantile.value)
          if let low = quantile.low { json.field(key + "_low_95", low) }
          if let high = quantile.high { json.field(key + "_high_95", high) }
        }
      })
  }
}
