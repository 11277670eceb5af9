// Many latencies at once: as another histogram has them, or spread evenly.
extension LatencyHistogram {
  /// Counts one latency in nanoseconds so many times; a negative one counts as 0.
  ///
  /// - Complexity: O(1).
  public mutating func add(_ nanoseconds: Int64, times: UInt64) {
    guard times > 0 else { return }
    let value = max(nanoseconds, 0)
    counts[min(Self.bucket(of: value), counts.count - 1)] += times
    number += times
    total &+= Int128(value) * Int128(times)
    least = min(least, value)
    greatest = max(greatest, value)
  }

  /// Counts so many latencies that are spread as those of another histogram, which has some and was
  /// made for the same longest latency. Shares are rounded so that they sum up.
  ///
  /// - Parameter phase: in 0 ..< 1: of `times` equal parts of the law the place that is taken of
  ///   each, the end of the part for 0; a few at a time need another one each time, or the law's
  ///   tail never comes.
  /// - Complexity: O(number of buckets).
  public mutating func add(_ law: LatencyHistogram, times: UInt64, phase: Double = 0.5) {
    precondition(counts.count == law.counts.count, "histograms of different lengths")
    precondition(phase >= 0 && phase < 1, "a phase lies in 0 ..< 1")
    guard times > 0, law.count > 0 else { return }
    let scale = Double(times) / Double(law.count)
    var seen: UInt64 = 0
    var given: UInt64 = 0
    for bucket in counts.indices where law.counts[bucket] > 0 {
      seen += law.counts[bucket]
      let due = seen == law.count ? times : UInt64(Double(seen) * scale + phase)
      counts[bucket] += due - given
      given = due
    }
    number += times
    total &+= Int128((law.mean * Double(times)).rounded())
    least = min(least, law.least)
    greatest = max(greatest, law.greatest)
  }

  /// Counts so many latencies that are spread evenly between two, in nanoseconds.
  ///
  /// - Complexity: O(buckets between them).
  public mutating func addEvenly(from a: Int64, to b: Int64, times: UInt64) {
    let low = max(0, min(a, b))
    let high = max(0, a, b)
    guard high > low else { return add(low, times: times) }
    guard times > 0 else { return }
    let scale = Double(times) / Double(high - low)
    var given: UInt64 = 0
    for bucket in Self.bucket(of: low)...Self.bucket(of: high) {
      let end = min(Self.upperBound(of: bucket), high)
      let due = end == high ? times : UInt64((Double(end - low) * scale).rounded())
      counts[min(bucket, counts.count - 1)] += due - given
      given = due
    }
    number += times
    total &+= (Int128(low) + Int128(high)) * Int128(times) / 2
    least = min(least, low)
    greatest = max(greatest, high)
  }

  /// Those below a latency in nanoseconds, to the bucket; their sum is that of the middles of the
  /// buckets.
  ///
  /// - Complexity: O(number of buckets).
  public func below(_ limit: Int64) -> LatencyHistogram {
    if let maximum, maximum < limit { return self }
    var rest = self
    rest.reset()
    for bucket in 0..<Self.bucket(of: limit) where counts[bucket] > 0 {
      let high = Self.upperBound(of: bucket)
      let low = bucket > 0 ? Self.upperBound(of: bucket - 1) + 1 : 0
      rest.add((low + high) / 2, times: counts[bucket])
    }
    return rest
  }
}
