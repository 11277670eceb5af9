public import TimeUnits

/// An EC2 Auto Scaling group as its API describes it.
public struct AutoScalingGroup: Sendable, Hashable {
  /// Who says that an instance is ill.
  public enum HealthCheckType: String, Sendable, Hashable, CaseIterable {
    case ec2 = "EC2"
    case elb = "ELB"
  }

  /// What can be switched off (`SuspendProcesses`).
  public enum Process: String, Sendable, Hashable, CaseIterable {
    case launch = "Launch"
    case terminate = "Terminate"
    case addToLoadBalancer = "AddToLoadBalancer"
    case alarmNotification = "AlarmNotification"
    case azRebalance = "AZRebalance"
    case healthCheck = "HealthCheck"
    case instanceRefresh = "InstanceRefresh"
    case replaceUnhealthy = "ReplaceUnhealthy"
    case scheduledActions = "ScheduledActions"
  }

  public var name: String
  public var instanceType: String
  public var launchSource: LaunchSource
  /// In the order the person gave them; at least one.
  public var zones: [AvailabilityZone]
  public var minSize: Int
  public var desiredCapacity: Int
  public var maxSize: Int
  public var healthCheckType: HealthCheckType = .ec2
  /// The API's default is 0 s, the console's 300 s. It does not shield an instance that is no
  /// longer running.
  public var healthCheckGracePeriod: Duration = .zero
  /// The default is 300 s; only simple scaling policies heed it.
  public var defaultCooldown: Duration = .seconds(300)
  /// Tried in turn by their API names. The default is `Default`.
  public var terminationPolicies: [String] = ["Default"]
  public var suspendedProcesses: Set<Process> = []
  /// Whether new instances are protected from scale-in. The default is false.
  public var newInstancesProtected = false
  /// In the order they joined; terminated ones have left.
  public var members: [GroupMember] = []

  public init(
    name: String, instanceType: String,
    launchSource: LaunchSource = LaunchSource(kind: .template, generation: 1),
    zones: [AvailabilityZone], minSize: Int, desiredCapacity: Int, maxSize: Int
  ) {
    self.name = name
    self.instanceType = instanceType
    self.launchSource = launchSource
    self.zones = zones
    self.minSize = minSize
    self.desiredCapacity = desiredCapacity
    self.maxSize = maxSize
  }

  public func suspends(_ process: Process) -> Bool { suspendedProcesses.contains(process) }
}

/// What an instance was launched from; older ones go first when a group shrinks.
public struct LaunchSource: Sendable, Hashable, Comparable {
  /// Launch configurations are the older kind and go before templates.
  public enum Kind: Int, Sendable, Hashable {
    case configuration = 0
    case template = 1
  }

  public var kind: Kind
  /// The order of creation of a configuration, or a template's version number.
  public var generation: Int

  public init(kind: Kind, generation: Int) {
    self.kind = kind
    self.generation = generation
  }

  public static func < (a: LaunchSource, b: LaunchSource) -> Bool {
    (a.kind.rawValue, a.generation) < (b.kind.rawValue, b.generation)
  }
}

/// Where an instance is in its group (Auto Scaling user guide, life-cycle page).
public enum LifecycleState: String, Sendable, Hashable, CaseIterable {
  case pending = "Pending"
  case inService = "InService"
  case terminating = "Terminating"
  case terminated = "Terminated"

  /// Whether it counts towards the group's actual capacity.
  public var counts: Bool { self == .pending || self == .inService }
}

/// An instance's place in its group.
public struct GroupMember: Sendable, Hashable {
  public var instance: InstanceID
  public var zone: AvailabilityZone
  public var lifecycle: LifecycleState
  public var launchSource: LaunchSource
  /// Set by `SetInstanceHealth`, or by a health check that failed for long enough.
  public var isMarkedUnhealthy = false
  public var isProtectedFromScaleIn = false
  /// When it came into service; nil before.
  public var inServiceSince: SimulationTime?

  public init(
    instance: InstanceID, zone: AvailabilityZone, lifecycle: LifecycleState = .pending,
    launchSource: LaunchSource = LaunchSource(kind: .template, generation: 1)
  ) {
    self.instance = instance
    self.zone = zone
    self.lifecycle = lifecycle
    self.launchSource = launchSource
  }
}
