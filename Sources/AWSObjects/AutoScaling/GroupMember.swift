public import TimeUnits

/// Where an instance is in its group (Auto Scaling user guide, life-cycle page).
public enum LifecycleState: String, Sendable, Hashable, CaseIterable {
  case pending = "Pending"
  case pendingWait = "Pending:Wait"
  case pendingProceed = "Pending:Proceed"
  case inService = "InService"
  case terminating = "Terminating"
  case terminatingWait = "Terminating:Wait"
  case terminatingProceed = "Terminating:Proceed"
  case terminated = "Terminated"
  case standby = "Standby"
  case detaching = "Detaching"
  case detached = "Detached"
  case warmedPending = "Warmed:Pending"
  case warmedStopped = "Warmed:Stopped"
  case warmedRunning = "Warmed:Running"
  case warmedHibernated = "Warmed:Hibernated"
  case warmedTerminating = "Warmed:Terminating"

  /// Whether it counts towards the group's actual capacity.
  public var counts: Bool { isPending || self == .inService }

  /// Whether it is on its way into service.
  public var isPending: Bool {
    self == .pending || self == .pendingWait || self == .pendingProceed
  }

  /// Whether it is on its way out.
  public var isTerminating: Bool {
    switch self {
    case .terminating, .terminatingWait, .terminatingProceed, .warmedTerminating: true
    default: false
    }
  }

  /// Whether it waits in the warm pool, or is on its way there.
  public var isWarmed: Bool {
    switch self {
    case .warmedPending, .warmedStopped, .warmedRunning, .warmedHibernated: true
    default: false
    }
  }

  /// Whether it can be taken from the warm pool.
  public var isReadyInWarmPool: Bool { isWarmed && self != .warmedPending }
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
  /// Since when its load balancer calls it unhealthy; nil if it does not.
  public var unhealthyInLoadBalancerSince: SimulationTime?
  /// Whether it came from the warm pool.
  public var isWarmStart = false
  /// The hooks it waits for.
  public var waits: [LifecycleWait] = []

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
