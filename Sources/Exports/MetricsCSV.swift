import TimeUnits
public import Traces

/// `metrics.csv`: every step of every metric, in the order of metric and time.
public enum MetricsCSV {
  public static func text(_ store: MetricStore) -> String {
    var lines = ["t_s,metric,labels,value"]
    for (name, series) in store.all {
      let labels = quoted(name.labelText)
      for step in series.steps {
        lines.append(
          "\(number(step.time.secondsValue)),\(name.name),\(labels),\(number(step.value))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }

  // RFC 4180: a field with commas or quotes stands in quotes, a quote inside is doubled.
  private static func quoted(_ text: String) -> String {
    guard text.contains(",") || text.contains("\"") else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
