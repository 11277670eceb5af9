/// A refusal of the EC2 or Auto Scaling API: the fact, and the sentence the AWS CLI prints.
///
/// The wordings are the services' own, as quoted in public issues and logs.
public struct AWSError: Error, Sendable, Hashable {
  /// What is wrong.
  public enum Fact: Sendable, Hashable {
    case desiredAboveMax(desired: Int, max: Int)
    case desiredBelowMin(desired: Int, min: Int)
    case desiredOutsideBounds(desired: Int, min: Int, max: Int)
    case maxBelowMin(min: Int, max: Int)
    case negativeSize(name: String, value: Int)
    case noZones
    case unknownTerminationPolicy(String)
    case groupExists(String)
    case groupNotFound(String)
    case instanceNotManaged(String)
    case desiredEqualsMin(Int)
    case malformedInstanceID(String)
    case instancesNotFound([String])
    case cannotStop(String)
    case cannotStart(String)
    case throttling
    case requestLimitExceeded
    case scalingActivityInProgress(String)
    case noSuchLifecycleAction(instance: String, hook: String)
    case notInService(String)
    case notInStandby(String)
    case belowMin(min: Int)
    case defaultPolicyNotLast
    case lambdaPolicyNotFirst
    case unknownInstanceType(String)
    case policyNotFound(String)
    case warmPoolWithMixedInstances
    case invalidStepAdjustments(String)
  }

  /// The call that was refused, such as `SetDesiredCapacity`.
  public var operation: String
  public var fact: Fact

  public init(_ operation: String, _ fact: Fact) {
    self.operation = operation
    self.fact = fact
  }

  /// The service's error code.
  public var code: String {
    switch fact {
    case .groupExists: "AlreadyExists"
    case .malformedInstanceID: "InvalidInstanceID.Malformed"
    case .instancesNotFound: "InvalidInstanceID.NotFound"
    case .cannotStop, .cannotStart: "IncorrectInstanceState"
    case .throttling: "Throttling"
    case .requestLimitExceeded: "RequestLimitExceeded"
    case .scalingActivityInProgress: "ScalingActivityInProgress"
    default: "ValidationError"
    }
  }

  /// The service's sentence.
  public var message: String {
    switch fact {
    case .desiredAboveMax(let desired, let max):
      "New SetDesiredCapacity value \(desired) is above max value \(max) for the AutoScalingGroup."
    case .desiredBelowMin(let desired, let min):
      "New SetDesiredCapacity value \(desired) is below min value \(min) for the AutoScalingGroup."
    case .desiredOutsideBounds(let desired, let min, let max):
      "Desired capacity:\(desired) must be between the specified min size:\(min) "
        + "and max size:\(max)"
    case .maxBelowMin(let min, let max):
      "Max bound, \(max), must be greater than or equal to min bound, \(min)"
    case .negativeSize(let name, let value):
      "1 validation error detected: Value '\(value)' at '\(name)' failed to satisfy constraint: "
        + "Member must have value greater than or equal to 0"
    case .noZones: "At least one Availability Zone or VPC Subnet is required."
    case .unknownTerminationPolicy(let name): "Invalid termination policy: \(name)"
    case .groupExists(let name):
      "AutoScalingGroup by this name already exists - "
        + "A group with the name \(name) already exists"
    case .groupNotFound(let name):
      "AutoScalingGroup name not found - AutoScalingGroup \(name) not found"
    case .instanceNotManaged(let id):
      "Instance Id not found - No managed instance found for instance ID: \(id)"
    case .desiredEqualsMin(let min):
      "Currently, desiredSize equals minSize (\(min)). Terminating instance without replacement "
        + "will violate group's min size constraint. Either set shouldDecrementDesiredCapacity "
        + "flag to false or lower group's min size."
    case .malformedInstanceID(let id): "Invalid id: \"\(id)\""
    case .instancesNotFound(let ids):
      ids.count == 1
        ? "The instance ID '\(ids[0])' does not exist"
        : "The instance IDs '\(ids.joined(separator: ", "))' do not exist"
    case .cannotStop(let id):
      "This instance '\(id)' is not in a state from which it can be stopped."
    case .cannotStart(let id):
      "The instance '\(id)' is not in a state from which it can be started."
    case .throttling: "Rate exceeded"
    case .requestLimitExceeded: "Request limit exceeded."
    case .scalingActivityInProgress(let activity):
      "Scaling activity \(activity) is in progress and blocks this action."
    case .noSuchLifecycleAction(let instance, let hook):
      "No active Lifecycle Action found with instance ID \(instance) and lifecycle hook \(hook)"
    case .notInService(let id): "The instance \(id) is not in InService."
    case .notInStandby(let id): "The instance \(id) is not in Standby."
    case .belowMin(let min):
      "AutoScalingGroup's desired capacity would fall below its min size (\(min)). Lower its min "
        + "size first."
    case .defaultPolicyNotLast: "The termination policy Default must be the last of the list."
    case .lambdaPolicyNotFirst:
      "A Lambda function must be the first of the termination policies."
    case .unknownInstanceType(let name): "The instance type \(name) is not known here."
    case .policyNotFound(let name): "Scaling policy not found - policy \(name) not found"
    case .invalidStepAdjustments(let problem): problem
    case .warmPoolWithMixedInstances:
      "You cannot add a warm pool to an Auto Scaling group that has a mixed instances policy or "
        + "requests Spot Instances."
    }
  }
}

extension AWSError: CustomStringConvertible {
  /// What the AWS CLI prints on standard error before it exits with 254.
  public var description: String {
    "An error occurred (\(code)) when calling the \(operation) operation: \(message)"
  }
}
