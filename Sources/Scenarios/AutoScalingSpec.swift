public import AWSObjects
import TimeUnits

/// The settings of an Auto Scaling group beyond its sizes; what is nil is the API's default.
public struct AutoScalingSpec: Sendable, Hashable {
  /// The default is 300 s.
  public var cooldown: Duration?
  /// The default is `[Default]`.
  public var terminationPolicies: [String]?
  public var suspendedProcesses: [AutoScalingGroup.Process] = []
  /// Whether its instances are protected from scale-in. The default is false.
  public var protectedFromScaleIn = false
  /// The default is EC2.
  public var healthCheckType: AutoScalingGroup.HealthCheckType?
  /// The default is 0 s.
  public var healthCheckGracePeriod: Duration?
  public var instanceWarmup: Duration?
  /// CloudWatch's period is 60 s with it, 300 s (the default) without.
  public var detailedMonitoring = false
  public var lifecycleHooks: [LifecycleHookSpec] = []
  public var warmPool: WarmPool?
  public var mixedInstances: MixedInstancesPolicy?
  /// Whether a spot instance that EC2 will take is replaced ahead. The default is false.
  public var capacityRebalance = false
  public var policies: [ScalingPolicy] = []
  public var scheduledActions: [ScheduledAction] = []
  public var tags: [ResourceTag] = []

  public init() {}

  /// Gives a group these settings.
  public func configure(_ group: inout AutoScalingGroup) {
    if let cooldown { group.defaultCooldown = cooldown }
    if let terminationPolicies { group.terminationPolicies = terminationPolicies }
    group.suspendedProcesses = Set(suspendedProcesses)
    group.newInstancesProtected = protectedFromScaleIn
    if let healthCheckType { group.healthCheckType = healthCheckType }
    if let healthCheckGracePeriod { group.healthCheckGracePeriod = healthCheckGracePeriod }
    group.defaultInstanceWarmup = instanceWarmup
    if detailedMonitoring { group.metricPeriod = .seconds(60) }
    group.lifecycleHooks = lifecycleHooks.map(\.hook)
    group.warmPool = warmPool
    group.mixedInstancesPolicy = mixedInstances
    group.capacityRebalance = capacityRebalance
    group.scalingPolicies = policies
    group.scheduledActions = scheduledActions
    group.tags = tags
  }
}

/// A lifecycle hook, and what answers it.
public struct LifecycleHookSpec: Sendable, Hashable {
  public var hook: LifecycleHook
  /// How long what it calls takes to complete the action; nil is nobody, who never answers.
  public var completedAfter: DelayLaw?
  /// What it answers. The default is `CONTINUE`.
  public var result: LifecycleHook.Result

  public init(
    hook: LifecycleHook, completedAfter: DelayLaw? = nil,
    result: LifecycleHook.Result = .proceed
  ) {
    self.hook = hook
    self.completedAfter = completedAfter
    self.result = result
  }
}

/// The spot market of a run.
public struct SpotSpec: Sendable, Hashable {
  /// Of each spot instance, without memory; the default is 0.
  ///
  /// Source for other values: 7e-5 for a monthly frequency of 5 %, 3e-4 for 20 % (-ln(1-p)/720, of
  /// the spot advisor's buckets, 2025-07-28); 0.1 to 1.4 in the stress of skypilot-org/spot-traces.
  public var interruptionsPerHour: Double = 0
  /// The part of the on-demand price that is saved. The default is 0.65.
  ///
  /// Source: mean of us-east-1 in the spot advisor's snapshot of 2025-07-28, assumed elsewhere.
  public var discount: Double = 0.65
  /// Pools with a price or a depth of their own.
  public var pools: [Pool] = []

  public struct Pool: Sendable, Hashable {
    public var instanceType: String
    /// Empty is every zone.
    public var zones: [AvailabilityZone] = []
    /// US dollars an hour; nil is the on-demand price less the discount.
    public var price: Double?
    /// How much spare capacity there is, in any unit that compares. The default is 1.
    public var depth: Double = 1

    public init(instanceType: String) { self.instanceType = instanceType }
  }

  public init() {}
}
