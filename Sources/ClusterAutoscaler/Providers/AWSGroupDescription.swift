public import TimeUnits

/// An Auto Scaling group as `DescribeAutoScalingGroups` tells it.
public struct AWSGroupDescription: Sendable {
  public var name: String
  public var minSize: Int
  public var maxSize: Int
  public var desiredCapacity: Int
  public var instances: [AWSGroupInstance]
  /// In the order of the group's list; its next machine is thought to come to the first.
  public var availabilityZones: [String]
  public var tags: [(key: String, value: String)]
  /// What its launch template makes; nil if that is not known.
  public var machine: AWSMachineType?

  public init(
    name: String, minSize: Int, maxSize: Int, desiredCapacity: Int,
    instances: [AWSGroupInstance] = [], availabilityZones: [String] = [],
    tags: [(key: String, value: String)] = [], machine: AWSMachineType? = nil
  ) {
    self.name = name
    self.minSize = minSize
    self.maxSize = maxSize
    self.desiredCapacity = desiredCapacity
    self.instances = instances
    self.availabilityZones = availabilityZones
    self.tags = tags
    self.machine = machine
  }
}

/// A machine of an Auto Scaling group.
public struct AWSGroupInstance: Sendable, Hashable {
  /// `i-0123456789abcdef0`.
  public var id: String
  public var zone: String
  /// Whether its lifecycle state is `Terminated` or one of `Terminating*`.
  public var isTerminating: Bool

  public init(id: String, zone: String, isTerminating: Bool = false) {
    self.id = id
    self.zone = zone
    self.isTerminating = isTerminating
  }

  /// What the node made of it carries: `aws:///us-east-1a/i-0123456789abcdef0`.
  public var providerID: String { "aws:///\(zone)/\(id)" }
}

/// What `DescribeScalingActivities` tells of one activity of a group.
public struct AWSScalingActivity: Sendable, Hashable {
  public var start: SimulationTime
  public var hasFailed: Bool

  public init(start: SimulationTime, hasFailed: Bool) {
    self.start = start
    self.hasFailed = hasFailed
  }
}

/// What an instance type has, in full.
public struct AWSMachineType: Sendable, Hashable {
  public var name: String
  public var vCPUs: Int64
  public var memoryMiB: Int64
  public var gpus: Int64
  /// `amd64` or `arm64`.
  public var architecture: String

  public init(
    name: String, vCPUs: Int64, memoryMiB: Int64, gpus: Int64 = 0, architecture: String = "amd64"
  ) {
    self.name = name
    self.vCPUs = vCPUs
    self.memoryMiB = memoryMiB
    self.gpus = gpus
    self.architecture = architecture
  }
}

/// A call of the Auto Scaling API that the autoscaler makes to change a group.
public enum AWSGroupCall: Sendable, Hashable {
  /// `SetDesiredCapacity` without `HonorCooldown`: an absolute number.
  case setDesiredCapacity(group: String, to: Int)
  /// `TerminateInstanceInAutoScalingGroup` with `ShouldDecrementDesiredCapacity`.
  case terminateInstance(group: String, id: String)
}
