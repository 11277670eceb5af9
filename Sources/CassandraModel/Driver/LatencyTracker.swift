import Glibc

/// A driver's running averages of its hosts' latencies, as `LatencyAwarePolicy` of the DataStax
/// Java driver 3.5.1 keeps them.
public struct LatencyTracker: Sendable {
  @usableFromInline
  struct Score: Sendable {
    /// Negative before there is one.
    @usableFromInline var average: Int64 = -1
    @usableFromInline var updated: Int64 = 0
    @usableFromInline var count: Int64 = 0
  }

  public let options: LatencyAwareOptions
  @usableFromInline var scores: ContiguousArray<Score>
  /// The best average at the last update; negative before there is one.
  @usableFromInline var best: Int64 = -1
  @usableFromInline var nextUpdate: Int64
  @usableFromInline let firstCounted: Int64
  @usableFromInline let scale: Double

  public init(nodes: Int, _ options: LatencyAwareOptions = LatencyAwareOptions()) {
    self.options = options
    scores = ContiguousArray(repeating: Score(), count: nodes)
    nextUpdate = options.updateRate
    firstCounted = options.minimumMeasurements * 30 / 100
    scale = Double(options.scale)
  }

  /// Takes up the latency of an answer, in nanoseconds. Two answers at one instant count as one.
  ///
  /// - Complexity: O(1); every `updateRate` O(nodes).
  @inlinable
  public mutating func record(_ latency: Int64, of node: NodeID, at instant: Int64) {
    if instant >= nextUpdate { update(at: instant) }
    let index = Int(node.index)
    var score = scores[index]
    let delay = instant - score.updated
    if score.count + 1 < firstCounted || score.average < 0 {
      score.average = score.count + 1 < firstCounted ? -1 : latency
    } else if delay > 0 {
      let old = Self.oldWeight(Double(delay) / scale)
      score.average = Int64((1 - old) * Double(latency) + old * Double(score.average))
    } else {
      return
    }
    score.count += 1
    score.updated = instant
    scores[index] = score
  }

  /// ln(1 + d)/d, the weight of the old average; for small d its series, within 1e-8.
  @inlinable
  static func oldWeight(_ delay: Double) -> Double {
    if delay < 0.01 { return 1 - delay * (0.5 - delay * (1.0 / 3 - delay * 0.25)) }
    return logarithm(delay) / delay
  }

  @usableFromInline
  static func logarithm(_ delay: Double) -> Double { log1p(delay) }

  /// Whether a node is to be tried only when no better one is left.
  ///
  /// - Complexity: O(1); every `updateRate` O(nodes).
  @inlinable
  public mutating func isExcluded(_ node: NodeID, at instant: Int64) -> Bool {
    if instant >= nextUpdate { update(at: instant) }
    if best < 0 { return false }
    let score = scores[Int(node.index)]
    return score.count >= options.minimumMeasurements
      && instant - score.updated <= options.retryPeriod
      && score.average > Int64(options.exclusionThreshold * Double(best))
  }

  /// Looks up the best average; the driver does so every `updateRate`.
  @usableFromInline
  mutating func update(at instant: Int64) {
    nextUpdate = (instant / options.updateRate + 1) * options.updateRate
    var least = Int64.max
    for score in scores
    where score.average >= 0 && score.count >= options.minimumMeasurements
      && instant - score.updated <= options.retryPeriod
    {
      least = min(least, score.average)
    }
    if least != .max { best = least }
  }

  /// Forgets a node that went down.
  public mutating func reset(_ node: NodeID) { scores[Int(node.index)] = Score() }

  /// A node's average in nanoseconds; nil before it has one.
  public func average(of node: NodeID) -> Int64? {
    let average = scores[Int(node.index)].average
    return average < 0 ? nil : average
  }
}
