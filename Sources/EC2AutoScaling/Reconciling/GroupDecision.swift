public import AWSObjects
public import TimeUnits

/// What a group does next to bring its actual capacity to the desired one, and why.
public struct GroupDecision: Sendable, Hashable {
  /// An unhealthy instance to take out of service.
  public struct Replacement: Sendable, Hashable {
    public var instance: InstanceID
    public var reason: UnhealthyReason

    public init(instance: InstanceID, reason: UnhealthyReason) {
      self.instance = instance
      self.reason = reason
    }
  }

  /// An instance to take out because there are too many.
  public struct Termination: Sendable, Hashable {
    public var instance: InstanceID
    /// All that could have been taken as well, this one included, in the order of joining.
    public var equallyGood: [InstanceID]
    /// What narrowed the choice, in order: `AvailabilityZone us-east-1a`, `OldestInstance`.
    public var narrowedBy: [String]
    /// Whether it goes back to the warm pool instead of being terminated.
    public var returnsToWarmPool: Bool

    public init(
      instance: InstanceID, equallyGood: [InstanceID], narrowedBy: [String],
      returnsToWarmPool: Bool = false
    ) {
      self.instance = instance
      self.equallyGood = equallyGood
      self.narrowedBy = narrowedBy
      self.returnsToWarmPool = returnsToWarmPool
    }
  }

  /// An instance to launch.
  public struct Launch: Sendable, Hashable {
    public enum Purpose: Sendable, Hashable {
      /// Desired is above actual.
      case capacity
      /// It stands in for an unhealthy one.
      case replacement
      /// It is beyond desired, so that the zones become even.
      case zoneBalance
    }

    public var pool: CapacityPool
    /// All zones that could have been taken as well, this one included, in the group's order.
    public var equallyGood: [AvailabilityZone]
    /// All types that could have been taken as well in that zone, this one included.
    public var equallyGoodTypes: [String]
    public var purpose: Purpose

    public init(
      pool: CapacityPool, equallyGood: [AvailabilityZone], equallyGoodTypes: [String],
      purpose: Purpose
    ) {
      self.pool = pool
      self.equallyGood = equallyGood
      self.equallyGoodTypes = equallyGoodTypes
      self.purpose = purpose
    }

    public var zone: AvailabilityZone { pool.zone }

    public var replacesUnhealthy: Bool { purpose == .replacement }
  }

  /// Why something that is due is not done.
  public enum Withheld: Sendable, Hashable {
    case suspended(AutoScalingGroup.Process)
    /// So many instances too many, but all of the rest are protected from scale-in.
    case protectedFromScaleIn(surplus: Int)
    /// So many are unhealthy, but only a part of the group is replaced at a time.
    case replacementWave(waiting: Int)
    /// EC2 has refused every pool; the first is tried again at this time.
    case launchesRefused(until: SimulationTime)
  }

  public var group: String
  /// Instances that count (Pending or InService) before anything is done.
  public var actualCapacity: Int
  public var desiredCapacity: Int
  public var replacements: [Replacement] = []
  public var terminations: [Termination] = []
  public var launches: [Launch] = []
  /// Taken from the warm pool instead of being launched.
  public var warmStarts: [InstanceID] = []
  /// Whether AWS suspends Launch, since nothing could be launched for a day.
  public var suspendsLaunch = false
  public var withheld: [Withheld] = []

  /// Whether there is nothing to do.
  public var isEmpty: Bool {
    replacements.isEmpty && terminations.isEmpty && launches.isEmpty && warmStarts.isEmpty
      && !suspendsLaunch
  }
}

extension GroupDecision {
  /// The decision in two parts, for launches that come a little after what they replace.
  ///
  /// The second may be carried out late: a launch that is no longer needed is then passed over.
  public var parts: (takeOut: GroupDecision, launch: GroupDecision) {
    var takeOut = self
    takeOut.launches = []
    takeOut.warmStarts = []
    var launch = self
    launch.actualCapacity -= replacements.count + terminations.count
    launch.replacements = []
    launch.terminations = []
    launch.withheld = []
    return (takeOut, launch)
  }
}

/// Why an instance is unhealthy.
public enum UnhealthyReason: Sendable, Hashable {
  /// Its EC2 state is neither pending nor running.
  case notRunning(InstanceState)
  /// `SetInstanceHealth` said so.
  case markedUnhealthy
  /// Its status checks have failed for longer than is tolerated.
  case statusChecksFailed
  /// Its load balancer says so.
  case loadBalancer
  /// EC2 will take it back soon, and its replacement is in service.
  case interruptionNoticed
}
