/// Reads the values of flags, or says what is wrong with them.
enum FlagValue {
  static func bool(_ flag: String, _ text: String) throws(FlagProblem) -> Bool {
    guard let value = FlagText.bool(text) else {
      throw .badValue(flag, text, expected: "true or false")
    }
    return value
  }

  static func duration(_ flag: String, _ text: String) throws(FlagProblem) -> Duration {
    guard let value = FlagText.duration(text) else {
      var problem = FlagProblem.badValue(flag, text, expected: "a duration such as 10m or 1h30m")
      if Double(text) != nil { problem.suggestion = "\(text)s or \(text)m?" }
      throw problem
    }
    return value
  }

  static func integer<Value: FixedWidthInteger>(
    _ flag: String, _ text: String
  ) throws(FlagProblem) -> Value {
    guard let wide = FlagText.integer(text), let value = Value(exactly: wide) else {
      throw .badValue(flag, text, expected: "a whole number")
    }
    return value
  }

  static func double(_ flag: String, _ text: String) throws(FlagProblem) -> Double {
    guard let value = Double(text), value.isFinite else {
      throw .badValue(flag, text, expected: "a number")
    }
    return value
  }

  static func range(_ flag: String, _ text: String) throws(FlagProblem) -> ClosedRange<Int64> {
    guard let value = FlagText.range(text) else {
      throw .badValue(flag, text, expected: "<min>:<max>, whole numbers from 0 in order")
    }
    return value
  }

  static func nodes(_ flag: String, _ text: String) throws(FlagProblem) -> NodeGroupSpec {
    guard let value = NodeGroupSpec(text) else {
      throw .badValue(flag, text, expected: "<min>:<max>:<name>, such as 1:10:workers")
    }
    return value
  }

  static func discovery(
    _ flag: String, _ text: String
  ) throws(FlagProblem) -> NodeGroupDiscovery {
    guard let value = NodeGroupDiscovery(text) else {
      throw .badValue(flag, text, expected: "asg:tag=<key>,<key>=<value>")
    }
    return value
  }
}

extension Flag.Shape {
  /// A flag's value in a form in which equal ones are equal.
  enum Canonical: Hashable {
    case bool(Bool)
    case duration(Duration)
    case int(Int64)
    case double(Double)
    case string(String)
  }

  func check(_ flag: String, _ text: String) throws(FlagProblem) -> Canonical {
    switch self {
    case .bool: .bool(try FlagValue.bool(flag, text))
    case .duration: .duration(try FlagValue.duration(flag, text))
    case .int: .int(try FlagValue.integer(flag, text))
    case .double: .double(try FlagValue.double(flag, text))
    case .string: .string(text)
    }
  }
}
