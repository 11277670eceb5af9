/// Columns as kubectl prints them: upper-case headers, three spaces between, no trailing ones
/// (cli-runtime `pkg/printers/tabwriter.go`: minimum width 6, padding 3).
public struct TextTable: Sendable, Hashable {
  public struct Column: Sendable, Hashable {
    public var name: String
    /// Whether only `-o wide` shows it.
    public var isWide: Bool

    public init(_ name: String, isWide: Bool = false) {
      self.name = name
      self.isWide = isWide
    }
  }

  public var columns: [Column]
  /// A cell a column in each row.
  public var rows: [[String]]

  public init(columns: [Column], rows: [[String]]) {
    self.columns = columns
    self.rows = rows
  }

  /// The table with `namespaces`, one a row, before everything else, as `-A` prints it.
  public func prefixed(byNamespaces namespaces: [String]) -> TextTable {
    TextTable(
      columns: [Column("Namespace")] + columns,
      rows: zip(namespaces, rows).map { [$0] + $1 })
  }

  /// The lines for a terminal, each with its line end. Complexity: linear in the cells.
  public func text(wide: Bool = false, headers: Bool = true) -> String {
    let shown = columns.indices.filter { wide || !columns[$0].isWide }
    var lines = rows.map { row in shown.map { row[$0].isEmpty ? "<none>" : row[$0] } }
    if headers { lines.insert(shown.map { columns[$0].name.uppercased() }, at: 0) }
    let widths = shown.indices.map { index in
      max(6, (lines.map { $0[index].count }.max() ?? 0) + 3)
    }
    var text = ""
    for line in lines {
      for (index, cell) in line.enumerated() {
        text += cell
        let isLast = index == line.count - 1
        if !isLast { text += String(repeating: " ", count: widths[index] - cell.count) }
      }
      text += "\n"
    }
    return text
  }
}
