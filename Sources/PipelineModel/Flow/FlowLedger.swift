import ServiceModel

/// What has come of the messages besides the checks of each pod.
struct FlowLedger: Sendable {
  var redelivered: Int64 = 0
  /// Deliveries that ended with their pod.
  var lost: Int64 = 0
  var expired = 0.0
  var refused = 0.0
  var hints = 0.0
  var writesLost = 0.0
  /// Checks that found no backlog and are not in the histograms yet.
  var steady = 0.0
  /// Parts of messages by which the histograms lag behind.
  var backlogRest = 0.0
  var serviceRest = 0.0
  private var phase = 0.5
  var endToEnd = LatencyHistogram()
  var service = LatencyHistogram()

  /// Where the latencies of the next few lie in their law: evenly over all, in an order that has no
  /// period (multiples of the golden section).
  mutating func nextPhase() -> Double {
    phase += 0.618033988749895
    if phase >= 1 { phase -= 1 }
    return phase
  }
}
