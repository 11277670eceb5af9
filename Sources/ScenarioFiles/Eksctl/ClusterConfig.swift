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
  /// All but the tags: suspended processes, purchase options, monitoring.
  public var autoScaling = AutoScalingSpec()
  /// Where it stands.
  public var origin: GroupOrigin
}

extension NodeGroupSpec {
  /// The group as a run has it.
  public init(_ group: EksctlNodeGroup) {
    self.init(
      name: group.name, instanceType: group.instanceTypes[0], zones: group.zones, min: group.min,
      desired: group.desired, max: group.max, image: group.image, volume: group.volume,
      kubeReserved: group.kubeReserved)
    labels = group.labels
    taints = group.taints
    maxPods = group.maxPods
    autoScaling = group.autoScaling
    autoScaling.tags = group.tags.sorted { $0.key < $1.key }
      .map { ResourceTag(key: $0.key, value: $0.value) }
    origin = group.origin
  }
}
