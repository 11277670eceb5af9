/// How often values of each size came, in buckets that grow with the value: for quantiles of
/// latencies, in whole nanoseconds or any other integer unit.
///
/// Values up to 2^`precisionBits` have a bucket each; above, every power of two is divided into
/// 2^(`precisionBits` − 1) equal buckets, so a reported value is at most a factor of
/// 1 + 2^(1 − `precisionBits`) above the true one. (The layout of G. Tene's HdrHistogram.)
public struct Histogram: Hashable, Sendable {
  public let precisionBits: Int
  private var counts: [UInt64] = []
  public private(set) var count: UInt64 = 0
  /// The least value; nil before the first.
  public private(set) var minimum: Int64?
  /// The greatest value; nil before the first.
  public private(set) var maximum: Int64?

  /// The default of 8 bits means an error of less than 0.8 %, in at most 58 KiB.
  public init(precisionBits: Int = 8) {
    precondition((2...16).contains(precisionBits), "precision bits lie in 2...16")
    self.precisionBits = precisionBits
  }

  /// Counts a value; a negative one counts as 0.
  ///
  /// - Complexity: O(1), except where a value greater than all before needs new buckets.
  public mutating func add(_ value: Int64, times: UInt64 = 1) {
    guard times > 0 else { return }
    let value = max(value, 0)
    let bucket = bucket(of: value)
    if bucket >= counts.count {
      counts.append(contentsOf: repeatElement(0, count: bucket + 1 - counts.count))
    }
    counts[bucket] += times
    count += times
    minimum = min(minimum ?? value, value)
    maximum = max(maximum ?? value, value)
  }

  /// Adds all that another collected, which must have the same precision.
  public mutating func merge(_ other: Histogram) {
    precondition(precisionBits == other.precisionBits, "histograms of different precision")
    if other.counts.count > counts.count {
      counts.append(contentsOf: repeatElement(0, count: other.counts.count - counts.count))
    }
    for (bucket, times) in other.counts.enumerated() { counts[bucket] += times }
    count += other.count
    if let least = other.minimum { minimum = min(minimum ?? least, least) }
    if let greatest = other.maximum { maximum = max(maximum ?? greatest, greatest) }
  }

  /// The greatest value of the bucket that holds the value of rank ⌈probability · count⌉, but no
  /// more than the greatest value seen; nil before the first value.
  ///
  /// - Complexity: O(number of buckets).
  public func quantile(_ probability: Double) -> Int64? {
    precondition(probability >= 0 && probability <= 1, "a probability lies in 0...1")
    guard let minimum, let maximum else { return nil }
    let rank = max((probability * Double(count)).rounded(.up), 1)
    if rank <= 1 { return minimum }
    var seen: UInt64 = 0
    for (bucket, times) in counts.enumerated() {
      seen += times
      if Double(seen) >= rank { return min(upperBound(of: bucket), maximum) }
    }
    return maximum
  }

  /// The share of values that are at most `value`, to the precision of a bucket; nil before the
  /// first value.
  public func share(upTo value: Int64) -> Double? {
    guard count > 0 else { return nil }
    guard value >= 0 else { return 0 }
    let last = min(bucket(of: value), counts.count - 1)
    return Double(counts[0...last].reduce(0, +)) / Double(count)
  }

  private func bucket(of value: Int64) -> Int {
    let bits = Int64.bitWidth - value.leadingZeroBitCount
    guard bits > precisionBits else { return Int(value) }
    let shift = bits - precisionBits
    let half = 1 << (precisionBits - 1)
    return Int(value >> Int64(shift)) + shift * half
  }

  private func upperBound(of bucket: Int) -> Int64 {
    guard bucket >= 1 << precisionBits else { return Int64(bucket) }
    let half = 1 << (precisionBits - 1)
    let shift = bucket / half - 1
    let top = Int64(bucket - shift * half)
    // Wraps to the greatest Int64 in the last bucket of all.
    return ((top + 1) << Int64(shift)) &- 1
  }
}
