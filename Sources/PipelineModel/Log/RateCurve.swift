/// How many messages a second come to a topic, over time: constant between changes.
///
/// The number of messages that came to a partition by some time is a Poisson process in the
/// operational time of this curve, so a change of rate stretches gaps that are under way.
struct RateCurve: Sendable {
  struct Segment: Sendable {
    /// Nanoseconds.
    var start: Int64
    /// Messages a nanosecond to each partition, and nanoseconds a message.
    var rate: Double
    var gap: Double
    /// Messages expected at each partition before `start`.
    var expected: Double
  }

  private(set) var segments: [Segment]
  private let partitions: Double

  /// No messages yet.
  init(partitions: Int) {
    self.partitions = Double(partitions)
    segments = [Segment(start: 0, rate: 0, gap: .infinity, expected: 0)]
  }

  /// From `time` on, which is not before the last change, so many messages a second come.
  mutating func set(perSecond: Double, at time: Int64) {
    let last = segments[segments.count - 1]
    let rate = perSecond / 1e9 / partitions
    guard rate != last.rate else { return }
    if last.start == time {
      segments[segments.count - 1].rate = rate
      segments[segments.count - 1].gap = 1 / rate
      return
    }
    segments.append(
      Segment(
        start: time, rate: rate, gap: 1 / rate,
        expected: last.expected + last.rate * Double(time - last.start)))
  }

  /// Messages a second at the end of the curve.
  var perSecond: Double { segments[segments.count - 1].rate * 1e9 * partitions }

  /// When the curve reaches `epoch` expected messages, from a segment on that is not beyond it;
  /// `Int64.max` if it never does at the last rate.
  @inline(__always)
  func time(of epoch: Double, from segment: inout UInt32) -> Int64 {
    var index = Int(segment)
    while index + 1 < segments.count, segments[index + 1].expected <= epoch { index += 1 }
    segment = UInt32(index)
    let found = segments[index]
    guard found.rate > 0 else { return .max }
    let span = (epoch - found.expected) * found.gap
    return span < 9e18 ? found.start &+ Int64(span) : .max
  }
}
