import AWSObjects
import Documents
import ProvisioningModel
import Statistics
import TimeUnits

/// `summary.json` of a provisioning study: the shape of a run's as far as it applies, and the
/// figures of every way.
public enum ProvisioningJSON {
  public static func text(_ report: ProvisioningReport) -> String {
    let plan = report.study.plan
    var json = JSONWriter()
    json.object { json in
      json.field("scenario", plan.name)
      json.field("kind", "Provisioning")
      json.key("seed")
      json.number(plan.seed)
      json.field("version", report.version)
      json.field("digest", report.digest)
      json.field("simulated_s", report.study.story.elapsed.secondsValue)
      json.field("wall_s", (report.wallSeconds * 1000).rounded() / 1000)
      json.field("events", report.trace.count)
      json.field("replications", plan.replications)
      json.field("date", plan.date.date)
      json.field("region", plan.region.name)
      json.field("data_region", plan.dataRegion.name)
      json.field("metrics", object: { metrics(report, &$0) })
      json.field("expectations", array: { _ in })
      json.field("claims", array: { claims(report, &$0) })
      json.field("moments", array: { moments(report, &$0) })
      json.field("ways", array: { json in report.study.ways.forEach { write($0, &json) } })
      json.field(
        "differences",
        array: { json in report.study.differences.forEach { write($0, report, &json) } })
      json.field("warnings", array: { json in report.warnings.forEach { json.string($0) } })
    }
    return json.text
  }

  /// The plan as it is, in the form of a run's metrics.
  private static func metrics(_ report: ProvisioningReport, _ json: inout JSONWriter) {
    for probability in [0.5, 0.8, 0.95] {
      json.field(
        "seatrial_provisioning_elapsed_seconds{quantile=\"\(probability)\"}",
        report.base.quantile(probability) { $0.elapsed }?.value ?? .nan)
    }
    for probability in [0.5, 0.8, 0.95] {
      json.field(
        "seatrial_provisioning_working_seconds{quantile=\"\(probability)\"}",
        report.base.quantile(probability) { $0.workingTime }?.value ?? .nan)
    }
  }

  private static func claims(_ report: ProvisioningReport, _ json: inout JSONWriter) {
    for (claim, figures) in zip(report.study.plan.claims, report.base.claims) {
      json.object { json in
        json.field("text", claim.text)
        json.field("through", claim.through)
        if let steps = claim.steps { json.field("published_steps", steps) }
        json.field("before", figures.before)
        json.field("within", figures.within)
        json.field("after", figures.after)
        json.field("mark", claim.provenance.mark.rawValue)
        json.field("source", claim.provenance.source)
      }
    }
  }

  /// The set-backs of the story, and its end.
  private static func moments(_ report: ProvisioningReport, _ json: inout JSONWriter) {
    let snakes = report.base.board.snakes
    for event in report.study.story.events {
      let (what, why): (String, String)
      switch event.what {
      case .setBack(let index, _):
        let snake = snakes[index]
        what = "back to \(report.base.board.squares[snake.to].phase.name)"
        why = snake.setback.what
      case .running: (what, why) = ("the application runs", "")
      default: continue
      }
      json.object { json in
        json.field("t_s", event.time.secondsValue)
        json.field("what", what)
        json.field("why", why)
      }
    }
  }

  // MARK: Ways

  private static func write(_ way: ProvisioningStudy.Way, _ json: inout JSONWriter) {
    json.object { json in
      json.field("name", way.name)
      json.field("cross_region", way.isCrossRegion)
      json.field("ladders", array: { json in way.ladders.forEach { json.string($0) } })
      json.field("steps_without_setbacks", way.board.steps)
      if let exact = way.board.expectation {
        json.field("exact_mean_working_s", exact.handsOn + exact.waiting)
      }
      quantiles("working_s", way, &json) { $0.workingTime }
      quantiles("elapsed_s", way, &json) { $0.elapsed }
      quantiles("hands_on_s", way, &json) { $0.handsOn }
      quantiles("waiting_s", way, &json) { $0.waiting }
      quantiles("steps", way, &json) { Double($0.steps) }
      json.field(
        "days",
        array: { json in
          for day in 1...(way.games.map(\.day).max() ?? 1) {
            json.object { json in
              json.field("day", day)
              json.field("share", way.share(onDay: day))
            }
          }
        })
      json.field("phases", array: { phases(of: way, &$0) })
      json.field("setbacks", array: { snakes(of: way, &$0) })
    }
  }

  private static func quantiles(
    _ name: String, _ way: ProvisioningStudy.Way, _ json: inout JSONWriter,
    _ figure: (ProvisioningStudy.Game) -> Double
  ) {
    json.field(
      name,
      object: { json in
        if let mean = StudentInterval(of: way.games.map(figure)) { write("mean", mean, &json) }
        for (key, probability) in [("p50", 0.5), ("p80", 0.8), ("p95", 0.95)] {
          guard let quantile = way.quantile(probability, of: figure) else { continue }
          write(key, quantile, &json)
        }
      })
  }

  private static func write(_ key: String, _ mean: StudentInterval, _ json: inout JSONWriter) {
    json.field(
      key,
      object: { json in
        json.field("value", mean.mean)
        json.field("low_95", mean.low)
        json.field("high_95", mean.high)
      })
  }

  private static func write(_ key: String, _ value: QuantileInterval, _ json: inout JSONWriter) {
    json.field(
      key,
      object: { json in
        json.field("value", value.value)
        // A bound that so few games do not give is null.
        json.field("low_95", value.low ?? .nan)
        json.field("high_95", value.high ?? .nan)
      })
  }

  private static func phases(of way: ProvisioningStudy.Way, _ json: inout JSONWriter) {
    let total = way.meanWorkingTime
    for (square, figures) in zip(way.board.squares, way.phases) {
      json.object { json in
        json.field("name", square.phase.name)
        json.field("title", square.phase.title)
        json.field("steps", square.phase.steps.value)
        json.field("steps_mark", square.phase.steps.provenance.mark.rawValue)
        json.field("mean_attempts", figures.attempts.mean)
        json.field("mean_hands_on_s", figures.handsOn.mean)
        json.field("mean_waiting_s", figures.waiting.mean)
        json.field("share", (figures.handsOn.mean + figures.waiting.mean) / max(total, 1e-9))
      }
    }
  }

  private static func snakes(of way: ProvisioningStudy.Way, _ json: inout JSONWriter) {
    for snake in way.board.snakes {
      let figures = way.snakes[snake.index]
      json.object { json in
        json.field("what", snake.setback.what)
        json.field("phase", way.board.squares[snake.from].phase.name)
        json.field("back_to", way.board.squares[snake.to].phase.name)
        json.field("chance", snake.setback.chance)
        json.field("mark", snake.setback.provenance.mark.rawValue)
        json.field("mean_strikes", figures.strikes.mean)
        json.field("mean_cost_s", figures.cost.mean)
      }
    }
  }

  private static func write(
    _ difference: ProvisioningStudy.Difference, _ report: ProvisioningReport,
    _ json: inout JSONWriter
  ) {
    json.object { json in
      json.field("way", difference.way)
      json.field("from", report.base.name)
      if let interval = difference.workingTime { write("mean_working_s", interval, &json) }
      if let interval = difference.medianWorkingTime {
        write("median_working_s", interval, &json)
      }
      if let interval = difference.elapsed { write("mean_elapsed_s", interval, &json) }
      json.field("share_longer", difference.shareLonger)
    }
  }
}
