/// Independent arrivals at a constant rate: exponential gaps.
public struct Poisson: ArrivalProcess, Hashable {
  public let ratePerSecond: Double
  @usableFromInline let gap: Exponential
  @usableFromInline var last: Int64

  /// Arrivals after `start`, in nanoseconds (default 0).
  public init(ratePerSecond: Double, start: Int64 = 0) throws(DistributionError) {
    try DistributionError.checkPositive("poisson", "ratePerSecond", ratePerSecond)
    self.ratePerSecond = ratePerSecond
    self.gap = try Exponential(rate: ratePerSecond)
    self.last = start
  }

  @inlinable
  public mutating func next<G: RandomNumberGenerator>(using generator: inout G) -> Int64? {
    let (time, overflow) = last.addingReportingOverflow(gap.sampleNanoseconds(using: &generator))
    guard !overflow else { return nil }
    last = time
    return time
  }
}
