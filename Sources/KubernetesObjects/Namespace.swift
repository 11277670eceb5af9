/// A namespace, with the labels that namespace selectors ask for.
public struct Namespace: Sendable {
  public var metadata: ObjectMeta

  public init(metadata: ObjectMeta) { self.metadata = metadata }
}
