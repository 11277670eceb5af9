/// An event a controller tells about an object, before the recorder correlates it.
public struct ReportedEvent: Sendable, Hashable {
  public enum Severity: String, Sendable, Hashable {
    case normal = "Normal"
    case warning = "Warning"
  }

  public var severity: Severity
  /// In CamelCase, such as `ScalingReplicaSet`.
  public var reason: String
  public var message: String

  public init(_ severity: Severity = .normal, reason: String, message: String) {
    self.severity = severity
    self.reason = reason
    self.message = message
  }
}
