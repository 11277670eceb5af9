/// The names of the termination policies (`DescribeTerminationPolicyTypes`); beside them the ARN of
/// a Lambda function may stand.
public enum TerminationPolicyType: String, Sendable, Hashable, CaseIterable {
  case `default` = "Default"
  case oldestInstance = "OldestInstance"
  case newestInstance = "NewestInstance"
  case oldestLaunchConfiguration = "OldestLaunchConfiguration"
  case oldestLaunchTemplate = "OldestLaunchTemplate"
  case closestToNextInstanceHour = "ClosestToNextInstanceHour"
  case allocationStrategy = "AllocationStrategy"

  /// What a Lambda function's ARN begins with.
  public static let lambdaPrefix = "arn:aws:lambda:"
}
