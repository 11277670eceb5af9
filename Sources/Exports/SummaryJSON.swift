import Documents
import TimeUnits
public import Traces

/// `summary.json`: one run as one JSON document, in the documented shape.
public enum SummaryJSON {
  public static func text(_ summary: RunSummary) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("scenario", summary.scenario)
      json.key("seed")
      json.number(summary.seed)
      json.field("version", summary.version)
      json.field("era", summary.era)
      json.field("digest", summary.digest)
      json.field("simulated_s", summary.simulated.secondsValue)
      json.field("wall_s", (summary.wallSeconds * 1000).rounded() / 1000)
      json.field("events", summary.events)
      json.field("cost_usd", (summary.costUSD * 1e6).rounded() / 1e6)
      json.field(
        "metrics",
        object: { json in
          for (name, value) in summary.metrics { json.field(name.description, value) }
        })
      json.field(
        "expectations",
        array: { json in
          for expectation in summary.expectations {
            json.object { json in
              json.field("text", expectation.text)
              json.field("passed", expectation.passed)
              json.field("actual", expectation.actual)
            }
          }
        })
      json.field(
        "moments",
        array: { json in
          for moment in summary.story.moments {
            json.object { json in
              json.field("t_s", moment.time.secondsValue)
              json.field("what", moment.what)
              json.field("why", moment.why)
            }
          }
        })
      json.field("warnings", array: { json in summary.warnings.forEach { json.string($0) } })
    }
    return json.text
  }
}
