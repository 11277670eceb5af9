/// Something that keeps a description from being a scenario.
public struct ScenarioProblem: Sendable, Hashable {
  /// The value's path, such as `spec.cloud.nodeGroups[0].max`.
  public var path: String
  public var message: String
  /// What would be right.
  public var suggestion: String?

  public init(path: String, message: String, suggestion: String? = nil) {
    self.path = path
    self.message = message
    self.suggestion = suggestion
  }
}

/// Everything that is wrong with a description; never empty.
public struct ScenarioProblems: Error, Sendable, Hashable, CustomStringConvertible {
  public var problems: [ScenarioProblem]

  public var description: String {
    problems.map { problem in
      let hint = problem.suggestion.map { " (\($0))" } ?? ""
      return "\(problem.path): \(problem.message)\(hint)"
    }.joined(separator: "\n")
  }
}
