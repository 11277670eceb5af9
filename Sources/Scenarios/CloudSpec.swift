public import AWSObjects

/// The cloud a scenario starts with.
public struct CloudSpec: Sendable, Hashable {
  public var region: Region
  /// In the order of the file; names differ.
  public var nodeGroups: [NodeGroupSpec]

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

  public init(
    name: String, instanceType: String, zones: [AvailabilityZone], min: Int, desired: Int,
    max: Int, image: String? = nil
  ) {
    self.name = name
    self.instanceType = instanceType
    self.zones = zones
    self.min = min
    self.desired = desired
    self.max = max
    self.image = image
  }
}
