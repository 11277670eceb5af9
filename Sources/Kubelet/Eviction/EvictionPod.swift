public import KubernetesObjects

/// A running pod as the eviction manager sees it.
public struct EvictionPod: Sendable {
  public var name: String
  public var spec: PodSpec
  /// Defined by a file on the node, or the API's mirror of such a pod.
  public var isStatic = false
  /// Volumes on the node's disk that may not grow beyond a size, in the order of the pod's volumes.
  public var emptyDirLimits: [EmptyDirLimit] = []
  /// Seconds; nil where the object has none, which the API server's defaulting excludes.
  public var terminationGracePeriodSeconds: Int64?
  /// Nil while the statistics do not know the pod yet.
  public var usage: PodUsage?

  public struct EmptyDirLimit: Sendable, Hashable {
    public var volume: String
    public var size: Quantity

    public init(volume: String, size: Quantity) {
      self.volume = volume
      self.size = size
    }
  }

  public init(name: String, spec: PodSpec, usage: PodUsage? = nil) {
    self.name = name
    self.spec = spec
    self.usage = usage
    terminationGracePeriodSeconds = spec.terminationGracePeriodSeconds
  }

  /// Never evicted and always admitted: `IsCriticalPod`, [36] `pkg/kubelet/types/pod_update.go`.
  public var isCritical: Bool {
    isStatic || (spec.priority ?? 0) >= PriorityClass.systemClusterCritical
  }
}

/// What a pod used when the statistics were taken.
public struct PodUsage: Sendable, Hashable {
  /// Bytes of working set of the whole pod.
  public var memory: Int64 = 0
  public var processes: Int64 = 0
  public var containers: [ContainerUsage] = []
  /// Volumes on the node's disk: `emptyDir` and `hostPath`.
  public var localVolumes: [VolumeUsage] = []
  /// Bytes of everything local, as the limits count it.
  public var ephemeralStorage: Int64 = 0

  public init() {}

  public struct ContainerUsage: Sendable, Hashable {
    public var name: String
    /// Bytes of working set.
    public var memory: Int64 = 0
    /// The writable layer.
    public var rootFs = DiskUsage()
    public var logs = DiskUsage()

    public init(name: String) { self.name = name }
  }

  public struct VolumeUsage: Sendable, Hashable {
    public var name: String
    public var disk: DiskUsage

    public init(name: String, disk: DiskUsage) {
      self.name = name
      self.disk = disk
    }
  }
}

/// Bytes and inodes.
public struct DiskUsage: Sendable, Hashable {
  public var bytes: Int64
  public var inodes: Int64

  public init(bytes: Int64 = 0, inodes: Int64 = 0) {
    self.bytes = bytes
    self.inodes = inodes
  }

  static func += (a: inout DiskUsage, b: DiskUsage) {
    a.bytes &+= b.bytes
    a.inodes &+= b.inodes
  }
}
