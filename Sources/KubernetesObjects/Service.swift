/// A Service, as far as scheduling asks: the pods it selects count as one application.
public struct Service: Sendable {
  public var metadata: ObjectMeta
  /// Empty: selects nothing.
  public var selector: Labels

  public init(metadata: ObjectMeta, selector: Labels) {
    self.metadata = metadata
    self.selector = selector
  }
}
