import AWSObjects
import Documents
import TimeUnits

/// The rows of a CSV file with a time and a value in each.
struct SeriesTable {
  struct Row {
    var time: CalendarTime
    var value: Double
    /// Whether the row is labeled 1; false where no label was asked for.
    var isLabeled: Bool
  }

  private(set) var rows: [Row] = []

  /// Reads the columns called so. Rows without a value are left out with a warning; times that are
  /// there twice are kept with one; a time before the one above it is an error unless `unsorted`
  /// keeps it. A label is 0 or 1.
  init?(
    _ text: String, file: String, time: String, value: String, label: String?,
    unsorted: SeriesFiles.Unsorted, sink: DiagnosticSink
  ) {
    let inner = DiagnosticSink()
    defer { SeriesFiles.forward(inner, of: file, to: sink) }
    let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    guard text.contains(where: { !$0.isWhitespace }) else {
      inner.report(Self.diagnostic(.error, file, 1, "the file is empty"))
      return nil
    }
    let columns = [time, value] + (label.map { [$0] } ?? [])
    let table = DelimitedTable(text, file: file, required: columns, sink: inner)
    guard columns.allSatisfy(table.columns.contains) else { return nil }
    var notes = Notes()
    var last: (time: CalendarTime, line: Int)?
    for source in table.rows {
      guard let text = source.required(time) else { continue }
      guard let stamp = Timestamp.read(text) else {
        source.refuse(
          time, "expected a time such as 2014-02-14 14:30:00, found \"\(text)\"")
        continue
      }
      if let last, stamp < last.time {
        if unsorted == .refuse {
          source.refuse(
            time,
            "\(text) is before the time in line \(last.line) (sort the rows, or say "
              + "'unsorted: keep' if the clock was set back)")
        }
        notes.back += 1
      } else if last?.time == stamp {
        notes.repeated += 1
      }
      last = (stamp, source.line)
      guard source.text(value) != nil else {
        notes.missing += 1
        continue
      }
      let mark = label.flatMap { source.text($0) }
      if let label, mark != "0", mark != "1" {
        source.refuse(label, "expected 0 or 1, found \(mark.map { "\"\($0)\"" } ?? "nothing")")
      }
      guard let number = source.double(value) else { continue }
      rows.append(Row(time: stamp, value: number, isLabeled: mark == "1"))
    }
    if rows.isEmpty, !inner.hasErrors {
      inner.report(Self.diagnostic(.error, file, 1, "there are no rows with values"))
    }
    for note in notes.texts(unsorted) { inner.report(Self.diagnostic(.warning, file, 0, note)) }
    if inner.hasErrors { return nil }
  }

  private static func diagnostic(
    _ severity: Diagnostic.Severity, _ file: String, _ line: Int, _ message: String
  ) -> Diagnostic {
    Diagnostic(
      severity: severity, file: file, line: line, column: line > 0 ? 1 : 0, path: "",
      message: message)
  }

  /// What is odd about a file and does not keep it from being used.
  private struct Notes {
    var repeated = 0
    var missing = 0
    var back = 0

    func texts(_ unsorted: SeriesFiles.Unsorted) -> [String] {
      var texts: [String] = []
      func say(_ count: Int, _ one: String, _ many: String) {
        if count > 0 { texts.append(count == 1 ? "1 \(one)" : "\(count) \(many)") }
      }
      say(
        repeated, "row repeats the time above it: it is kept",
        "rows repeat the time above them: they are kept")
      say(missing, "row has no value: it is left out", "rows have no value: they are left out")
      if unsorted == .keep {
        say(
          back, "time is before the one above it: the rows stay as they are",
          "times are before the one above them: the rows stay as they are")
      }
      return texts
    }
  }
}
