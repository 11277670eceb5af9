public import TimeUnits

/// A request rate limit: a bucket of tokens that fills again at a steady rate.
///
/// Follows the EC2 API developer guide, `ec2-api-throttling`: every request takes a token; a
/// request without one is refused; tokens beyond the bucket's size are lost.
public struct TokenBucket: Sendable, Hashable {
  /// In tokens.
  public let capacity: Double
  public let refillPerSecond: Double
  private var tokens: Double
  private var updatedAt = SimulationTime.zero

  /// A full bucket.
  public init(capacity: Double, refillPerSecond: Double) {
    precondition(capacity >= 1 && refillPerSecond >= 0)
    self.capacity = capacity
    self.refillPerSecond = refillPerSecond
    tokens = capacity
  }

  /// The tokens at a time, fractions included.
  public func available(at now: SimulationTime) -> Double {
    let elapsed = max(0, (now - updatedAt).secondsValue)
    return min(capacity, tokens + elapsed * refillPerSecond)
  }

  /// Takes one token; false, and nothing taken, if there is none.
  public mutating func take(at now: SimulationTime) -> Bool {
    tokens = available(at: now)
    updatedAt = max(updatedAt, now)
    guard tokens >= 1 else { return false }
    tokens -= 1
    return true
  }
}
