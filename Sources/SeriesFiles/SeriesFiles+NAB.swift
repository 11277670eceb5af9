public import Documents
import TimeUnits

/// The windows of the Numenta Anomaly Benchmark, by the path of their series.
///
/// Source: numenta/NAB ea702d7, `labels/combined_windows.json`: an object of lists of [start, end],
/// both included.
public struct NABWindows: Sendable {
  struct Span {
    var start: CalendarTime
    var end: CalendarTime
    var node: DocumentNode
  }

  let file: String
  private(set) var spans: [(key: String, spans: [Span])] = []

  /// Reads the file of windows; nil after saying what is wrong.
  public init?(_ text: String, file: String, sink: DiagnosticSink) {
    self.file = file
    let inner = DiagnosticSink()
    defer { SeriesFiles.forward(inner, of: file, to: sink) }
    guard let root = SeriesFiles.json(text, file: file, sink: inner),
      root.expectMapping()
    else { return nil }
    for entry in root.entries() {
      let spans = entry.value.elements().compactMap(Self.span)
      self.spans.append((entry.key, spans))
    }
    if inner.hasErrors { return nil }
  }

  private static func span(_ cursor: DocumentCursor) -> Span? {
    let ends = cursor.elements()
    guard ends.count == 2 else {
      if cursor.node.elements != nil { cursor.error("a window has a start and an end") }
      return nil
    }
    let times = ends.map { end -> CalendarTime? in
      guard let text = end.string() else { return nil }
      if let time = Timestamp.read(text) { return time }
      end.error("expected a time such as 2014-02-26 13:45:00, found \"\(text)\"")
      return nil
    }
    guard let start = times[0], let end = times[1] else { return nil }
    guard start <= end else {
      cursor.error("the window ends before it starts")
      return nil
    }
    return Span(start: start, end: end, node: cursor.node)
  }

  /// The key that a series' path ends with; nil if there is none.
  func key(of path: String) -> String? {
    spans.first { path == $0.key || path.hasSuffix("/" + $0.key) }?.key
  }
}

extension SeriesFiles {
  /// Reads a series of the Numenta Anomaly Benchmark: `timestamp,value`.
  ///
  /// Its windows are those under the end of its path; a series that has no entry there is an error,
  /// an empty list says that nothing is wrong in it. A window reaches back before the labeled
  /// point, so its beginning is no onset.
  public static func nab(
    _ text: String, file: String, windows: NABWindows, unsorted: Unsorted = .refuse,
    sink: DiagnosticSink
  ) -> LabeledSeries? {
    let table = SeriesTable(
      text, file: file, time: "timestamp", value: "value", label: nil, unsorted: unsorted,
      sink: sink)
    guard let key = windows.key(of: file) else {
      let known = windows.spans.map(\.key)
      let tail = file.split(separator: "/").suffix(2).joined(separator: "/")
      sink.report(
        Diagnostic(
          severity: .error, file: file, line: 0, column: 0, path: "",
          message: "\(windows.file) has no windows for '\(tail)'",
          suggestion: Spelling.suggestion(for: tail, among: known)))
      return nil
    }
    guard let table else { return nil }
    let times = table.rows.map(\.time)
    var ranges: [Range<Int>] = []
    for span in windows.spans.first(where: { $0.key == key })?.spans ?? [] {
      let inside = times.indices.filter { times[$0] >= span.start && times[$0] <= span.end }
      guard let first = inside.first, let last = inside.last else {
        sink.report(
          Diagnostic(
            severity: .error, file: windows.file, line: span.node.line, column: span.node.column,
            path: key, message: "no value of the series lies in this window"))
        continue
      }
      ranges.append(first..<(last + 1))
    }
    return LabeledSeries(
      name: key, values: table.rows.map(\.value), times: times, windows: ranges, hasOnsets: false)
  }

  /// The root of a JSON text; nil after saying why it is none.
  static func json(_ text: String, file: String, sink: DiagnosticSink) -> DocumentCursor? {
    func report(_ line: Int, _ column: Int, _ message: String) {
      sink.report(
        Diagnostic(
          severity: .error, file: file, line: line, column: column, path: "", message: message))
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      report(1, 1, "the file is empty")
      return nil
    }
    do throws(JSONReader.SyntaxError) {
      return DocumentCursor(try JSONReader.read(text), file: file, sink: sink)
    } catch {
      report(error.line, error.column, "not JSON: \(error.message)")
      return nil
    }
  }
}
