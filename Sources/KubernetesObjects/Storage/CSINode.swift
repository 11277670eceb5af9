/// The storage drivers of one node, and how many volumes each can attach (storage.k8s.io/v1).
public struct CSINode: Sendable {
  public struct Driver: Sendable, Hashable {
    /// Such as `ebs.csi.aws.com`.
    public var name: String
    /// Volumes that can be attached at a time; nil: no limit.
    public var attachLimit: Int64?

    public init(name: String, attachLimit: Int64? = nil) {
      self.name = name
      self.attachLimit = attachLimit
    }
  }

  /// Named as the node.
  public var metadata: ObjectMeta
  public var drivers: [Driver]

  public init(metadata: ObjectMeta, drivers: [Driver]) {
    self.metadata = metadata
    self.drivers = drivers
  }
}
