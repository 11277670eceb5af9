/// Calls that share a bucket (EC2 API developer guide, `ec2-api-throttling`; the Auto Scaling API
/// publishes no figures).
public enum APICategory: String, Sendable, Hashable, CaseIterable {
  case autoScalingDescribe
  case autoScalingMutating
  case ec2Describe
  case ec2Mutating

  /// The category of an action such as `DescribeAutoScalingGroups`.
  public static func of(_ action: String) -> APICategory {
    let reads = action.hasPrefix("Describe") || action.hasPrefix("Get")
    let isEC2 = ec2Actions.contains(action)
    return switch (isEC2, reads) {
    case (true, true): .ec2Describe
    case (true, false): .ec2Mutating
    case (false, true): .autoScalingDescribe
    case (false, false): .autoScalingMutating
    }
  }

  private static let ec2Actions = [
    "DescribeInstances", "DescribeInstanceStatus", "DescribeInstanceTypes",
    "DescribeLaunchTemplateVersions", "RunInstances", "StartInstances", "StopInstances",
    "TerminateInstances",
  ]
}

/// A bucket's size in requests, and how many come back every second.
public struct APIRateLimit: Sendable, Hashable {
  public var category: APICategory
  public var capacity: Double
  public var refillPerSecond: Double

  public init(category: APICategory, capacity: Double, refillPerSecond: Double) {
    self.category = category
    self.capacity = capacity
    self.refillPerSecond = refillPerSecond
  }
}
