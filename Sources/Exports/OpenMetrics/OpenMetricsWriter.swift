public import TimeUnits

/// Metrics over time in OpenMetrics 1.0's text form, every sample with its calendar time.
///
/// For `promtool tsdb create-blocks-from openmetrics`, which fills a Prometheus with the past.
public struct OpenMetricsWriter: Sendable {
  /// The calendar time of the run's start.
  public var start: CalendarTime

  /// A writer for a run that starts at `start`.
  public init(start: CalendarTime) { self.start = start }

  /// Writes the rows by family, families in the order in which they first appear, and the end mark.
  ///
  /// Rows are checked first: an error leaves the sink as it was.
  /// - Throws: `OpenMetricsError` for rows the form has no place for.
  /// - Complexity: O(*n*) in the points.
  public func write(
    _ rows: [MetricRow], to sink: inout some TextOutputStream
  ) throws(OpenMetricsError) {
    let families = try MetricFamilies(rows)
    var text = TextChunks()
    for family in families.all {
      let first = family.rows[0]
      text.write("# TYPE \(family.name) \(first.kind.rawValue)\n", to: &sink)
      if let unit = first.unit { text.write("# UNIT \(family.name) \(unit)\n", to: &sink) }
      text.write("# HELP \(family.name) \(Self.escaped(first.help))\n", to: &sink)
      for row in family.rows {
        let series = row.series
        for point in row.points {
          let value = Self.number(point.value)
          text.write("\(series) \(value) \(unixSeconds(point.time))\n", to: &sink)
        }
      }
    }
    text.write("# EOF\n", to: &sink)
    text.flush(to: &sink)
  }

  // Whole digits, for a Double has too few for nanoseconds of our time.
  private func unixSeconds(_ time: SimulationTime) -> String {
    let billion: Int64 = 1_000_000_000
    let total = start.unixSeconds * billion + time.nanoseconds
    let (seconds, rest) = total.quotientAndRemainder(dividingBy: billion)
    guard rest != 0 else { return String(seconds) }
    var digits = String(rest.magnitude)
    digits = String(repeating: "0", count: 9 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(total < 0 && seconds == 0 ? "-" : "")\(seconds).\(digits)"
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }

  /// Help and label values: backslash, quote and line feed escaped.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x22 || $0 == 0x0A }) else { return text }
    return text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n")
  }
}
