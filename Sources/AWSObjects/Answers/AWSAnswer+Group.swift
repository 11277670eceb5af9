extension AWSAnswer {
  /// One element of `AutoScalingGroups` (EC2 Auto Scaling API 2011-01-01, `AutoScalingGroup`).
  public struct Group: Sendable {
    public var name: String
    public var minSize: Int
    public var maxSize: Int
    public var desiredCapacity: Int
    public var zones: [AvailabilityZone]
    /// Nil where nothing names one.
    public var launchSource: LaunchSource?
    public var mixedInstances: MixedInstances?
    public var instances: [GroupInstance] = []
    /// By their API names; `RemoveFromLoadBalancerLowPriority` is one of old.
    public var suspendedProcesses: [String] = []
    public var terminationPolicies: [String] = ["Default"]
    public var newInstancesProtected = false
    /// `EC2` alone, or with others after a comma.
    public var healthCheckTypes: [AutoScalingGroup.HealthCheckType] = [.ec2]
    /// Seconds.
    public var healthCheckGracePeriod: Int64 = 0
    /// Seconds.
    public var defaultCooldown: Int64 = 300
    public var capacityRebalance = false
    /// Seconds; nil is the grace period.
    public var defaultInstanceWarmup: Int64?
    /// Seconds; nil is without end.
    public var maxInstanceLifetime: Int64?
    public var warmPool: WarmPoolConfiguration?
    public var subnets: [String] = []
    public var tags: [Tag] = []
    /// `Delete in progress`, and nil otherwise.
    public var status: String?
    /// Where the group stands in its file, counted from 1.
    public var line: Int
    public var column: Int
    /// The group's path in its file, such as `AutoScalingGroups[0]`.
    public var path: String
  }

  /// `MixedInstancesPolicy`: several types, on demand and spot.
  public struct MixedInstances: Sendable, Hashable {
    /// In the order of preference; empty where the template's own type is meant.
    public var instanceTypes: [String] = []
    /// The default is 0.
    public var onDemandBaseCapacity: Int = 0
    /// The default is 100.
    public var onDemandPercentageAboveBaseCapacity: Int = 100
    /// The default is `prioritized`.
    public var onDemandAllocationStrategy: String = "prioritized"
    /// The default is `lowest-price`.
    public var spotAllocationStrategy: String = "lowest-price"
    /// Over how many pools of a zone `lowest-price` spreads. The default is 2.
    public var spotInstancePools: Int = 2
    /// US dollars an hour; nil is the on-demand price.
    public var spotMaxPrice: Double?
    /// Whether types are named by what they must have instead of by name.
    public var hasRequirements = false
    /// Whether an instance of some type counts more than one.
    public var hasWeights = false
  }

  /// `WarmPoolConfiguration`.
  public struct WarmPoolConfiguration: Sendable, Hashable {
    public var minSize: Int = 0
    public var maxGroupPreparedCapacity: Int?
    /// `Stopped`, `Running` or `Hibernated`.
    public var poolState: String = "Stopped"
    /// The default is false.
    public var reuseOnScaleIn = false
  }

  /// Where an instance is in its group, in the API's words.
  public enum LifecycleState: String, Sendable, Hashable, CaseIterable {
    case pending = "Pending"
    case pendingWait = "Pending:Wait"
    case pendingProceed = "Pending:Proceed"
    case quarantined = "Quarantined"
    case inService = "InService"
    case terminating = "Terminating"
    case terminatingWait = "Terminating:Wait"
    case terminatingProceed = "Terminating:Proceed"
    case terminatingRetained = "Terminating:Retained"
    case terminated = "Terminated"
    case detaching = "Detaching"
    case detached = "Detached"
    case enteringStandby = "EnteringStandby"
    case standby = "Standby"
    case replacingRootVolume = "ReplacingRootVolume"
    case warmedPending = "Warmed:Pending"
    case warmedPendingWait = "Warmed:Pending:Wait"
    case warmedPendingProceed = "Warmed:Pending:Proceed"
    case warmedPendingRetained = "Warmed:Pending:Retained"
    case warmedTerminating = "Warmed:Terminating"
    case warmedTerminatingWait = "Warmed:Terminating:Wait"
    case warmedTerminatingProceed = "Warmed:Terminating:Proceed"
    case warmedTerminatingRetained = "Warmed:Terminating:Retained"
    case warmedTerminated = "Warmed:Terminated"
    case warmedStopped = "Warmed:Stopped"
    case warmedRunning = "Warmed:Running"
    case warmedHibernated = "Warmed:Hibernated"
  }

  /// An instance as its group knows it.
  public struct GroupInstance: Sendable, Hashable {
    public var id: String
    /// Nil in answers of before 2019, which do not say it.
    public var instanceType: String?
    public var zone: AvailabilityZone
    public var lifecycleState: LifecycleState
    public var isHealthy: Bool
    public var isProtectedFromScaleIn: Bool
    public var launchSource: LaunchSource?
    /// Only `describe-auto-scaling-instances` says it.
    public var groupName: String?
  }
}
