import Exports
import Testing
import TimeUnits
import Traces

@Suite struct ApplicationMetricsTests {
  private let samples: [ApplicationSample] = [
    .init(
      time: .seconds(5), pod: "producer-0", instance: "10.0.1.4:1234", counts: .init(producer: 9)),
    .init(time: .seconds(5), pod: "consumer-0", instance: "10.0.1.7:1235", anomalies: 0),
    .init(
      time: .seconds(10), pod: "producer-0", instance: "10.0.1.4:1234", counts: .init(producer: 20)),
    .init(
      time: .seconds(10), pod: "consumer-0", instance: "10.0.1.7:1235",
      counts: .init(consumer: 8, detector: 6, detectorRun: 4, detectorNotRun: 2), anomalies: 1,
      lastRecords: 51, lastDetectorMilliseconds: 12, lastEndToEndSeconds: 0.25),
  ]

  private func text() throws -> String {
    var text = ""
    try OpenMetricsWriter(start: CalendarTime(rfc3339: "2018-10-15T08:00:00Z")!)
      .write(ApplicationMetrics.rows(of: samples), to: &text)
    return text
  }

  @Test("two pods and two scrapes, to the byte, by the application's names")
  func golden() throws {
    let producer = #"instance="10.0.1.4:1234",pod="producer-0""#
    let consumer = #"instance="10.0.1.7:1235",pod="consumer-0""#
    let duration = "AnomaliaMachina_duration_seconds"
    #expect(
      try text() == """
        # TYPE AnomaliaMachina_requests counter
        # HELP AnomaliaMachina_requests Requests since the pod's start, by stage.
        AnomaliaMachina_requests_total{\(producer),stage="producer"} 9 1539590405
        AnomaliaMachina_requests_total{\(producer),stage="producer"} 20 1539590410
        AnomaliaMachina_requests_total{\(consumer),stage="consumer"} 8 1539590410
        AnomaliaMachina_requests_total{\(consumer),stage="detector"} 6 1539590410
        AnomaliaMachina_requests_total{\(consumer),stage="detector_Run"} 4 1539590410
        AnomaliaMachina_requests_total{\(consumer),stage="detector_notRun"} 2 1539590410
        # TYPE AnomaliaMachina_anomalies counter
        # HELP AnomaliaMachina_anomalies Anomalies since the pod's start.
        AnomaliaMachina_anomalies_total{\(consumer)} 0 1539590405
        AnomaliaMachina_anomalies_total{\(consumer)} 1 1539590410
        # TYPE AnomaliaMachina_records_total gauge
        # HELP AnomaliaMachina_records_total Values in the last check; no counter.
        AnomaliaMachina_records_total{\(consumer),stage="detector"} 51 1539590410
        # TYPE \(duration) gauge
        # HELP \(duration) Last duration only: detector in milliseconds since the poll, \
        endToEnd in seconds since the record's timestamp.
        \(duration){\(consumer),stage="detector"} 12 1539590410
        \(duration){\(consumer),stage="endToEnd"} 0.25 1539590410
        # EOF

        """)
  }

  @Test("a pod that comes again under its name at another address is another series")
  func addresses() {
    let again = ApplicationSample(
      time: .seconds(5), pod: "consumer-0", instance: "10.0.1.9:1235", anomalies: 0)
    let rows = ApplicationMetrics.rows(of: samples + [again])
      .filter { $0.name == "AnomaliaMachina_anomalies_total" && !$0.points.isEmpty }
    #expect(rows.map(\.points.count) == [2, 1])
  }
}
