public import AWSObjects
public import KubernetesObjects
public import Scenarios

/// What an eksctl `ClusterConfig` (`eksctl.io/v1alpha5`) says of scaling and cost.
///
/// Defaults are those of eksctl 0.230 (eksctl-io/eksctl 99984adb,
/// `pkg/apis/eksctl.io/v1alpha5/{types,defaults,validation}.go`).
public struct ClusterConfig: Sendable {
  public var name: String
  public var region: Region
  /// Nil is eksctl's own default.
  public var version: String?
  /// In the order of the file, `nodeGroups` before `managedNodeGroups`.
  public var nodeGroups: [EksctlNodeGroup]
}

/// An entry of `nodeGroups` or of `managedNodeGroups`, its defaults filled in.
public struct EksctlNodeGroup: Sendable {
  /// `instancesDistribution`, or `spot` of a managed group.
  public struct Purchase: Sendable, Hashable {
    /// The default is 0.
    public var onDemandBaseCapacity: Int = 0
    /// The default is 100.
    public var onDemandPercentageAboveBaseCapacity: Int = 100
    public var spotAllocationStrategy: String?
    /// US dollars an hour; nil is the on-demand price.
    public var maxPrice: Double?

    /// Whether any instance may be a spot instance.
    public var usesSpot: Bool { onDemandPercentageAboveBaseCapacity < 100 }
  }

  public var name: String
  public var isManaged: Bool
  /// At least one, the most wanted first. The default is `m5.large`.
  public var instanceTypes: [String] = ["m5.large"]
  /// The default is `desiredCapacity`, or 2.
  public var min: Int = 2
  /// The default is `desiredCapacity`, or `minSize`, and 1 at least.
  public var max: Int = 2
  /// The default is `minSize`.
  public var desired: Int = 2
  public var zones: [AvailabilityZone] = []
  public var labels: [String: String] = [:]
  public var taints: [Taint] = []
  public var tags: [String: String] = [:]
  /// The default is gp3 of 80 GiB, 3 000 operations and 125 MiB a second.
  public var volume = RootVolumeSpec(type: .gp3, gibibytes: 80)
  public var maxPods: Int64?
  public var kubeReserved: KubeReservedSpec?
  /// A node image of `models/aws/launch-latency.yaml`; nil is the era's.
  public var image: String?
  public var suspendedProcesses: Set<AutoScalingGroup.Process> = []
  public var purchase = Purchase()
  /// Where it stands.
  public var origin: GroupOrigin
}

extension NodeGroupSpec {
  /// The group as a run has it: its first instance type, on demand.
  public init(_ group: EksctlNodeGroup) {
    self.init(
      name: group.name, instanceType: group.instanceTypes[0], zones: group.zones, min: group.min,
      desired: group.desired, max: group.max, image: group.image, volume: group.volume,
      kubeReserved: group.kubeReserved)
    labels = group.labels
    taints = group.taints
    tags = group.tags
    maxPods = group.maxPods
    suspendedProcesses = group.suspendedProcesses
    origin = group.origin
  }
}
