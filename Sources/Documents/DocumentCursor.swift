/// A place in a document while it is being read: the node, its path, and where to complain.
///
/// A reader asks for each field by name and at the end calls `reportUnknownFields()`, which names
/// every key nobody asked for. Every accessor returns nil after reporting, so that reading goes on
/// and all mistakes come out at once.
public struct DocumentCursor {
  public let node: DocumentNode
  public let path: String
  public let file: String
  public let sink: DiagnosticSink
  private let asked: AskedFields

  private final class AskedFields {
    var names: [String] = []
  }

  public init(_ node: DocumentNode, path: String = "", file: String, sink: DiagnosticSink) {
    self.node = node
    self.path = path
    self.file = file
    self.sink = sink
    self.asked = AskedFields()
  }

  // MARK: Reporting

  public func error(_ message: String, suggestion: String? = nil) {
    report(.error, message, suggestion)
  }

  public func warning(_ message: String, suggestion: String? = nil) {
    report(.warning, message, suggestion)
  }

  private func report(_ severity: Diagnostic.Severity, _ message: String, _ suggestion: String?) {
    sink.report(
      Diagnostic(
        severity: severity, file: file, line: node.line, column: node.column, path: path,
        message: message, suggestion: suggestion))
  }

  // MARK: Descending

  private func child(_ node: DocumentNode, _ step: String) -> DocumentCursor {
    DocumentCursor(node, path: path.isEmpty ? step : "\(path).\(step)", file: file, sink: sink)
  }

  /// The field `name`, nil if it is absent or null.
  public func field(_ name: String) -> DocumentCursor? {
    asked.names.append(name)
    guard let value = node[name], !value.isNull else { return nil }
    return child(value, name)
  }

  /// The field `name`; its absence is reported.
  public func required(_ name: String) -> DocumentCursor? {
    if let found = field(name) { return found }
    error("'\(name)' is missing")
    return nil
  }

  /// Declares fields that are understood elsewhere or may be there without meaning anything to us.
  public func ignore(_ names: String...) { asked.names += names }

  /// The same for a list of names.
  public func ignore(_ names: [String]) { asked.names += names }

  /// The elements of a sequence; anything else is reported and gives none.
  public func elements() -> [DocumentCursor] {
    guard let elements = node.elements else {
      error("expected a list, found \(node.kindDescription)")
      return []
    }
    return elements.enumerated().map { index, element in
      DocumentCursor(element, path: "\(path)[\(index)]", file: file, sink: sink)
    }
  }

  /// The entries of a mapping in their order; anything else is reported and gives none.
  public func entries() -> [(key: String, value: DocumentCursor)] {
    guard let entries = node.entries else {
      error("expected a mapping, found \(node.kindDescription)")
      return []
    }
    return entries.map { ($0.key, child($0.value, $0.key)) }
  }

  /// Whether the node is a mapping; reports it if not.
  public func expectMapping() -> Bool {
    if node.entries != nil { return true }
    error("expected a mapping, found \(node.kindDescription)")
    return false
  }

  /// Reports each key that no one asked for, with the nearest known one, and each key that is
  /// there twice.
  ///
  /// `strangers` is how bad a key is that resembles nothing known; nil is `severity`.
  public func reportUnknownFields(
    severity: Diagnostic.Severity = .error, strangers: Diagnostic.Severity? = nil
  ) {
    guard let entries = node.entries else { return }
    var seen: Set<String> = []
    for entry in entries {
      let place = path.isEmpty ? entry.key : "\(path).\(entry.key)"
      func say(_ severity: Diagnostic.Severity, _ message: String, _ suggestion: String?) {
        sink.report(
          Diagnostic(
            severity: severity, file: file, line: entry.keyLine, column: entry.keyColumn,
            path: place, message: message, suggestion: suggestion))
      }
      if !seen.insert(entry.key).inserted {
        say(severity, "the key '\(entry.key)' is there twice", nil)
      }
      guard !asked.names.contains(entry.key) else { continue }
      let suggestion = Spelling.suggestion(for: entry.key, among: asked.names)
      say(
        suggestion == nil ? strangers ?? severity : severity, "unknown key '\(entry.key)'",
        suggestion)
    }
  }

  // MARK: Scalars

  /// The text of a scalar; a list or mapping is reported.
  public func string() -> String? {
    if let text = node.scalarText { return text }
    error("expected text, found \(node.kindDescription)")
    return nil
  }

  public func int() -> Int64? {
    if let value = node.intValue { return value }
    error("expected a whole number, found \(node.kindDescription)")
    return nil
  }

  public func double() -> Double? {
    if let value = node.doubleValue { return value }
    error("expected a number, found \(node.kindDescription)")
    return nil
  }

  public func bool() -> Bool? {
    if let value = node.boolValue { return value }
    error("expected true or false, found \(node.kindDescription)")
    return nil
  }

  /// One of a closed set of words, by raw value; anything else is reported with the nearest.
  public func word<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> Word?
  where Word.RawValue == String {
    guard let text = string() else { return nil }
    if let word = Word(rawValue: text) { return word }
    let known = Word.allCases.map(\.rawValue)
    error(
      "unknown value '\(text)'",
      suggestion: Spelling.suggestion(for: text, among: known)
        ?? "one of " + known.joined(separator: ", "))
    return nil
  }
}
