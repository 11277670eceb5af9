/// Arrivals as they were recorded; nothing is random.
public struct Replayed: ArrivalProcess, Hashable {
  /// Nanoseconds since the start, in ascending order.
  public let times: [Int64]
  private var position = 0

  public init(nanoseconds times: [Int64]) throws(DistributionError) {
    for (earlier, later) in zip([0] + times, times) {
      try DistributionError.check(
        later >= earlier, "replayed", "times", Double(later), "ascending from 0")
    }
    self.times = times
  }

  public mutating func next<G: RandomNumberGenerator>(using generator: inout G) -> Int64? {
    guard position < times.count else { return nil }
    position += 1
    return times[position - 1]
  }
}
