import SimulationKernel

/// A place in a partition's log.
///
/// The log itself is not kept: it is a reproducible sequence, and a cursor can read it again. So a
/// backlog of any length takes no memory, and what is produced and what is consumed are two cursors
/// over the same messages.
struct LogCursor: BitwiseCopyable, Sendable {
  private var stream: RandomStream
  /// The next message in the operational time of the rate curve.
  private var epoch: Double
  /// The next message.
  private(set) var offset: Int64 = 0
  private var segment: UInt32 = 0

  /// The beginning of a log.
  init(_ stream: RandomStream, gaps: UnitExponential) {
    var stream = stream
    epoch = gaps.draw(stream.next())
    self.stream = stream
  }

  /// When the next message is sent, in nanoseconds; `Int64.max` if none comes at the present rate.
  @inline(__always)
  mutating func time(on curve: RateCurve) -> Int64 { curve.time(of: epoch, from: &segment) }

  /// Goes past the next message.
  @inline(__always)
  mutating func advance(_ gaps: UnitExponential) {
    epoch += gaps.draw(stream.next())
    offset &+= 1
  }
}
