import TimeUnits

/// A component's way to the API server: a token bucket, then the latency of a request.
///
/// Follows client-go `util/flowcontrol` 1.36: requests wait in order of arrival; a bucket without a
/// rate lets everything through.
struct APIClient: Sendable {
  /// Requests a second; nil is unlimited.
  var ratePerSecond: Double?
  /// How many requests may go at once after a quiet time.
  var burst: Int64
  /// From the moment a request may go until its effect is visible.
  var latencyNanoseconds: Int64

  // When the bucket would be full again, were nothing more to come: a virtual-scheduling leaky
  // bucket, exact in integers and independent of how often it is asked.
  private var fullAt = SimulationTime.zero

  init(ratePerSecond: Double? = nil, burst: Int64 = 1, latencyNanoseconds: Int64) {
    self.ratePerSecond = ratePerSecond
    self.burst = burst
    self.latencyNanoseconds = latencyNanoseconds
  }

  /// When a request handed in now takes effect; takes one token.
  mutating func effectTime(of now: SimulationTime) -> SimulationTime {
    startTime(of: now).advanced(byNanoseconds: latencyNanoseconds)
  }

  private mutating func startTime(of now: SimulationTime) -> SimulationTime {
    guard let ratePerSecond else { return now }
    let interval = Int64(1e9 / ratePerSecond)
    fullAt = max(fullAt, now).advanced(byNanoseconds: interval)
    let start = fullAt.advanced(byNanoseconds: -interval * burst)
    return max(start, now)
  }
}
