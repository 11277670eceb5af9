public import AWSObjects

/// The part of the AWS command line that matters for scaling.
public enum AWSCommand: Sendable, Hashable {
  case stopInstances([InstanceReference], force: Bool)
  case startInstances([InstanceReference])
  case terminateInstances([InstanceReference])
  case describeInstances([InstanceReference])
  case updateAutoScalingGroup(UpdateAutoScalingGroup)
  case setDesiredCapacity(group: String, desired: Int, honorCooldown: Bool)
  case terminateInstanceInAutoScalingGroup(InstanceReference, decrementDesired: Bool)
  /// No names are all groups.
  case describeAutoScalingGroups(names: [String])
  case describeScalingActivities(group: String?, maxItems: Int?)
  case suspendProcesses(group: String, [AutoScalingGroup.Process])
  case resumeProcesses(group: String, [AutoScalingGroup.Process])
  case setInstanceHealth(InstanceReference, healthy: Bool, respectGracePeriod: Bool)
  case setInstanceProtection(group: String, [InstanceReference], protected: Bool)
  case enterStandby(group: String, [InstanceReference], decrementDesired: Bool)
  case exitStandby(group: String, [InstanceReference])
  case detachInstances(group: String, [InstanceReference], decrementDesired: Bool)
  case completeLifecycleAction(
    group: String, hook: String, InstanceReference, LifecycleHook.Result)
  case recordLifecycleActionHeartbeat(group: String, hook: String, InstanceReference)
  case putTargetTracking(group: String, name: String, target: Double, disableScaleIn: Bool)
  case deletePolicy(group: String, name: String)

  /// What `update-auto-scaling-group` changes; what is nil stays.
  public struct UpdateAutoScalingGroup: Sendable, Hashable {
    public var group: String
    public var minSize: Int?
    public var maxSize: Int?
    public var desiredCapacity: Int?

    public init(
      group: String, minSize: Int? = nil, maxSize: Int? = nil, desiredCapacity: Int? = nil
    ) {
      self.group = group
      self.minSize = minSize
      self.maxSize = maxSize
      self.desiredCapacity = desiredCapacity
    }
  }

  /// The instances the command names, in order.
  public var instances: [InstanceReference] {
    switch self {
    case .stopInstances(let instances, _): instances
    case .startInstances(let instances), .terminateInstances(let instances),
      .describeInstances(let instances):
      instances
    case .terminateInstanceInAutoScalingGroup(let instance, _),
      .setInstanceHealth(let instance, _, _), .completeLifecycleAction(_, _, let instance, _),
      .recordLifecycleActionHeartbeat(_, _, let instance):
      [instance]
    case .setInstanceProtection(_, let instances, _), .enterStandby(_, let instances, _),
      .exitStandby(_, let instances), .detachInstances(_, let instances, _):
      instances
    case .updateAutoScalingGroup, .setDesiredCapacity, .describeAutoScalingGroups,
      .describeScalingActivities, .suspendProcesses, .resumeProcesses, .putTargetTracking,
      .deletePolicy:
      []
    }
  }

  /// Whether it only looks.
  public var isRead: Bool {
    switch self {
    case .describeInstances, .describeAutoScalingGroups, .describeScalingActivities: true
    default: false
    }
  }

  /// The API's action of a command that only looks.
  public var action: String {
    switch self {
    case .describeInstances: "DescribeInstances"
    case .describeScalingActivities: "DescribeScalingActivities"
    default: "DescribeAutoScalingGroups"
    }
  }
}

/// An instance by id, or the instances of a node group at the time the command runs.
public enum InstanceReference: Sendable, Hashable {
  /// Such as `i-0123456789abcdef0`.
  case id(String)
  /// `$(instances GROUP)`: the group's members in the order they joined; with `| head -n N` only
  /// the first N.
  case group(String, first: Int?)
}
