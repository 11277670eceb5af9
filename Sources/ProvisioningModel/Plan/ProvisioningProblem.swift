/// Something that keeps a plan from being played.
public struct ProvisioningProblem: Sendable, Hashable {
  /// The value's path in the plan's file, such as `spec.phases[3].setbacks[0].backTo`.
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
