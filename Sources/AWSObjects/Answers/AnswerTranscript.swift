public import Documents

/// Finds the JSON in a text that has a terminal's or a manual's words around it.
///
/// A document begins on a line that holds nothing but `{` or `[` and ends on the next line of the
/// same indentation that holds nothing but its closing bracket.
public struct AnswerTranscript {
  private let lines: [Substring]
  private let file: String
  private let sink: DiagnosticSink

  private init(_ text: String, file: String, sink: DiagnosticSink) {
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    self.file = file
    self.sink = sink
  }

  /// The documents of `text` in their order, each with its lines and columns in the text.
  ///
  /// A document that is cut short by a line of dots is closed where it was cut, and a warning says
  /// so. Complexity: linear in the text.
  public static func documents(
    in text: String, file: String, sink: DiagnosticSink
  ) -> [DocumentNode] {
    AnswerTranscript(text, file: file, sink: sink).documents()
  }

  private func documents() -> [DocumentNode] {
    var documents: [DocumentNode] = []
    var index = 0
    while index < lines.count {
      guard let closing = Self.closing[Self.word(lines[index])] else {
        index += 1
        continue
      }
      let indentation = Self.indentation(lines[index])
      let end =
        lines[(index + 1)...].firstIndex { line in
          Self.word(line) == closing && Self.indentation(line) == indentation
        } ?? lines.count - 1
      if let document = read(index...end) { documents.append(document) }
      index = end + 1
    }
    return documents
  }

  private static let closing = ["{": "}", "[": "]"]

  private static func word(_ line: Substring) -> String {
    String(line.filter { $0 != " " && $0 != "\t" && $0 != "\r" })
  }

  private static func indentation(_ line: Substring) -> Int {
    line.prefix { $0 == " " || $0 == "\t" }.count
  }

  private func read(_ range: ClosedRange<Int>) -> DocumentNode? {
    // Empty lines in front keep the places those of the whole text.
    let before = String(repeating: "\n", count: range.lowerBound)
    do {
      return try JSONReader.read(before + lines[range].joined(separator: "\n"))
    } catch {
      if let cut = lines[range].firstIndex(where: { Self.word($0) == "..." }),
        let document = try? JSONReader.read(before + Self.closed(lines[range.lowerBound..<cut]))
      {
        report(.warning, line: cut + 1, column: 1, "the example is cut short here")
        return document
      }
      report(.error, line: error.line, column: error.column, "not JSON: \(error.message)")
      return nil
    }
  }

  /// The lines with their last comma gone and every open bracket closed.
  private static func closed(_ lines: ArraySlice<Substring>) -> String {
    var text = lines.joined(separator: "\n")
    while let last = text.last, last.isWhitespace || last == "," { text.removeLast() }
    var open: [Character] = []
    var isInText = false
    var isEscaped = false
    for character in text {
      if isEscaped {
        isEscaped = false
      } else if isInText {
        if character == "\\" { isEscaped = true } else if character == "\"" { isInText = false }
      } else {
        switch character {
        case "\"": isInText = true
        case "{": open.append("}")
        case "[": open.append("]")
        case "}", "]": _ = open.popLast()
        default: break
        }
      }
    }
    return text + String(open.reversed())
  }

  private func report(
    _ severity: Diagnostic.Severity, line: Int, column: Int, _ message: String
  ) {
    sink.report(
      Diagnostic(
        severity: severity, file: file, line: line, column: column, path: "", message: message))
  }
}
