/// How often latencies of each size came, for quantiles: whole nanoseconds, in buckets that grow
/// with the value.
///
/// Up to 255 ns every value has a bucket of its own; above, every power of two is divided into 128
/// equal ones, so a quantile is at most 1/128, 0.8 %, above the true one. (The layout of G. Tene's
/// HdrHistogram.) All memory is taken when it is made, so that counting costs the same always.
public struct LatencyHistogram: Hashable, Sendable {
  /// The last bucket takes all that is longer than the histogram was made for.
  @usableFromInline var counts: [UInt64]
  @usableFromInline var number: UInt64 = 0
  /// Before the first value these two are the wrong way round.
  @usableFromInline var least = Int64.max
  @usableFromInline var greatest = Int64.min
  /// Nanoseconds of all values: a day of ten billion checks that wait an hour each is beyond 64
  /// bits.
  @usableFromInline var total: Int128 = 0

  /// How many values were counted.
  public var count: UInt64 { number }
  /// The least value in nanoseconds; nil before the first.
  public var minimum: Int64? { number > 0 ? least : nil }
  /// The greatest value in nanoseconds; nil before the first.
  public var maximum: Int64? { number > 0 ? greatest : nil }
  /// The sum of all values in nanoseconds, each at its true size; at most `Int64.max`.
  public var sum: Int64 { Int64(clamping: total) }

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
  @inlinable
  public mutating func add(_ nanoseconds: Int64) {
    let value = max(nanoseconds, 0)
    counts[min(Self.bucket(of: value), counts.count &- 1)] &+= 1
    number &+= 1
    total &+= Int128(value)
    least = min(least, value)
    greatest = max(greatest, value)
  }

  /// Adds all that another counted, which must have been made for the same longest latency.
  ///
  /// - Complexity: O(number of buckets).
  public mutating func merge(_ other: LatencyHistogram) {
    precondition(counts.count == other.counts.count, "histograms of different lengths")
    for bucket in counts.indices { counts[bucket] += other.counts[bucket] }
    number += other.number
    total &+= other.total
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }

  /// The mean in nanoseconds; 0 before the first value.
  public var mean: Double { count > 0 ? Double(total) / Double(count) : 0 }

  /// What was counted since an earlier copy of this histogram was made; least and greatest are
  /// those of all.
  ///
  /// - Complexity: O(number of buckets).
  public func minus(_ earlier: LatencyHistogram) -> LatencyHistogram {
    precondition(counts.count == earlier.counts.count, "histograms of different lengths")
    var rest = self
    for bucket in counts.indices { rest.counts[bucket] -= earlier.counts[bucket] }
    rest.number -= earlier.number
    rest.total &-= earlier.total
    if rest.number == 0 { rest.forgetExtremes() }
    return rest
  }

  /// Forgets all, and keeps the memory.
  ///
  /// - Complexity: O(number of buckets).
  public mutating func reset() {
    for bucket in counts.indices { counts[bucket] = 0 }
    number = 0
    total = 0
    forgetExtremes()
  }

  private mutating func forgetExtremes() {
    least = .max
    greatest = .min
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

  @inlinable
  static func bucket(of value: Int64) -> Int {
    let shift = max(56 &- value.leadingZeroBitCount, 0)
    return Int(truncatingIfNeeded: value &>> Int64(truncatingIfNeeded: shift)) &+ shift &* 128
  }

  static func upperBound(of bucket: Int) -> Int64 {
    guard bucket >= 256 else { return Int64(bucket) }
    let shift = bucket / 128 - 1
    return (Int64(bucket - shift * 128 + 1) << Int64(shift)) &- 1
  }
}
