/// An instance type as a Kubernetes node of one era, every figure with where it comes from.
public struct MachineShape: Sendable, Hashable {
  /// One line of the sheet.
  public struct Figure: Sendable, Hashable {
    public var name: String
    /// With its unit, as a person or Kubernetes would write it.
    public var value: String
    public var provenance: Provenance
  }

  public var instanceType: String
  public var era: NodeEra
  public var vcpus: Int64
  /// As advertised.
  public var memoryMiB: Int64
  /// `amd64` or `arm64`; nil where no kubelet runs.
  public var architecture: String?
  public var maxPods: Int64
  public var capacity: NodeResources
  public var allocatable: NodeResources
  /// Reserved for kubelet and runtime.
  public var reservedCPUMillis: Int64
  public var reservedMemoryMiB: Int64
  public var evictionMemoryMiB: Int64
  public var hugePagesMiB: Int64
  /// The count of each, by the resource name its device plugin registers.
  public var extendedResources: [ExtendedResource]
  public var figures: [Figure]

  public struct ExtendedResource: Sendable, Hashable {
    public var name: String
    public var count: Int64
  }

  /// `catalogSource` says where the type's facts come from.
  public init(_ type: InstanceType, rule: NodeAllocatable, catalogSource: String) {
    instanceType = type.name
    era = rule.era
    vcpus = type.vcpus
    memoryMiB = type.memoryMiB
    architecture = type.kubernetesArchitecture
    maxPods = rule.maxPods(type)
    capacity = rule.capacity(of: type)
    allocatable = rule.allocatable(of: type)
    reservedCPUMillis = rule.reservedCPUMillis(type)
    reservedMemoryMiB = rule.reservedMemoryMiB(type)
    evictionMemoryMiB = NodeAllocatable.evictionMemoryMiB
    hugePagesMiB = rule.hugePagesMiB
    extendedResources = type.extendedResources.map {
      ExtendedResource(name: $0.name, count: $0.count)
    }
    figures = []
    figures = makeFigures(type, rule, catalogSource)
  }
}

extension MachineShape {
  private func makeFigures(
    _ type: InstanceType, _ rule: NodeAllocatable, _ catalog: String
  ) -> [Figure] {
    let advertised = Provenance(.published, "DescribeInstanceTypes, \(catalog)")
    var figures = [
      Figure(name: "vcpus", value: "\(vcpus)", provenance: advertised),
      Figure(name: "memory", value: "\(memoryMiB)Mi", provenance: advertised),
      Figure(name: "max-pods", value: "\(maxPods)", provenance: podProvenance(type, rule)),
      Figure(
        name: "capacity.memory", value: capacity.memoryText,
        provenance: memoryProvenance(type, rule)),
      Figure(
        name: "kube-reserved.cpu", value: "\(reservedCPUMillis)m",
        provenance: reservedProvenance("6 %, 1 %, 0.5 %, 0.5 % of cores 1 to 4, 0.25 % beyond")),
      Figure(
        name: "kube-reserved.memory", value: "\(reservedMemoryMiB)Mi",
        provenance: reservedProvenance("11 MiB * \(rule.interfacePods(type)) pods + 255 MiB")),
      Figure(
        name: "eviction-hard.memory.available", value: "\(evictionMemoryMiB)Mi",
        provenance: Provenance(.fromSourceCode, evictionSource)),
    ]
    if hugePagesMiB > 0 {
      figures.append(
        Figure(
          name: "huge-pages", value: "\(hugePagesMiB)Mi", provenance: Provenance(.measured, "given")
        )
      )
    }
    let rest = Provenance(.derived, "capacity - reserved - huge pages - eviction threshold")
    figures += [
      Figure(name: "allocatable.cpu", value: allocatable.cpuText, provenance: rest),
      Figure(name: "allocatable.memory", value: allocatable.memoryText, provenance: rest),
      Figure(
        name: "allocatable.pods", value: "\(allocatable.pods)",
        provenance: Provenance(.derived, "max-pods")),
      Figure(
        name: "allocatable.ephemeral-storage", value: allocatable.ephemeralStorageText,
        provenance: storageProvenance(rule)),
    ]
    figures += extendedResources.map {
      Figure(
        name: "allocatable.\($0.name)", value: "\($0.count)",
        provenance: Provenance(.published, "DescribeInstanceTypes, \(catalog)"))
    }
    return figures
  }

  private var evictionSource: String {
    switch era {
    case .february2019: "kubelet default, Kubernetes 1.11"
    case .current: "amazon-eks-ami 81fec2e8 nodeadm/internal/kubelet/config.go"
    }
  }

  private func podProvenance(_ type: InstanceType, _ rule: NodeAllocatable) -> Provenance {
    if rule.podLimit != nil { return Provenance(.measured, "given as the kubelet's --max-pods") }
    if era == .february2019, type.maxPods2019 != nil {
      return Provenance(.published, "amazon-eks-ami 9f200022 (2019-02-26) files/eni-max-pods.txt")
    }
    let formula =
      "\(type.networkInterfaces) interfaces * (\(type.ipv4PerInterface) addresses - 1) + 2"
    if era == .february2019 {
      return Provenance(.assumed, "\(formula); the type is not in the image's file of 2019-02")
    }
    return Provenance(
      .fromSourceCode, "\(formula); amazon-eks-ami 81fec2e8 nodeadm eni_max_pods.go")
  }

  private func memoryProvenance(_ type: InstanceType, _ rule: NodeAllocatable) -> Provenance {
    if rule.measuredMemoryKiB != nil { return Provenance(.measured, "given as MemTotal") }
    let arm = type.architectures.first == .arm ? " less 64 MiB on arm64" : ""
    return Provenance(
      .derived,
      "memory\(arm) less the VM's overhead of \(rule.vmMemoryOverhead), rounded up; "
        + "karpenter-provider-aws v1.14.1 instancetype/types.go")
  }

  private func reservedProvenance(_ rule: String) -> Provenance {
    switch era {
    case .february2019:
      Provenance(.fromSourceCode, "none; amazon-eks-ami 9f200022 (2019-02-26) kubelet-config.json")
    case .current:
      Provenance(
        .fromSourceCode, "\(rule); amazon-eks-ami 81fec2e8 nodeadm/internal/kubelet/config.go")
    }
  }

  private func storageProvenance(_ rule: NodeAllocatable) -> Provenance {
    let reserved = era == .current ? " - 1Gi reserved" : ""
    let volume = NodeResources.binaryText(rule.capacityStorageBytes(), largest: .gibi)
    return Provenance(
      rule.measuredFilesystemBytes == nil ? .assumed : .measured,
      "root file system of \(volume) - 10 % eviction threshold\(reserved)")
  }
}
