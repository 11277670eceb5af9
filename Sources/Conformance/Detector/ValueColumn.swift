public import Documents

/// Reads a column of numbers out of a text: a number a line with or without a heading, or the
/// column `value` of a CSV with several (in any case; the first line is the heading,
/// fields may be quoted).
///
/// A number is what Java, C, Python or Swift print for a double: `815118.0`, `1.0E300`, `-0.0`,
/// `Infinity`, `-inf`. NaN is refused, as is a number beyond the range of a double; one that is too
/// small for it is 0. Spaces around a field are left aside, as are empty lines at the end.
public struct ValueColumn {
  private let file: String
  private let sink: DiagnosticSink
  private var values: [Double] = []
  /// Lines with one mistake or more.
  private var mistakes = 0
  private var layout: Layout?

  /// Which column of how many.
  private struct Layout {
    var columns = 1
    /// Nil where no column can be told to be the one.
    var index: Int?
  }

  /// How many mistakes are told one by one.
  private static let toldMistakes = 100

  /// The numbers of a text in order. What is wrong goes to the sink with line and column: each of
  /// the first hundred mistakes, and how many more there are.
  /// - Complexity: O(*n*) in bytes.
  public static func read(
    _ text: [UInt8], file: String, sink: DiagnosticSink
  ) -> [Double] {
    var column = ValueColumn(file: file, sink: sink)
    guard String(validating: text, as: UTF8.self) != nil else {
      column.complain(0, 0, "not UTF-8 text")
      return []
    }
    text.withUnsafeBytes { column.read($0) }
    return column.values
  }

  private init(file: String, sink: DiagnosticSink) {
    self.file = file
    self.sink = sink
  }

  private mutating func read(_ text: UnsafeRawBufferPointer) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var start = text.starts(with: mark) ? mark.count : 0
    var end = text.count
    while end > start, Self.isBlank(text[end - 1]) || text[end - 1] == Self.lineEnd { end -= 1 }
    var line = 0
    while start < end {
      line += 1
      let stop = text[start..<end].firstIndex(of: Self.lineEnd) ?? end
      read(UnsafeRawBufferPointer(rebasing: text[start..<stop]), line: line)
      start = stop + 1
    }
    if mistakes > Self.toldMistakes {
      complain(0, 0, "\(mistakes - Self.toldMistakes) more lines are wrong")
    } else if values.isEmpty, mistakes == 0 {
      complain(0, 0, "there is no number in it")
    }
  }

  // MARK: Lines

  private mutating func read(_ line: UnsafeRawBufferPointer, line number: Int) {
    let fields: [Field]
    do throws(Mistake) {
      fields = try Field.split(line)
      if layout == nil, try isHeading(fields) { return }
      guard let layout else { return }
      guard fields.count == layout.columns else {
        throw Mistake(
          column: 1,
          "\(fields.count) \(fields.count == 1 ? "field" : "fields") in place of "
            + "\(layout.columns)")
      }
      if let index = layout.index { values.append(try fields[index].number()) }
    } catch {
      mistakes += 1
      if mistakes <= Self.toldMistakes {
        complain(number, error.column, error.message, error.suggestion)
      }
    }
  }

  /// Finds the column by the first line; false if that line holds a number already.
  private mutating func isHeading(_ fields: [Field]) throws(Mistake) -> Bool {
    guard fields.count > 1 else {
      layout = Layout(index: 0)
      return !fields[0].looksLikeNumber
    }
    // Later lines are counted against this one, even where its names are of no use.
    layout = Layout(columns: fields.count)
    let named = fields.indices.filter { fields[$0].text.lowercased() == "value" }
    switch named.count {
    case 1:
      layout?.index = named[0]
      return true
    case 0 where fields.allSatisfy(\.looksLikeNumber):
      throw Mistake(
        column: 1, "\(fields.count) columns without a heading",
        "give one column, or name one of them 'value' in a first line")
    case 0:
      let names = fields.map { "'\($0.text)'" }.joined(separator: ", ")
      throw Mistake(
        column: 1, "none of the \(fields.count) columns \(names) is named 'value'",
        "name the one to take 'value'")
    default:
      throw Mistake(
        column: fields[named[1]].column, "\(named.count) columns are named 'value'")
    }
  }

  private func complain(
    _ line: Int, _ column: Int, _ message: String, _ suggestion: String? = nil
  ) {
    sink.report(
      Diagnostic(
        severity: .error, file: file, line: line, column: column, path: "", message: message,
        suggestion: suggestion))
  }

  private static let lineEnd = UInt8(ascii: "\n")

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
