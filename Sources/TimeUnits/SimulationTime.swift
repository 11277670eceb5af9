/// A point in simulated time: whole nanoseconds since the start of the run.
///
/// Integer time makes equality exact and sums independent of their order. Spans are Swift's
/// `Duration` at the edges and plain nanoseconds (`Int64`) on hot paths.
@frozen
public struct SimulationTime: Hashable, Sendable, Comparable, BitwiseCopyable {
  public var nanoseconds: Int64

  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The start of the run.
  @inlinable
  public static var zero: SimulationTime { SimulationTime(nanoseconds: 0) }

  /// A point that no event reaches: about 292 years after the start.
  @inlinable
  public static var distantFuture: SimulationTime { SimulationTime(nanoseconds: .max) }

  /// The whole second `seconds` after the start.
  @inlinable
  public static func seconds(_ seconds: Int64) -> SimulationTime {
    SimulationTime(nanoseconds: seconds * 1_000_000_000)
  }

  /// Seconds since the start, for printing and statistics; never for ordering.
  @inlinable
  public var secondsValue: Double { Double(nanoseconds) / 1e9 }

  @inlinable
  public static func < (a: SimulationTime, b: SimulationTime) -> Bool {
    a.nanoseconds < b.nanoseconds
  }

  /// The time `nanoseconds` later, clamped to `distantFuture`.
  @inlinable
  public func advanced(byNanoseconds nanoseconds: Int64) -> SimulationTime {
    let (sum, overflow) = self.nanoseconds.addingReportingOverflow(nanoseconds)
    return SimulationTime(nanoseconds: overflow ? .max : sum)
  }
}

extension SimulationTime: InstantProtocol {
  @inlinable
  public func advanced(by duration: Duration) -> SimulationTime {
    advanced(byNanoseconds: duration.nanoseconds)
  }

  @inlinable
  public func duration(to other: SimulationTime) -> Duration {
    .nanoseconds(other.nanoseconds - nanoseconds)
  }
}

extension SimulationTime {
  @inlinable
  public static func + (time: SimulationTime, span: Duration) -> SimulationTime {
    time.advanced(by: span)
  }

  @inlinable
  public static func - (a: SimulationTime, b: SimulationTime) -> Duration { b.duration(to: a) }
}

extension Duration {
  /// The span in whole nanoseconds, truncated toward zero and clamped to `Int64`.
  @inlinable
  public var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds < 0 ? .min : .max }
    let (sum, carry) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
    return carry ? (seconds < 0 ? .min : .max) : sum
  }

  /// The span in seconds, for printing and statistics.
  @inlinable
  public var secondsValue: Double { Double(nanoseconds) / 1e9 }

  /// The span nearest to `seconds`, in whole nanoseconds.
  @inlinable
  public static func rounded(seconds: Double) -> Duration {
    .nanoseconds(Int64((seconds * 1e9).rounded()))
  }
}
