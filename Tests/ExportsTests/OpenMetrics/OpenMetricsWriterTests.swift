import Exports
import Testing
import TimeUnits

@Suite struct OpenMetricsWriterTests {
  private static let start = CalendarTime(rfc3339: "2018-10-15T08:00:00Z")!

  private func text(_ rows: [MetricRow]) throws -> String {
    var text = ""
    try OpenMetricsWriter(start: Self.start).write(rows, to: &text)
    return text
  }

  private func points(_ values: Double...) -> [MetricRow.Point] {
    values.enumerated().map { .init(.seconds(Int64($0.offset) * 15), $0.element) }
  }

  @Test("rows of a family stand together, whatever the order they come in")
  func families() throws {
    let text = try text([
      .consumerGroupLag(
        group: "AnomaliaConsumer", topic: "anomaliaTest", partition: 0, points: points(0, 12)),
      .seatrial(
        "broker_busy_ratio", unit: "ratio", help: "Share of a broker's time.",
        labels: [.init("broker", "1")], points: points(0.25)),
      .consumerGroupLag(
        group: "AnomaliaConsumer", topic: "anomaliaTest", partition: 1, points: points(3)),
      .consumerGroupLag(
        group: "AnomaliaConsumer", topic: "anomaliaTest", partition: nil, points: points(3)),
    ])
    let group = #"consumergroup="AnomaliaConsumer",topic="anomaliaTest""#
    #expect(
      text == """
        # TYPE kafka_consumergroup_lag gauge
        # HELP kafka_consumergroup_lag Messages a group is behind in a partition.
        kafka_consumergroup_lag{\(group),partition="0"} 0 1539590400
        kafka_consumergroup_lag{\(group),partition="0"} 12 1539590415
        kafka_consumergroup_lag{\(group),partition="1"} 3 1539590400
        # TYPE seatrial_broker_busy_ratio gauge
        # UNIT seatrial_broker_busy_ratio ratio
        # HELP seatrial_broker_busy_ratio Share of a broker's time.
        seatrial_broker_busy_ratio{broker="1"} 0.25 1539590400
        # TYPE kafka_consumergroup_lag_sum gauge
        # HELP kafka_consumergroup_lag_sum Messages a group is behind in a topic.
        kafka_consumergroup_lag_sum{\(group)} 3 1539590400
        # EOF

        """)
  }

  @Test("a counter's family is its name without _total")
  func counter() throws {
    let text = try text([
      .seatrial("reads_total", .counter, help: "Reads.", points: points(0, 7, 7))
    ])
    #expect(
      text == """
        # TYPE seatrial_reads counter
        # HELP seatrial_reads Reads.
        seatrial_reads_total 0 1539590400
        seatrial_reads_total 7 1539590415
        seatrial_reads_total 7 1539590430
        # EOF

        """)
  }

  @Test("quotes, backslashes and line feeds are escaped")
  func escapes() throws {
    let text = try text([
      MetricRow(
        "a", .unknown, help: "one\ntwo \"three\" \\", labels: [.init("b", "\"c\\d\ne")],
        points: points(1))
    ])
    #expect(text.contains(#"# HELP a one\ntwo \"three\" \\"# + "\n"))
    #expect(text.contains(#"a{b="\"c\\d\ne"} 1 1539590400"# + "\n"))
  }

  @Test("times keep their nanoseconds, and numbers have OpenMetrics's spellings")
  func numbers() throws {
    let instants: [Int64] = [1, 1_500_000_000, 2_000_000_000, 3_000_000_000]
    let values = [Double.nan, .infinity, -.infinity, 0.1]
    let text = try text([
      MetricRow(
        "a", .gauge, help: "A.",
        points: zip(instants, values).map { .init(SimulationTime(nanoseconds: $0), $1) })
    ])
    #expect(
      text.split(separator: "\n").dropFirst(2) == [
        "a NaN 1539590400.000000001", "a +Inf 1539590401.5", "a -Inf 1539590402",
        "a 0.1 1539590403", "# EOF",
      ])
  }

  @Test("rows without points leave no trace")
  func empty() throws {
    #expect(try text([]) == "# EOF\n")
    #expect(try text([MetricRow("a", .gauge, help: "A.")]) == "# EOF\n")
  }

  @Test("what the form has no place for is refused, and nothing is written")
  func refusals() {
    let one = points(1)
    let a = MetricRow("a", .gauge, help: "A.", labels: [.init("x", "1")], points: one)
    var other = a
    other.kind = .unknown
    var twice = a
    twice.labels = [.init("x", "1"), .init("x", "2")]
    let cases: [([MetricRow], OpenMetricsError)] = [
      ([MetricRow("1a", .gauge, help: "", points: one)], .name("1a")),
      ([MetricRow("_a", .gauge, help: "", points: one)], .name("_a")),
      ([MetricRow("", .gauge, help: "", points: one)], .name("")),
      ([MetricRow("a", .counter, help: "", points: one)], .counterName("a")),
      ([twice], .label("x", in: "a")),
      ([a, other], .metadata("a")),
      ([a, a], .repeated(#"a{x="1"}"#)),
      (
        [MetricRow("a_bytes", .gauge, unit: "seconds", help: "", points: one)],
        .unit("seconds", of: "a_bytes")
      ),
      ([MetricRow("a", .gauge, help: "", points: one + one)], .time("a")),
      ([MetricRow("a_total", .counter, help: "", points: points(-1))], .counterValue("a_total")),
      ([MetricRow("a_total", .counter, help: "", points: points(.nan))], .counterValue("a_total")),
      (
        [
          MetricRow("a_total", .counter, help: "", points: one),
          MetricRow("a_created", .gauge, help: "", points: one),
        ], .clash("a", "a_created")
      ),
    ]
    for (rows, expected) in cases {
      var text = ""
      #expect(throws: expected) {
        try OpenMetricsWriter(start: Self.start).write(rows, to: &text)
      }
      #expect(text.isEmpty)
    }
  }

  @Test("labels in another order are the same labels")
  func order() {
    let labels = [MetricRow.Label("x", "1"), MetricRow.Label("y", "2")]
    #expect(throws: OpenMetricsError.repeated(#"a{y="2",x="1"}"#)) {
      try text([
        MetricRow("a", .gauge, help: "", labels: labels, points: points(1)),
        MetricRow("a", .gauge, help: "", labels: labels.reversed(), points: points(1)),
      ])
    }
  }
}
