import Documents

/// Labeled series in the forms in which they are published.
///
/// Every reader says all that is wrong with a file at once, by line and column, and gives nil then.
public enum SeriesFiles {
  /// What is done with a time before the one above it.
  public enum Unsorted: String, Sendable, CaseIterable {
    /// It is an error.
    case refuse
    /// Rows stay in the file's order, with a warning: for files whose clock was set back.
    case keep
  }

  /// Mistakes of one file that are told one by one; of the rest only how many there are.
  static let toldInFull = 20

  /// Hands on what a file's reader said, the first mistakes in full.
  static func forward(_ inner: DiagnosticSink, of file: String, to sink: DiagnosticSink) {
    let said = inner.sorted
    for diagnostic in said.prefix(toldInFull) { sink.report(diagnostic) }
    let rest = said.dropFirst(toldInFull)
    guard !rest.isEmpty else { return }
    sink.report(
      Diagnostic(
        severity: rest.contains { $0.severity == .error } ? .error : .warning, file: file, line: 0,
        column: 0, path: "", message: "\(rest.count) more of the same file"))
  }
}
