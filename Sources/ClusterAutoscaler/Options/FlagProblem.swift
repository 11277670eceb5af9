/// What is wrong with a flag, for a person to read.
public struct FlagProblem: Error, Sendable, Hashable {
  public enum Severity: String, Sendable, Hashable, CaseIterable { case error, warning }

  public var severity: Severity
  /// As written, without its dashes.
  public var flag: String
  public var message: String
  public var suggestion: String?

  public init(
    _ severity: Severity, flag: String, _ message: String, suggestion: String? = nil
  ) {
    self.severity = severity
    self.flag = flag
    self.message = message
    self.suggestion = suggestion
  }
}

extension FlagProblem: CustomStringConvertible {
  public var description: String {
    "--\(flag): \(message)" + (suggestion.map { "; \($0)" } ?? "")
  }
}

extension FlagProblem {
  static func badValue(_ flag: String, _ value: String, expected: String) -> FlagProblem {
    FlagProblem(.error, flag: flag, "expected \(expected), found \"\(value)\"")
  }
}
