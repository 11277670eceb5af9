import ClusterSimulation
import Exports
import RunFiles
import Scenarios
import TimeUnits
import Traces

extension Run {
  /// What a monitoring system would have of the pipeline: the pods' metrics for Prometheus, the
  /// messages that were followed for Jaeger and for Perfetto.
  func writePipeline(
    of run: ClusterRun, _ scenario: Scenario, to folder: OutputFolder
  ) throws(OutputFolder.Failure) {
    guard !scenario.services.isEmpty else { return }
    var text = ""
    do {
      try OpenMetricsWriter(start: scenario.date).write(
        ApplicationMetrics.rows(of: run.applicationSamples), to: &text)
    } catch {
      throw OutputFolder.Failure(description: "openmetrics.txt: \(error)")
    }
    try folder.write("openmetrics.txt", text)
    var spans = ""
    OTLPWriter(start: scenario.date, identity: SpanIdentity(run: scenario.seed))
      .write(run.journeys, to: &spans)
    try folder.write("spans.otlp.json", spans)
    var events = ""
    ChromeTraceWriter(start: scenario.date).write(run.journeys, to: &events)
    try folder.write("spans.chrome.json", events)
  }

  /// All of metrics.csv as a Prometheus would have it, for `promtool tsdb create-blocks-from`.
  func writeSamples(
    of run: ClusterRun, until end: SimulationTime, _ scenario: Scenario, to folder: OutputFolder
  ) throws(OutputFolder.Failure) {
    var text = ""
    do {
      try OpenMetricsWriter(start: scenario.date).write(
        SampledMetrics.rows(of: run.observer.metrics.store, until: end), to: &text)
    } catch {
      throw OutputFolder.Failure(description: "metrics.openmetrics.txt: \(error)")
    }
    try folder.write("metrics.openmetrics.txt", text)
  }
}
