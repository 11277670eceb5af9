/// Something wrong, or worth knowing, about an input file: the fact, where, and what to do.
public struct Diagnostic: Sendable, Hashable {
  public enum Severity: String, Sendable, Comparable {
    case error, warning

    public static func < (a: Severity, b: Severity) -> Bool { a == .error && b == .warning }
  }

  public var severity: Severity
  public var file: String
  /// Counted from 1; 0 where the file as a whole is meant.
  public var line: Int
  /// Counted from 1; 0 where the file as a whole is meant.
  public var column: Int
  /// The value's path in its document, such as `spec.cloud.nodeGroups[0].min`.
  public var path: String
  public var message: String
  /// What would be right, such as `did you mean 'desired'?`.
  public var suggestion: String?

  public init(
    severity: Severity, file: String, line: Int, column: Int, path: String, message: String,
    suggestion: String? = nil
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.path = path
    self.message = message
    self.suggestion = suggestion
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: path: message (suggestion)`, one line, as compilers print it.
  public var description: String {
    let place = line > 0 ? "\(file):\(line):\(column)" : file
    let about = path.isEmpty ? "" : "\(path): "
    let hint = suggestion.map { " (\($0))" } ?? ""
    return "\(place): \(severity.rawValue): \(about)\(message)\(hint)"
  }
}

/// Collects every diagnostic of a read, so that a person sees all mistakes at once.
public final class DiagnosticSink {
  public private(set) var diagnostics: [Diagnostic] = []

  public init() {}

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  public func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// The diagnostics in the order a person would meet them in the files; exact repeats once.
  public var sorted: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return diagnostics.filter { seen.insert($0).inserted }
      .enumerated()
      .sorted { a, b in
        (a.element.file, a.element.line, a.element.column, a.offset)
          < (b.element.file, b.element.line, b.element.column, b.offset)
      }
      .map(\.element)
  }
}
