import KubernetesObjects
import Statistics
public import Traces

/// What many replications of one scenario came to.
public struct ReplicationReport: Sendable {
  /// A claim, and in how many replications it held.
  public struct Claim: Sendable, Hashable {
    public var text: String
    public var held: Int
  }

  /// A figure over the replications.
  public struct Figure: Sendable, Hashable {
    public var name: MetricName
    public var mean: Double
    /// Half the width of the mean's 95 % Student interval; nil for a single replication.
    public var halfWidth: Double?
    public var p05: Double
    public var p50: Double
    public var p95: Double
  }

  public let scenario: String
  public let replications: Int
  /// In the order of the scenario.
  public let claims: [Claim]
  /// In the order of their names.
  public let figures: [Figure]

  /// - Precondition: at least one summary, all of the same scenario.
  public init(_ summaries: [RunSummary]) {
    precondition(!summaries.isEmpty, "a report needs a replication")
    scenario = summaries[0].scenario
    replications = summaries.count
    claims = summaries[0].expectations.indices.map { index in
      Claim(
        text: summaries[0].expectations[index].text,
        held: summaries.count { $0.expectations[index].passed })
    }
    // A metric that some replication never had counts as zero there: nothing of it happened.
    var values: [MetricName: [Double]] = [:]
    var names: [MetricName] = []
    for (number, summary) in summaries.enumerated() {
      for (name, value) in summary.metrics where Self.isFigure(name) {
        if values[name] == nil {
          values[name] = Array(repeating: 0, count: summaries.count)
          names.append(name)
        }
        values[name]![number] = value
      }
    }
    figures = names.sorted().map { Self.figure($0, values[$0]!) }
  }

  /// Series of single nodes differ in name from one replication to the next.
  private static func isFigure(_ name: MetricName) -> Bool { name.labels["node"] == nil }

  private static func figure(_ name: MetricName, _ values: [Double]) -> Figure {
    let sorted = values.sorted()
    func quantile(_ p: Double) -> Double {
      // Type 7 of Hyndman and Fan, as R and NumPy have it.
      let place = p * Double(sorted.count - 1)
      let low = Int(place)
      let high = min(low + 1, sorted.count - 1)
      return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
    }
    return Figure(
      name: name, mean: values.reduce(0, +) / Double(values.count),
      halfWidth: StudentInterval(of: values)?.halfWidth, p05: quantile(0.05), p50: quantile(0.5),
      p95: quantile(0.95))
  }
}
