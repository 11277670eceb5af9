/// How much of an instance the pods of its node may use.
///
/// Follows karpenter-provider-aws v1.14.1 `pkg/providers/instancetype/types.go` (capacity,
/// estimated from the advertised size), amazon-eks-ami 81fec2e8
/// `nodeadm/internal/kubelet/config.go` (what is reserved) and Kubernetes 1.30
/// `pkg/kubelet/cm/node_container_manager_linux.go` (what is left).
public struct NodeAllocatable: Sendable, Hashable {
  /// Whose rules.
  public var era: NodeEra
  /// The share of the advertised memory that the operating system never sees. The default is
  /// Karpenter's `--vm-memory-overhead-percent`, 0.075.
  public var vmMemoryOverhead: Double
  /// `MemTotal` of a real machine, in KiB; nil to estimate it from `vmMemoryOverhead`.
  public var measuredMemoryKiB: Int64?
  /// Memory set aside for huge pages, in MiB; EFA images reserve some. The default is 0.
  public var hugePagesMiB: Int64
  /// The kubelet's `--max-pods`, when it is not left to the network interfaces.
  public var podLimit: Int64?
  /// The root volume, in GiB. The default is 20, as in EKS node groups.
  public var rootVolumeGiB: Int64
  /// The size of a real machine's root file system, in bytes; nil to take the volume's.
  public var measuredFilesystemBytes: Int64?
  /// The kubelet's `--kube-reserved`, where a node group sets its own; nil is the image's.
  public var kubeReservedMemoryMiB: Int64?
  public var kubeReservedCPUMillis: Int64?

  public init(
    era: NodeEra = .current, vmMemoryOverhead: Double = 0.075, measuredMemoryKiB: Int64? = nil,
    hugePagesMiB: Int64 = 0, podLimit: Int64? = nil, rootVolumeGiB: Int64 = 20,
    measuredFilesystemBytes: Int64? = nil
  ) {
    self.era = era
    self.vmMemoryOverhead = vmMemoryOverhead
    self.measuredMemoryKiB = measuredMemoryKiB
    self.hugePagesMiB = hugePagesMiB
    self.podLimit = podLimit
    self.rootVolumeGiB = rootVolumeGiB
    self.measuredFilesystemBytes = measuredFilesystemBytes
  }
}

extension NodeAllocatable {
  static let mebi: Int64 = 1_048_576
  static let gibi: Int64 = 1_073_741_824
  /// What Graviton kernels keep for contiguous memory.
  static let armReservedMiB: Int64 = 64
  /// `evictionHard: memory.available`, 100Mi in both eras.
  public static let evictionMemoryMiB: Int64 = 100
  static let reservedStorageBytes = gibi

  /// Pods that the network interfaces' addresses allow: the node keeps one address of each
  /// interface, and two pods share the host's (aws-node and kube-proxy).
  public func interfacePods(_ type: InstanceType) -> Int64 {
    if era == .february2019, let limit = type.maxPods2019 { return limit }
    return type.networkInterfaces * (type.ipv4PerInterface - 1) + 2
  }

  /// The kubelet's pod limit.
  public func maxPods(_ type: InstanceType) -> Int64 { podLimit ?? interfacePods(type) }

  /// What the operating system sees, in bytes.
  public func capacityMemoryBytes(_ type: InstanceType) -> Int64 {
    if let measuredMemoryKiB { return measuredMemoryKiB * 1_024 }
    var advertised = type.memoryMiB
    if type.architectures.first == .arm { advertised -= Self.armReservedMiB }
    // In bytes and in this order, so that the rounding is the one of the Go program.
    let overhead = Double(advertised * Self.mebi) * vmMemoryOverhead / 1_024 / 1_024
    return (advertised - Int64(overhead.rounded(.up))) * Self.mebi
  }

  /// Memory kept for kubelet and runtime: 11 MiB a pod and 255 MiB; none in February 2019.
  ///
  /// It follows the interfaces' pods even where `podLimit` is lower.
  public func reservedMemoryMiB(_ type: InstanceType) -> Int64 {
    if let kubeReservedMemoryMiB { return kubeReservedMemoryMiB }
    return switch era {
    case .february2019: 0
    case .current: 11 * interfacePods(type) + 255
    }
  }

  /// CPU kept for kubelet and runtime: 6 % of the first core, 1 % of the second, 0.5 % of the next
  /// two, 0.25 % of the rest, each truncated to a thousandth; none in February 2019.
  public func reservedCPUMillis(_ type: InstanceType) -> Int64 {
    if let kubeReservedCPUMillis { return kubeReservedCPUMillis }
    guard era == .current else { return 0 }
    let capacity = type.vcpus * 1_000
    let steps: [(from: Int64, to: Int64, perTenThousand: Int64)] = [
      (0, 1_000, 600), (1_000, 2_000, 100), (2_000, 4_000, 50), (4_000, .max, 25),
    ]
    return steps.reduce(0) { sum, step in
      sum + max(0, min(capacity, step.to) - step.from) * step.perTenThousand / 10_000
    }
  }

  /// The root file system, in bytes.
  public func capacityStorageBytes() -> Int64 {
    measuredFilesystemBytes ?? rootVolumeGiB * Self.gibi
  }

  /// What of it pods may use: all but the hard eviction threshold of 10 % and, today, 1 GiB.
  ///
  /// The kubelet multiplies by a 32-bit 0.1, which shows in the bytes of a real node; an estimate
  /// rounds the exact tenth up, as Karpenter does.
  public func allocatableStorageBytes() -> Int64 {
    let capacity = capacityStorageBytes()
    let threshold =
      measuredFilesystemBytes == nil
      ? (capacity + 9) / 10 : Int64(Double(capacity) * Double(Float(10) / 100))
    let reserved = era == .current ? Self.reservedStorageBytes : 0
    return max(0, capacity - threshold - reserved)
  }

  /// The whole machine as a node sees it.
  public func capacity(of type: InstanceType) -> NodeResources {
    NodeResources(
      cpuMillis: type.vcpus * 1_000, memoryBytes: capacityMemoryBytes(type), pods: maxPods(type),
      ephemeralStorageBytes: capacityStorageBytes())
  }

  /// What pods may request; nothing goes below zero.
  public func allocatable(of type: InstanceType) -> NodeResources {
    let withheld = reservedMemoryMiB(type) + hugePagesMiB + Self.evictionMemoryMiB
    return NodeResources(
      cpuMillis: type.vcpus * 1_000 - reservedCPUMillis(type),
      memoryBytes: max(0, capacityMemoryBytes(type) - withheld * Self.mebi),
      pods: maxPods(type), ephemeralStorageBytes: allocatableStorageBytes())
  }
}
