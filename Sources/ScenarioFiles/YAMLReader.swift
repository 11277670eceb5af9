public import Documents
import Yams

/// Reads YAML 1.1 (and JSON, which it mostly contains) into located nodes.
///
/// Anchors are resolved and merge keys (`<<`) merged; a key that is there twice, a template or
/// anything that is no YAML is reported with its line and column.
public enum YAMLReader {
  /// The documents of a text, in order; after an error none. Complexity: linear in the text, plus
  /// what aliases repeat, which is bounded.
  public static func read(_ text: String, file: String, sink: DiagnosticSink) -> [DocumentNode] {
    if let line = NestingGuard.lineTooDeep(text) {
      report(sink, file, line, 1, "nested more than \(NestingGuard.limit) levels deep")
      return []
    }
    var conversion = NodeConversion(budget: text.utf8.count * 2 + 200_000)
    var documents: [DocumentNode] = []
    do {
      var sequence = try Yams.compose_all(yaml: text)
      while let node = sequence.next() { documents.append(conversion.convert(node)) }
      if let error = sequence.error { throw error }
    } catch {
      if let template = TemplateDetector.firstAction(in: text) {
        report(sink, file, template.line, template.column, template.message, template.hint)
      } else {
        let place = Self.place(of: error, in: text)
        report(sink, file, place.line, place.column, place.message, place.hint)
      }
      return []
    }
    if let template = conversion.template {
      report(sink, file, template.line, template.column, template.message, template.hint)
      return []
    }
    if conversion.isExhausted {
      report(sink, file, 1, 1, "its aliases repeat too much: more than the file could hold")
      return []
    }
    if let key = conversion.complexKey {
      report(sink, file, key.line, key.column, "a key must be text, not a list or mapping")
      return []
    }
    return documents
  }

  private static func report(
    _ sink: DiagnosticSink, _ file: String, _ line: Int, _ column: Int, _ message: String,
    _ hint: String? = nil
  ) {
    sink.report(
      Diagnostic(
        severity: .error, file: file, line: line, column: column, path: "", message: message,
        suggestion: hint))
  }

  private struct ErrorPlace {
    var line: Int
    var column: Int
    var message: String
    var hint: String?
  }

  /// Where a parser error stands, and what it says.
  private static func place(of error: any Error, in text: String) -> ErrorPlace {
    guard let error = error as? YamlError else {
      return ErrorPlace(line: 1, column: 1, message: "\(error)")
    }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let about = context.map { "\($0.text.trimmed): " } ?? ""
      return ErrorPlace(
        line: mark.line, column: mark.column, message: "not YAML: \(about)\(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      return repeated(keys, from: context.mark, in: text)
    case .reader(let problem, let offset, _, _):
      let before = text.utf8.prefix(offset ?? 0)
      let line = before.count { $0 == 0x0A } + 1
      return ErrorPlace(line: line, column: 1, message: "not YAML: \(problem)")
    default: return ErrorPlace(line: 1, column: 1, message: "not YAML")
    }
  }

  /// The first line that repeats one of the keys of a mapping. The parser tells only where one of
  /// them stood first, so the lines after it are searched at its indentation.
  private static func repeated(_ keys: [String], from mark: Mark, in text: String) -> ErrorPlace {
    let hint =
      mark.column == 1 && keys.contains("kind") ? "is '---' missing between two objects?" : nil
    let indent = String(repeating: " ", count: mark.column - 1)
    var seen: Set<String> = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // Keys before the one the parser names are found by starting at the top for whole documents.
    let start = mark.column == 1 ? 0 : mark.line - 1
    for (index, line) in lines.enumerated().dropFirst(start) {
      if line.hasPrefix("---") { seen.removeAll() }
      guard line.hasPrefix(indent),
        let key = keys.first(where: { key in
          line.dropFirst(indent.utf8.count).hasPrefix(key + ":")
        })
      else { continue }
      if !seen.insert(key).inserted {
        return ErrorPlace(
          line: index + 1, column: mark.column, message: "the key '\(key)' is there twice",
          hint: hint)
      }
    }
    let names = keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
    return ErrorPlace(
      line: mark.line, column: mark.column, message: "the key \(names) is there twice", hint: hint)
  }
}

extension String {
  fileprivate var trimmed: Substring {
    self[...].drop { $0 == " " }.prefix { $0 != "\n" }
  }
}
