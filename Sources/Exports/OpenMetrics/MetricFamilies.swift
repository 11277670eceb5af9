import TimeUnits

/// Rows by family, checked against the rules of OpenMetrics 1.0.
struct MetricFamilies {
  struct Family {
    var name: String
    var rows: [MetricRow]
  }

  /// In the order in which they first appear; rows without points are left out, as a metric has at
  /// least one.
  private(set) var all: [Family] = []

  init(_ rows: [MetricRow]) throws(OpenMetricsError) {
    var places: [String: Int] = [:]
    for row in rows where !row.points.isEmpty {
      try Self.check(row)
      let place = places[row.family] ?? all.count
      if place == all.count {
        places[row.family] = place
        all.append(Family(name: row.family, rows: []))
      }
      all[place].rows.append(row)
    }
    for family in all { try Self.check(family) }
    try checkClashes()
  }

  private static func check(_ row: MetricRow) throws(OpenMetricsError) {
    guard isName(row.name, colons: true) else { throw .name(row.name) }
    if row.kind == .counter, row.family == row.name || row.family.isEmpty {
      throw .counterName(row.name)
    }
    if let unit = row.unit, !row.family.hasSuffix("_" + unit) { throw .unit(unit, of: row.name) }
    var names: Set<String> = []
    for label in row.labels
    where !isName(label.name, colons: false) || !names.insert(label.name).inserted {
      throw .label(label.name, in: row.name)
    }
    for (point, next) in zip(row.points, row.points.dropFirst()) where point.time >= next.time {
      throw .time(row.series)
    }
    if row.kind == .counter, !row.points.allSatisfy({ $0.value >= 0 }) {
      throw .counterValue(row.series)
    }
  }

  private static func check(_ family: Family) throws(OpenMetricsError) {
    let first = family.rows[0]
    var seen: Set<[MetricRow.Label]> = []
    for row in family.rows {
      guard row.kind == first.kind, row.unit == first.unit, row.help == first.help else {
        throw .metadata(row.name)
      }
      let labels = row.labels.sorted { $0.name < $1.name }
      guard seen.insert(labels).inserted else { throw .repeated(row.series) }
    }
  }

  // A gauge may be called foo_total, as the application's is, unless there is a counter foo.
  private func checkClashes() throws(OpenMetricsError) {
    var owners: [String: String] = [:]
    for family in all {
      let names =
        family.rows[0].kind == .counter
        ? ["", "_total", "_created"].map { family.name + $0 } : [family.name]
      for name in names {
        if let owner = owners[name] { throw .clash(owner, family.name) }
        owners[name] = family.name
      }
    }
  }

  /// Letters, digits after the first place, underscores within; a leading underscore is reserved.
  private static func isName(_ name: String, colons: Bool) -> Bool {
    var isFirst = true
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): break
      case UInt8(ascii: ":") where colons: break
      case UInt8(ascii: "0")...UInt8(ascii: "9") where !isFirst: break
      case UInt8(ascii: "_") where !isFirst: break
      default: return false
      }
      isFirst = false
    }
    return !isFirst
  }
}

extension MetricRow {
  /// `name{label="value"}`, as samples begin.
  var series: String {
    guard !labels.isEmpty else { return name }
    let pairs = labels.map { "\($0.name)=\"\(OpenMetricsWriter.escaped($0.value))\"" }
    return "\(name){\(pairs.joined(separator: ","))}"
  }
}
