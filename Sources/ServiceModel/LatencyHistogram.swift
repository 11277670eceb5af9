/// How often latencies of each size came, for quantiles: whole nanoseconds, in buckets that grow
/// with the value.
///
/// Up to 255 ns every value has a bucket of its own; above, every power of two is divided into 128
/// equal ones, so a quantile is at most 1/128, 0.8 %, above the true one. (The layout of G. Tene's
/// HdrHistogram.) All memory is taken when it is made, so that counting costs the same always.
public struct LatencyHistogram: Hashable, Sendable {
  /// The last bucket takes all that is longer than the histogram was made for.
  private var counts: [UInt64]
  public private(set) var count: UInt64 = 0
  /// The least value in nanoseconds; nil before the first.
  public private(set) var minimum: Int64?
  /// The greatest value in nanoseconds; nil before the first.
  public private(set) var maximum: Int64?

  /// An empty histogram for latencies up to `longestSeconds`, by default an hour: then 36 KiB.
  public init(longestSeconds: Double = 3600) {
    precondition(
      longestSeconds > 0 && longestSeconds < 9e9, "the longest latency lies within 9e9 s")
    let longest = Int64((longestSeconds * 1e9).rounded(.up))
    counts = Array(repeating: 0, count: Self.bucket(of: longest) + 2)
  }

  /// Counts a latency in nanoseconds; a negative one counts as 0.
  ///
  /// - Complexity: O(1).
  public mutating func add(_ nanoseconds: Int64) {
    let value = max(nanoseconds, 0)
    counts[min(Self.bucket(of: value), counts.count - 1)] += 1
    count += 1
    sum &+= value
    minimum = min(minimum ?? value, value)
    maximum = max(maximum ?? value, value)
  }

  /// Adds all that another counted, which must have been made for the same longest latency.
  ///
  /// - Complexity: O(number of buckets).
  public mutating func merge(_ other: LatencyHistogram) {
    precondition(counts.count == other.counts.count, "histograms of different lengths")
    for bucket in counts.indices { counts[bucket] += other.counts[bucket] }
    count += other.count
    sum &+= other.sum
    if let least = other.minimum { minimum = min(minimum ?? least, least) }
    if let greatest = other.maximum { maximum = max(maximum ?? greatest, greatest) }
  }

  /// The sum of all values in nanoseconds, each at its true size.
  public private(set) var sum: Int64 = 0

  /// The mean in nanoseconds; 0 before the first value.
  public var mean: Double { count > 0 ? Double(sum) / Double(count) : 0 }

  /// What was counted since an earlier copy of this histogram was made; least and greatest are
  /// those of all.
  ///
  /// - Complexity: O(number of buckets).
  public func minus(_ earlier: LatencyHistogram) -> LatencyHistogram {
    precondition(counts.count == earlier.counts.count, "histograms of different lengths")
    var rest = self
    for bucket in counts.indices { rest.counts[bucket] -= earlier.counts[bucket] }
    rest.count -= earlier.count
    rest.sum &-= earlier.sum
    if rest.count == 0 { rest.minimum = nil }
    if rest.count == 0 { rest.maximum = nil }
    return rest
  }

  /// Forgets all, and keeps the memory.
  ///
  /// - Complexity: O(number of buckets).
  public mutating func reset() {
    for bucket in counts.indices { counts[bucket] = 0 }
    count = 0
    sum = 0
    minimum = nil
    maximum = nil
  }

  /// The greatest value of the bucket that holds the value of rank ⌈probability · count⌉, but no
  /// more than the greatest value seen, which also stands for all beyond the longest latency; nil
  /// before the first value.
  ///
  /// - Complexity: O(number of buckets).
  public func quantile(_ probability: Double) -> Int64? {
    precondition(probability >= 0 && probability <= 1, "a probability lies in 0...1")
    guard let minimum, let maximum else { return nil }
    let rank = max((probability * Double(count)).rounded(.up), 1)
    if rank <= 1 { return minimum }
    var seen: UInt64 = 0
    for (bucket, times) in counts.dropLast().enumerated() {
      seen += times
      if Double(seen) >= rank { return min(Self.upperBound(of: bucket), maximum) }
    }
    return maximum
  }

  private static func bucket(of value: Int64) -> Int {
    let shift = max(56 - value.leadingZeroBitCount, 0)
    return Int(value >> Int64(shift)) + shift * 128
  }

  private static func upperBound(of bucket: Int) -> Int64 {
    guard bucket >= 256 else { return Int64(bucket) }
    let shift = bucket / 128 - 1
    return (Int64(bucket - shift * 128 + 1) << Int64(shift)) &- 1
  }
}
