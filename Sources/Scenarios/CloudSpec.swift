public import AWSObjects
public import KubernetesObjects

/// The cloud a scenario starts with.
public struct CloudSpec: Sendable, Hashable {
  public var region: Region
  /// In the order of the file; names differ.
  public var nodeGroups: [NodeGroupSpec]
  /// Times in which EC2 has nothing to give. The default is none.
  public var capacityShortages: [CapacityShortage] = []
  /// The account's limits. The default is none.
  public var quotas = Quotas()
  /// Token buckets of the APIs. The default is none.
  public var apiRateLimits: [APIRateLimit] = []
  public var spot = SpotSpec()
  /// What spot instances cost by time and zone; nil is `spot`'s discount.
  public var spotPrices: SpotPriceList?
  /// The control plane's Kubernetes version, for its fee alone; nil is one in standard support.
  public var version: String?

  public init(region: Region, nodeGroups: [NodeGroupSpec]) {
    self.region = region
    self.nodeGroups = nodeGroups
  }
}

/// An EC2 Auto Scaling group of worker nodes.
public struct NodeGroupSpec: Sendable, Hashable {
  public var name: String
  /// Such as `m5.large`.
  public var instanceType: String
  /// At least one, in the order of the file.
  public var zones: [AvailabilityZone]
  public var min: Int
  public var desired: Int
  public var max: Int
  /// The node image's name in `models/aws/launch-latency.yaml`; nil is the era's own.
  public var image: String?
  /// The root volume of its machines; nil is the era's own.
  public var volume: RootVolumeSpec?
  /// What its kubelets keep from pods; nil is the image's own.
  public var kubeReserved: KubeReservedSpec?
  /// What its nodes are labeled with beside what every node is.
  public var labels: [String: String] = [:]
  /// What its nodes are tainted with when they register.
  public var taints: [Taint] = []
  /// The kubelet's `--max-pods`; nil is what the network interfaces allow.
  public var maxPods: Int64?
  /// What its Auto Scaling group does beside keeping its capacity. The default is the API's.
  public var autoScaling = AutoScalingSpec()
  /// Where another file than the scenario describes it; nil is the scenario itself.
  public var origin: GroupOrigin?

  public init(
    name: String, instanceType: String, zones: [AvailabilityZone], min: Int, desired: Int,
    max: Int, image: String? = nil, volume: RootVolumeSpec? = nil,
    kubeReserved: KubeReservedSpec? = nil
  ) {
    self.name = name
    self.instanceType = instanceType
    self.zones = zones
    self.min = min
    self.desired = desired
    self.max = max
    self.image = image
    self.volume = volume
    self.kubeReserved = kubeReserved
  }
}

extension NodeGroupSpec {
  /// All types that its machines can be of, its own first, each once.
  public var instanceTypes: [String] {
    var types = [instanceType]
    for type in autoScaling.mixedInstances?.instanceTypes ?? [] where !types.contains(type) {
      types.append(type)
    }
    return types
  }
}

/// The place of a node group in a file that the scenario names.
public struct GroupOrigin: Sendable, Hashable {
  public var place: SourcePlace
  /// In that file, such as `managedNodeGroups[0]`.
  public var path: String

  public init(place: SourcePlace, path: String) {
    self.place = place
    self.path = path
  }
}

/// The kubelet's `--kube-reserved`: taken from allocatable and from the cgroup of all pods.
public struct KubeReservedSpec: Sendable, Hashable {
  /// Nil is the image's own.
  public var cpuMillis: Int64?
  public var memoryMiB: Int64?

  public init(cpuMillis: Int64? = nil, memoryMiB: Int64? = nil) {
    self.cpuMillis = cpuMillis
    self.memoryMiB = memoryMiB
  }
}

/// An EBS volume that a machine boots from.
public struct RootVolumeSpec: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable { case gp2, gp3 }

  /// How full the burst balance is at the start of the run.
  public enum Credits: String, Sendable, Hashable, CaseIterable { case full, spent }

  public var type: Kind
  /// The default is 20.
  public var gibibytes: Double
  /// Reads a second that were bought (gp3); nil is 3 000.
  public var iops: Double?
  /// MiB a second that were bought (gp3); nil is 125.
  public var throughput: Double?
  /// Of the machines of the start; a new volume's balance is full. The default is full.
  public var credits: Credits

  public init(
    type: Kind, gibibytes: Double = 20, iops: Double? = nil, throughput: Double? = nil,
    credits: Credits = .full
  ) {
    self.type = type
    self.gibibytes = gibibytes
    self.iops = iops
    self.throughput = throughput
    self.credits = credits
  }
}
