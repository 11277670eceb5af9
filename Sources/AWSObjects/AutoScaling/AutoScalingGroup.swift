import TimeUnits

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
  /// In the order they were given; the cluster autoscaler reads node templates from them.
  public var tags: [ResourceTag] = []
  /// Nil is a group of one instance type, on demand.
  public var mixedInstancesPolicy: MixedInstancesPolicy?
  /// Whether a spot instance that may soon be interrupted is replaced ahead of it. The default is
  /// false.
  public var capacityRebalance = false
  public var lifecycleHooks: [LifecycleHook] = []
  public var warmPool: WarmPool?
  public var scalingPolicies: [ScalingPolicy] = []
  public var scheduledActions: [ScheduledAction] = []
  /// How long a new instance is left out of the metrics; nil is not at all, and the API's default.
  public var defaultInstanceWarmup: Duration?
  /// CloudWatch's period for the instances: 60 s with detailed monitoring, 300 s (the default)
  /// with basic.
  public var metricPeriod: Duration = .seconds(300)
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

  /// The value of a tag, nil without it.
  public func tag(_ key: String) -> String? { tags.first { $0.key == key }?.value }

  /// The hooks of a transition, in the order of the group.
  public func hooks(_ transition: LifecycleHook.Transition) -> [LifecycleHook] {
    lifecycleHooks.filter { $0.transition == transition }
  }
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
