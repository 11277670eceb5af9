public import AWSObjects

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

    public init(instance: InstanceID, equallyGood: [InstanceID], narrowedBy: [String]) {
      self.instance = instance
      self.equallyGood = equallyGood
      self.narrowedBy = narrowedBy
    }
  }

  /// An instance to launch.
  public struct Launch: Sendable, Hashable {
    public var zone: AvailabilityZone
    /// All zones that could have been taken as well, this one included, in the group's order.
    public var equallyGood: [AvailabilityZone]
    /// Whether it stands in for an unhealthy one; otherwise desired is above actual.
    public var replacesUnhealthy: Bool

    public init(
      zone: AvailabilityZone, equallyGood: [AvailabilityZone], replacesUnhealthy: Bool
    ) {
      self.zone = zone
      self.equallyGood = equallyGood
      self.replacesUnhealthy = replacesUnhealthy
    }
  }

  /// Why something that is due is not done.
  public enum Withheld: Sendable, Hashable {
    case suspended(AutoScalingGroup.Process)
    /// So many instances too many, but all of the rest are protected from scale-in.
    case protectedFromScaleIn(surplus: Int)
  }

  public var group: String
  /// Instances that count (Pending or InService) before anything is done.
  public var actualCapacity: Int
  public var desiredCapacity: Int
  public var replacements: [Replacement] = []
  public var terminations: [Termination] = []
  public var launches: [Launch] = []
  public var withheld: [Withheld] = []

  /// Whether there is nothing to do.
  public var isEmpty: Bool { replacements.isEmpty && terminations.isEmpty && launches.isEmpty }
}

extension GroupDecision {
  /// The decision in two parts, for launches that come a little after what they replace.
  ///
  /// The second may be carried out late: a launch that is no longer needed is then passed over.
  public var parts: (takeOut: GroupDecision, launch: GroupDecision) {
    var takeOut = self
    takeOut.launches = []
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
}
