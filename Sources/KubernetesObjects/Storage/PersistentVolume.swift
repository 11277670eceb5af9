/// A piece of storage: a disk that is there, whoever uses it (core/v1).
public struct PersistentVolume: Sendable {
  /// What the volume is made of, as far as attach limits ask.
  public enum Source: Sendable, Hashable {
    case csi(driver: String, handle: String)
    /// The old way to name an EBS volume; drivers count it as one of theirs.
    case awsElasticBlockStore(volumeID: String)
    /// Anything else, by the name of its field, such as `local` or `nfs`.
    case other(String)
  }

  public enum Phase: String, Sendable, Hashable, CaseIterable {
    case pending = "Pending"
    case available = "Available"
    case bound = "Bound"
    case released = "Released"
    case failed = "Failed"
  }

  /// The claim a volume is bound to, or kept for.
  public struct ClaimReference: Sendable, Hashable {
    public var namespace: String
    public var name: String

    public init(namespace: String, name: String) {
      self.namespace = namespace
      self.name = name
    }
  }

  public var metadata: ObjectMeta
  public var capacity: Quantity
  public var source: Source
  /// Empty: of no class.
  public var storageClassName = ""
  public var accessModes: [AccessMode] = []
  public var volumeMode = VolumeMode.filesystem
  public var claim: ClaimReference?
  /// The nodes that can reach it: one of the terms must hold; nil: all nodes.
  public var nodeAffinity: [NodeSelectorTerm]?
  /// A volume that nobody has reported on counts as available.
  public var phase = Phase.available

  public init(metadata: ObjectMeta, capacity: Quantity, source: Source) {
    self.metadata = metadata
    self.capacity = capacity
    self.source = source
  }
}

/// Who may use a volume at a time.
public enum AccessMode: String, Sendable, Hashable, CaseIterable {
  case readWriteOnce = "ReadWriteOnce"
  case readOnlyMany = "ReadOnlyMany"
  case readWriteMany = "ReadWriteMany"
  case readWriteOncePod = "ReadWriteOncePod"
}

public enum VolumeMode: String, Sendable, Hashable, CaseIterable {
  case filesystem = "Filesystem"
  case block = "Block"
}
