import Exports
import KubernetesObjects
import Testing
import TimeUnits
import Traces

@Suite struct SampledMetricsTests {
  private static let start = CalendarTime(rfc3339: "2018-10-15T08:00:00Z")!

  private func time(_ seconds: Double) -> SimulationTime {
    .zero + .milliseconds(Int64(seconds * 1_000))
  }

  private func text(_ store: MetricStore, until end: Double) throws -> String {
    var text = ""
    try OpenMetricsWriter(start: Self.start).write(
      SampledMetrics.rows(of: store, until: time(end)), to: &text)
    return text
  }

  @Test("a series has the value in force at each scrape, from its first step to the end")
  func scrapes() throws {
    var store = MetricStore()
    let name = MetricName("seatrial_nodes", ["state": "ready"])
    for (seconds, value) in [(14.2, 1.0), (16, 5), (29, 2), (30, 3)] {
      store.set(value, name, at: time(seconds))
    }
    let samples = try text(store, until: 47).split(separator: "\n").filter { $0.first != "#" }
    #expect(
      samples == [
        "seatrial_nodes{state=\"ready\"} 1 1539590415",
        "seatrial_nodes{state=\"ready\"} 3 1539590430",
        "seatrial_nodes{state=\"ready\"} 3 1539590445",
      ])
  }

  @Test("a name in _total is a counter only where it never falls")
  func kinds() throws {
    var store = MetricStore()
    for (name, last) in [("up_total", 2.0), ("down_total", 0.5)] {
      store.set(1, MetricName(name), at: time(0))
      store.set(last, MetricName(name), at: time(10))
    }
    let text = try text(store, until: 15)
    #expect(text.contains("# TYPE up counter\n"))
    #expect(text.contains("up_total 2 1539590415\n"))
    #expect(text.contains("# TYPE down_total gauge\n"))
  }
}
