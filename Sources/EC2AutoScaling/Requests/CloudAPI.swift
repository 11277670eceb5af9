public import AWSObjects
public import TimeUnits

/// The gate of the EC2 and Auto Scaling APIs: a token bucket for each category of calls.
///
/// ```swift
/// var api = CloudAPI(limits: limits)
/// try api.admit("SetDesiredCapacity", at: now)  // throws Throttling: Rate exceeded
/// ```
///
/// A category without a limit admits everything. Reads that the service makes for itself do not
/// pass here.
public struct CloudAPI: Sendable, Hashable {
  private var buckets: [APICategory: TokenBucket] = [:]

  public init(limits: [APIRateLimit] = []) {
    for limit in limits {
      buckets[limit.category] = TokenBucket(
        capacity: limit.capacity, refillPerSecond: limit.refillPerSecond)
    }
  }

  /// Lets a call through, or refuses it in the service's words.
  public mutating func admit(_ action: String, at now: SimulationTime) throws(AWSError) {
    let category = APICategory.of(action)
    guard buckets[category] != nil else { return }
    guard buckets[category]!.take(at: now) else {
      throw AWSError(
        action,
        category == .ec2Describe || category == .ec2Mutating
          ? .requestLimitExceeded : .throttling)
    }
  }
}
