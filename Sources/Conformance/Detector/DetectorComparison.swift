import AnomalyDetector

/// A recorded table of the detector, held against ours row by row.
struct DetectorComparison {
  /// The recorded fields of each row.
  private let rows: [[Substring]]
  private let columns: [Substring]

  init(table: String) {
    let lines = table.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    columns = lines.first ?? []
    rows = Array(lines.dropFirst())
  }

  /// What differs first, with its row (counted from 1) and column; nil if nothing does.
  func difference(of detector: PublishedCUSUM) -> String? {
    guard columns.map(String.init) == DetectorRow.columns else {
      return "its columns are \(columns.joined(separator: ","))"
    }
    guard !rows.isEmpty else { return "it has no rows" }
    var values: [Double] = []
    for (index, row) in rows.enumerated() {
      guard row.count == columns.count, let value = Double(row[0]) else {
        return "row \(index + 1) cannot be read"
      }
      values.append(value)
    }
    var first: String?
    var index = 0
    DetectorReplay(.published(detector)).forEachRow(of: values) { ours in
      if first == nil { first = difference(rows[index], ours, number: index + 1) }
      index += 1
    }
    return first
  }

  private func difference(_ recorded: [Substring], _ ours: DetectorRow, number: Int) -> String? {
    for (column, value) in ours.numbers.enumerated() where !isSame(recorded[column], value) {
      return text(number, column, recorded[column], JavaNumber.text(value))
    }
    for (offset, fact) in ours.facts.enumerated() {
      let column = ours.numbers.count + offset
      if recorded[column] != (fact ? "true" : "false") {
        return text(number, column, recorded[column], "\(fact)")
      }
    }
    return nil
  }

  /// Zeros differ by sign; a text cannot tell one NaN from another.
  private func isSame(_ recorded: Substring, _ value: Double) -> Bool {
    guard let number = Double(recorded) else { return false }
    return number.isNaN ? value.isNaN : number.bitPattern == value.bitPattern
  }

  private func text(
    _ row: Int, _ column: Int, _ recorded: Substring, _ ours: String
  ) -> String {
    "row \(row): \(columns[column]): recorded \(recorded), ours \(ours)"
  }
}
