import Documents

/// A figure that an experiment's folder promises, where to find it, and who says so.
struct ExpectedFigure {
  /// How the values of several rows of a table become one.
  enum Statistic: String, CaseIterable {
    case mean
    case median
    case min
    case max
    /// How many rows there are, whatever their values.
    case count
  }

  /// Where a figure stands.
  enum Place {
    /// The rows of a CSV file whose cells are these; more than one need a statistic.
    case table(column: String?, rows: [(column: String, cell: String)], Statistic?)
    /// A value of a JSON file: `outlooks[0].tuned.q50`.
    case document(path: String)
  }

  var name: String
  /// Counts from the experiment's folder.
  var file: String
  var place: Place
  var expected: Double
  /// The greatest difference that still agrees.
  var tolerance: Double
  /// A published figure, another program, a formula, or this program as it was.
  var source: String
  /// Where the file gives it.
  var cursor: DocumentCursor
}

/// Reads `expected.json`.
enum ExpectedFigureReader {
  static func read(_ text: String, file: String, sink: DiagnosticSink) -> [ExpectedFigure] {
    let node: DocumentNode
    do { node = try JSONReader.read(text) } catch {
      sink.report(
        Diagnostic(
          severity: .error, file: file, line: error.line, column: error.column, path: "",
          message: error.message))
      return []
    }
    let root = DocumentCursor(node, file: file, sink: sink)
    guard root.expectMapping() else { return [] }
    let list = root.required("figures")
    root.reportUnknownFields()
    if list?.node.elements?.isEmpty == true { list?.error("there is nothing to check") }
    return list?.elements().compactMap(figure) ?? []
  }

  private static func figure(_ cursor: DocumentCursor) -> ExpectedFigure? {
    guard cursor.expectMapping() else { return nil }
    let name = cursor.required("name")?.string()
    let file = cursor.required("file")?.string()
    let expected = cursor.required("expected")?.finite()
    let source = cursor.required("source")?.string()
    let within = cursor.field("within")
    let share = cursor.field("withinShare")
    let place = place(cursor)
    cursor.reportUnknownFields()
    if within != nil, share != nil { cursor.error("give 'within' or 'withinShare', not both") }
    var tolerance: Double? = 0
    if let within { tolerance = notNegative(within) }
    if let share { tolerance = notNegative(share).map { $0 * abs(expected ?? 0) } }
    guard let name, let file, let expected, let source, let place, let tolerance else {
      return nil
    }
    return ExpectedFigure(
      name: name, file: file, place: place, expected: expected, tolerance: tolerance,
      source: source, cursor: cursor)
  }

  private static func place(_ cursor: DocumentCursor) -> ExpectedFigure.Place? {
    let path = cursor.field("path")
    let column = cursor.field("column")
    let rows = cursor.field("where")?.entries() ?? []
    let statistic = cursor.field("statistic")
    if let path {
      if column != nil || statistic != nil || !rows.isEmpty {
        cursor.error("'path' is of a JSON file, 'column', 'where' and 'statistic' are of a CSV")
      }
      return path.string().map { .document(path: $0) }
    }
    let word = statistic?.word(ExpectedFigure.Statistic.self)
    if column == nil, word != .count {
      cursor.error("give 'path' into a JSON file, or 'column' of a CSV")
      return nil
    }
    let cells = rows.map { (column: $0.key, cell: $0.value.node.scalarText ?? "") }
    return .table(column: column?.string(), rows: cells, word)
  }

  private static func notNegative(_ cursor: DocumentCursor) -> Double? {
    guard let value = cursor.finite() else { return nil }
    if value >= 0 { return value }
    cursor.error("must not be negative, is \(value)")
    return nil
  }
}
