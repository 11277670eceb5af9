import KubernetesObjects
public import TimeUnits
public import Traces

/// A run's metrics as rows, as a Prometheus would have them that scraped the run.
public enum SampledMetrics {
  /// Rows in the order of names and labels: of each series the value in force at every scrape, from
  /// its first step on, up to `end`.
  ///
  /// A name that ends in `_total` is a counter where none of its series ever falls; everything else
  /// is a gauge. Labels' text is as `metrics.csv` has it.
  /// - Parameter interval: between scrapes; default Prometheus's own, 15 s.
  /// - Complexity: O(series · scrapes) in time and memory.
  public static func rows(
    of store: MetricStore, until end: SimulationTime,
    every interval: Duration = ApplicationSample.ScrapeInterval.standard
  ) -> [MetricRow] {
    precondition(interval > .zero, "scrapes lie apart")
    let all = store.all
    var falling: Set<String> = []
    for (name, series) in all where !isCounting(series) { falling.insert(name.name) }
    return all.map { name, series in
      MetricRow(
        name.name,
        name.name.hasSuffix("_total") && !falling.contains(name.name) ? .counter : .gauge,
        help: "As metrics.csv has it, every \(interval.components.seconds) s.",
        labels: name.labels.pairs.map { MetricRow.Label($0.key, $0.value) },
        points: points(of: series, until: end, every: interval))
    }
  }

  private static func isCounting(_ series: GaugeSeries) -> Bool {
    var last = 0.0
    for step in series.steps {
      guard step.value >= last else { return false }
      last = step.value
    }
    return true
  }

  private static func points(
    of series: GaugeSeries, until end: SimulationTime, every interval: Duration
  ) -> [MetricRow.Point] {
    guard let first = series.steps.first else { return [] }
    var points: [MetricRow.Point] = []
    var next = 0
    var value = 0.0
    var time = SimulationTime.zero
    while time <= end {
      while next < series.steps.count, series.steps[next].time <= time {
        value = series.steps[next].value
        next += 1
      }
      if first.time <= time { points.append(.init(time, value)) }
      time = time + interval
    }
    return points
  }
}
