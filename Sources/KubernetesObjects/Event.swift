/// A core/v1 Event: what a component tells people about an object.
public struct KubernetesEvent: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case normal = "Normal"
    case warning = "Warning"
  }

  public var type: Kind
  /// Such as `FailedScheduling`.
  public var reason: String
  public var message: String
  /// The object it is about: `Pod`, `Node`, `Deployment`, …
  public var kind: String
  public var namespace: String
  public var name: String
  /// The component that says it, such as `default-scheduler`.
  public var source: String

  public init(
    type: Kind = .normal, reason: String, message: String, kind: String, namespace: String,
    name: String, source: String
  ) {
    self.type = type
    self.reason = reason
    self.message = message
    self.kind = kind
    self.namespace = namespace
    self.name = name
    self.source = source
  }
}
