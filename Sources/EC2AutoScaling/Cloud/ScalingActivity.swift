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
    case successful = "Successful"
    case failed = "Failed"
    case cancelled = "Cancelled"
  }

  public var id: ID
  public var group: String
  public var kind: Kind
  public var instance: InstanceID
  public var zone: AvailabilityZone
  /// Why, in the service's sentences.
  public var cause: String
  public var startTime: SimulationTime
  /// Nil while it is in progress.
  public var endTime: SimulationTime?
  public var status: Status = .inProgress

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

  /// `Launching a new EC2 instance: i-…` or `Terminating EC2 instance: i-…`.
  public var description: String {
    switch kind {
    case .launch: "Launching a new EC2 instance: \(instance)"
    case .terminate: "Terminating EC2 instance: \(instance)"
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
  case replacesUnhealthy
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
