import TimeUnits

/// What is wrong with the figures of one part of a scenario, in the order of asking.
struct FieldProblems {
  /// The part's path, such as `spec.services[0]`.
  let path: String
  private(set) var problems: [ScenarioProblem] = []

  init(path: String) { self.path = path }

  mutating func report(_ field: String, _ message: String, _ suggestion: String? = nil) {
    problems.append(
      ScenarioProblem(path: "\(path).\(field)", message: message, suggestion: suggestion))
  }

  /// A count of things of which there is at least one.
  mutating func atLeastOne(_ field: String, _ value: Int, _ message: String) {
    if value < 1 { report(field, "\(message), found \(value)") }
  }

  /// A figure that may be left out by a 0.
  mutating func notNegative(_ field: String, _ value: Double) {
    if !(value >= 0) || !value.isFinite {
      report(field, "expected a number of at least 0, found \(value)")
    }
  }

  /// A span without which nothing would ever end.
  mutating func longerThanZero(_ field: String, _ value: Duration) {
    if value <= .zero {
      report(field, "must be longer than 0, found \(DurationText.text(for: value))")
    }
  }

  mutating func notNegative(_ field: String, _ value: Duration) {
    if value < .zero { report(field, "must not be below 0") }
  }
}
