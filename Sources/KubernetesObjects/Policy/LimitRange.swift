/// Defaults and bounds for the resources of containers and pods in a namespace.
public struct LimitRange: Sendable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case container = "Container"
    case pod = "Pod"
    case persistentVolumeClaim = "PersistentVolumeClaim"
  }

  public struct Item: Sendable, Hashable {
    public var type: Kind
    public var min = ResourceList()
    public var max = ResourceList()
    public var `default` = ResourceList()
    public var defaultRequest = ResourceList()
    public var maxLimitRequestRatio = ResourceList()

    public init(type: Kind) { self.type = type }
  }

  public var metadata: ObjectMeta
  public var items: [Item]

  public init(metadata: ObjectMeta, items: [Item]) {
    self.metadata = metadata
    self.items = items
  }
}
