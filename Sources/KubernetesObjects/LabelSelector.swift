/// Which objects a controller, a Service or an affinity term means, by their labels.
///
/// An empty selector matches everything; where the API says "no selector matches nothing" the
/// field is an optional.
public struct LabelSelector: Hashable, Sendable {
  public var matchLabels: Labels
  public var matchExpressions: [LabelRequirement]

  public init(matchLabels: Labels = [:], matchExpressions: [LabelRequirement] = []) {
    self.matchLabels = matchLabels
    self.matchExpressions = matchExpressions
  }

  public func matches(_ labels: Labels) -> Bool {
    labels.contains(matchLabels) && matchExpressions.allSatisfy { $0.matches(labels) }
  }
}

/// One requirement on one label.
public struct LabelRequirement: Hashable, Sendable {
  public enum Operator: String, Hashable, Sendable, CaseIterable {
    case `in` = "In"
    case notIn = "NotIn"
    case exists = "Exists"
    case doesNotExist = "DoesNotExist"
    /// Node selectors only: the label is a whole number above the value.
    case greaterThan = "Gt"
    /// Node selectors only: the label is a whole number below the value.
    case lessThan = "Lt"
  }

  public var key: String
  public var `operator`: Operator
  public var values: [String]

  public init(key: String, operator: Operator, values: [String] = []) {
    self.key = key
    self.operator = `operator`
    self.values = values
  }

  /// Follows apimachinery `labels.Requirement.Matches` 1.36: NotIn matches an absent key.
  public func matches(_ labels: Labels) -> Bool {
    let value = labels[key]
    switch `operator` {
    case .in: return value.map(values.contains) ?? false
    case .notIn: return value.map { !values.contains($0) } ?? true
    case .exists: return value != nil
    case .doesNotExist: return value == nil
    case .greaterThan, .lessThan:
      guard let value, let number = Int64(value), values.count == 1,
        let bound = Int64(values[0])
      else { return false }
      return `operator` == .greaterThan ? number > bound : number < bound
    }
  }
}
