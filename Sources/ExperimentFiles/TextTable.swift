/// A table for a terminal: the first columns to the left, numbers to the right.
struct TextTable {
  private var rows: [[String]]
  private let leading: Int

  /// A table with its heads, of which the first `leading` stand to the left.
  init(_ heads: [String], leading: Int) {
    rows = [heads]
    self.leading = leading
  }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// The rows, one a line.
  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - cell.count)
        let gap = column == 0 ? "" : "  "
        line += gap + (column < leading ? cell + space : space + cell)
      }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
