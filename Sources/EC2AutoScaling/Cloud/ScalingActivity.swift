public import AWSObjects
public import TimeUnits

/// What a group did, as `DescribeScalingActivities` tells it.
public struct ScalingActivity: Sendable, Hashable {
  /// The number of the activity in its cloud, from 0.
  public struct ID: Sendable, Hashable, BitwiseCopyable {
    public var number: UInt32

    public init(_ number: UInt32) { self.number = number }
  }

  public enum Kind: Sendable, Hashable {
    case launch, terminate
  }

  /// The API's `StatusCode`; those that our groups can have.
  public enum Status: String, Sendable, Hashable {
    case inProgress = "InProgress"
    case midLifecycleAction = "MidLifecycleAction"
    case successful = "Successful"
    case failed = "Failed"
    case cancelled = "Cancelled"

    /// Whether it has come to no end yet.
    public var isOpen: Bool { self == .inProgress || self == .midLifecycleAction }
  }

  /// Where a launched instance goes to or comes from.
  public enum Place: Sendable, Hashable {
    case group
    case intoWarmPool
    case fromWarmPool
  }

  public var id: ID
  public var group: String
  public var kind: Kind
  /// Nil for a launch that EC2 refused.
  public var instance: InstanceID?
  public var zone: AvailabilityZone
  /// Why, in the service's sentences.
  public var cause: String
  public var startTime: SimulationTime
  /// Nil while it is in progress.
  public var endTime: SimulationTime?
  public var status: Status = .inProgress
  /// Why it failed, in the service's words; nil otherwise.
  public var statusMessage: String?
  /// EC2's error code of a refused launch, such as `InsufficientInstanceCapacity`.
  public var errorCode: String?
  /// The default is the group itself.
  public var place = Place.group

  /// The longest `Cause` of the API (Auto Scaling API reference, `Activity`), in characters.
  static let longestCause = 1_023

  /// Sentences in a row, cut off where the API cuts them off.
  static func cause(_ sentences: some Sequence<String>) -> String {
    var text = ""
    for sentence in sentences {
      text += text.isEmpty ? sentence : "  " + sentence
      if text.utf8.count > longestCause { return String(text.prefix(longestCause)) }
    }
    return text
  }

  /// `Launching a new EC2 instance: i-…`, `Terminating EC2 instance: i-…`, or a failed launch with
  /// its `Status Reason`.
  public var description: String {
    let name = instance.map { ": \($0)" } ?? ""
    let reason = statusMessage.map { ".  Status Reason: \($0)" } ?? ""
    return switch (kind, place) {
    case (.launch, .group): "Launching a new EC2 instance" + name + reason
    case (.launch, .intoWarmPool): "Launching a new EC2 instance into warm pool" + name + reason
    case (.launch, .fromWarmPool): "Launching a new EC2 instance from warm pool" + name + reason
    case (.terminate, _): "Terminating EC2 instance" + name + reason
    }
  }
}

/// One sentence of an activity's `Cause`; the wordings are the service's own.
public enum ActivityCause: Sendable, Hashable {
  case groupCreated(from: Int, to: Int)
  case constraintsUpdated(min: Int, max: Int, desired: Int, from: Int, to: Int)
  case desiredCapacitySet(from: Int, to: Int)
  case capacityBelowDesired(from: Int, to: Int)
  case capacityAboveDesired(from: Int, to: Int)
  case selectedForTermination(InstanceID)
  case stoppedOrTerminated
  case markedUnhealthy
  case statusChecksFailed
  case loadBalancer
  case rebalanceRecommendation
  case replacesUnhealthy
  case zonesBalanced([AvailabilityZone])
  case lifecycleActionAbandoned
  case warmPool(from: Int, to: Int)
  case policy(String, from: Int, to: Int)
  case scheduledAction(String, min: Int, max: Int, desired: Int, from: Int, to: Int)
  case standby(InstanceID)
  case userTerminated(InstanceID, shrinking: Shrinking?)

  public struct Shrinking: Sendable, Hashable {
    public var from: Int
    public var to: Int

    public init(from: Int, to: Int) {
      self.from = from
      self.to = to
    }
  }

  /// The sentence with its time: `At 2018-10-15T08:30:00Z an instance was …`.
  public func sentence(at time: CalendarTime) -> String { "At \(time.rfc3339) \(words)." }

  private var words: String {
    switch self {
    case .groupCreated(let from, let to):
      "a user request created an AutoScalingGroup changing the desired capacity "
        + "from \(from) to \(to)"
    case .constraintsUpdated(let min, let max, let desired, let from, let to):
      "a user request update of AutoScalingGroup constraints to min: \(min), max: \(max), "
        + "desired: \(desired) changing the desired capacity from \(from) to \(to)"
    case .desiredCapacitySet(let from, let to):
      "a user request explicitly set group desired capacity changing the desired capacity "
        + "from \(from) to \(to)"
    case .capacityBelowDesired(let from, let to):
      "an instance was started in response to a difference between desired and actual capacity, "
        + "increasing the capacity from \(from) to \(to)"
    case .capacityAboveDesired(let from, let to):
      "an instance was taken out of service in response to a difference between desired and "
        + "actual capacity, shrinking the capacity from \(from) to \(to)"
    case .selectedForTermination(let id): "instance \(id) was selected for termination"
    case .stoppedOrTerminated:
      "an instance was taken out of service in response to an EC2 health check indicating "
        + "it has been terminated or stopped"
    case .markedUnhealthy:
      "an instance was taken out of service in response to a user health-check"
    case .statusChecksFailed:
      "an instance was taken out of service in response to an EC2 instance status checks failure"
    case .loadBalancer:
      "an instance was taken out of service in response to an ELB system health check failure"
    case .rebalanceRecommendation:
      "an instance was taken out of service in response to an EC2 instance rebalance recommendation"
    case .zonesBalanced(let zones):
      "instances were launched to balance instances in zones "
        + zones.map(\.name).joined(separator: " ")
        + " with other zones resulting in more than desired number of instances in the group"
    case .lifecycleActionAbandoned:
      "an instance was taken out of service because its lifecycle action was abandoned"
    case .warmPool(let from, let to):
      "a difference between desired and actual capacity of the warm pool, changing its size from "
        + "\(from) to \(to)"
    case .policy(let name, let from, let to):
      "a monitor alarm in state ALARM triggered policy \(name) changing the desired capacity "
        + "from \(from) to \(to)"
    case .scheduledAction(let name, let min, let max, let desired, let from, let to):
      "scheduled action \(name) updated the AutoScalingGroup constraints to min: \(min), "
        + "max: \(max), desired: \(desired) changing the desired capacity from \(from) to \(to)"
    case .standby(let id): "instance \(id) was moved to standby in response to a user request"
    case .replacesUnhealthy:
      "an instance was launched in response to an unhealthy instance needing to be replaced"
    case .userTerminated(let id, nil):
      "instance \(id) was taken out of service in response to a user request"
    case .userTerminated(let id, let shrinking?):
      "instance \(id) was taken out of service in response to a user request, "
        + "shrinking the capacity from \(shrinking.from) to \(shrinking.to)"
    }
  }
}
