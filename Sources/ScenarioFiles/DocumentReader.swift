public import Documents

/// Reads a text as JSON or YAML, whichever it is.
public enum DocumentReader {
  /// The documents of a text; mistakes go to `sink`.
  ///
  /// A text that begins with a bracket is tried as JSON first: large dumps are read several times
  /// faster that way. YAML's flow style begins alike and is tried next.
  public static func read(_ text: String, file: String, sink: DiagnosticSink) -> [DocumentNode] {
    let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    let first = text.utf8.first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
    guard let first else { return [] }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return YAMLReader.read(text, file: file, sink: sink)
    }
    if let line = NestingGuard.lineTooDeep(text) {
      sink.report(
        Diagnostic(
          severity: .error, file: file, line: line, column: 1, path: "",
          message: "nested more than \(NestingGuard.limit) levels deep"))
      return []
    }
    do {
      return [try JSONReader.read(text)]
    } catch {
      guard file.hasSuffix(".json") else {
        return YAMLReader.read(text, file: file, sink: sink)
      }
      sink.report(
        Diagnostic(
          severity: .error, file: file, line: error.line, column: error.column, path: "",
          message: "not JSON: \(error.message) at byte \(error.byte)"))
      return []
    }
  }
}
