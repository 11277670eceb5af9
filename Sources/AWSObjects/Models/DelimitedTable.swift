public import Documents

/// Comma-separated values (RFC 4180) with the place of every cell, for our own tables.
///
/// A field in double quotes may hold commas, doubled quotes and line ends. Lines that begin with
/// `#` are comments.
public struct DelimitedTable {
  /// One line, cell by cell; an empty cell counts as absent.
  public struct Row {
    public let line: Int
    fileprivate let cells: [Cell]
    fileprivate let columns: [String]
    let file: String
    let sink: DiagnosticSink
  }

  struct Cell {
    var text: String
    var column: Int
  }

  public let columns: [String]
  public let rows: [Row]

  /// Reads `text`; the first line names the columns.
  ///
  /// A row with more or fewer cells than there are columns is reported and left out. A column that
  /// is in `required` but not in the table is reported once. Complexity: linear in the text.
  public init(_ text: String, file: String, required: [String], sink: DiagnosticSink) {
    var reader = Reader(text)
    let header = reader.nextRecord()?.cells ?? []
    let columns = header.map(\.text)
    self.columns = columns
    func report(_ line: Int, _ column: Int, _ message: String, _ suggestion: String? = nil) {
      sink.report(
        Diagnostic(
          severity: .error, file: file, line: line, column: column, path: "", message: message,
          suggestion: suggestion))
    }
    for name in required where !columns.contains(name) {
      report(1, 1, "column '\(name)' is missing", Spelling.suggestion(for: name, among: columns))
    }
    var rows: [Row] = []
    while let record = reader.nextRecord() {
      guard record.cells.count == columns.count else {
        report(
          record.line, 1, "\(record.cells.count) cells where there are \(columns.count) columns")
        continue
      }
      rows.append(
        Row(line: record.line, cells: record.cells, columns: columns, file: file, sink: sink))
    }
    self.rows = rows
  }

  private struct Reader {
    let bytes: [UInt8]
    var position = 0
    var line = 1
    var lineStart = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func nextRecord() -> (line: Int, cells: [Cell])? {
      while position < bytes.count {
        if bytes[position] == UInt8(ascii: "#") {
          while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        }
        guard position < bytes.count else { return nil }
        if bytes[position] == 0x0D { position += 1 }
        guard position < bytes.count, bytes[position] == 0x0A else { break }
        endLine()
      }
      guard position < bytes.count else { return nil }
      let first = line
      var cells: [Cell] = []
      while true {
        cells.append(nextCell())
        guard position < bytes.count else { return (first, cells) }
        let separator = bytes[position]
        if separator == UInt8(ascii: ",") {
          position += 1
          continue
        }
        endLine()
        return (first, cells)
      }
    }

    private mutating func endLine() {
      position += 1
      line += 1
      lineStart = position
    }

    private mutating func nextCell() -> Cell {
      let column = position - lineStart + 1
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != 0x0A
        {
          position += 1
        }
        var end = position
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return Cell(text: String(decoding: bytes[start..<end], as: UTF8.self), column: column)
      }
      position += 1
      var text: [UInt8] = []
      while position < bytes.count {
        let byte = bytes[position]
        position += 1
        if byte == UInt8(ascii: "\"") {
          guard position < bytes.count, bytes[position] == byte else { break }
          position += 1
        } else if byte == 0x0A {
          line += 1
          lineStart = position
        }
        text.append(byte)
      }
      if position < bytes.count, bytes[position] == 0x0D { position += 1 }
      return Cell(text: String(decoding: text, as: UTF8.self), column: column)
    }
  }
}

extension DelimitedTable.Row {
  private func cell(_ column: String) -> DelimitedTable.Cell? {
    guard let index = columns.firstIndex(of: column), !cells[index].text.isEmpty else { return nil }
    return cells[index]
  }

  private func report(_ column: String, _ message: String, _ suggestion: String? = nil) {
    let place = cell(column)?.column ?? 1
    sink.report(
      Diagnostic(
        severity: .error, file: file, line: line, column: place, path: column, message: message,
        suggestion: suggestion))
  }

  /// The text of a cell, nil if it is empty.
  public func text(_ column: String) -> String? { cell(column)?.text }

  /// The text of a cell that must not be empty.
  public func required(_ column: String) -> String? {
    if let text = text(column) { return text }
    report(column, "'\(column)' is missing")
    return nil
  }

  /// A number; anything else is reported.
  public func double(_ column: String) -> Double? {
    guard let text = text(column) else { return nil }
    if let value = Double(text), value.isFinite { return value }
    report(column, "expected a number, found \"\(text)\"")
    return nil
  }

  /// A whole number; anything else is reported.
  public func int(_ column: String) -> Int64? {
    guard let text = text(column) else { return nil }
    if let value = Int64(text) { return value }
    report(column, "expected a whole number, found \"\(text)\"")
    return nil
  }

  /// `true` or `false`; anything else is reported.
  public func bool(_ column: String) -> Bool? {
    guard let text = text(column) else { return nil }
    if let value = Bool(text) { return value }
    report(column, "expected true or false, found \"\(text)\"")
    return nil
  }

  /// One of a closed set of words; anything else is reported with the nearest.
  public func word<Word: RawRepresentable & CaseIterable>(
    _ column: String, _: Word.Type
  ) -> Word? where Word.RawValue == String {
    guard let text = text(column) else { return nil }
    if let word = Word(rawValue: text) { return word }
    let known = Word.allCases.map(\.rawValue)
    report(
      column, "unknown value '\(text)'",
      Spelling.suggestion(for: text, among: known) ?? "one of " + known.joined(separator: ", "))
    return nil
  }

  /// Reports that a cell holds something that cannot be.
  public func refuse(_ column: String, _ message: String) { report(column, message) }
}
