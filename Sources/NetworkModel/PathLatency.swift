import Glibc
import Probability

/// The law of one round trip on a path, ready for drawing: the minimum plus a lognormal part that
/// ends at the maximum.
///
/// The lognormal part has the coefficient of variation of the figures (`RoundTripFigures`, with
/// ping's rounding error taken off); its median is such that the mean is the measured one. A draw
/// uses one uniform number and looks into a table of 2 047 cells of equal probability, 1 023 of
/// 1/1024 each and the last 1/1024 cut into 1 024 more; a cell holds the mean of its part of the
/// law, so the mean of the draws is that of the figures within 1 ns. The shape is assumed.
public struct PathLatency: Sendable {
  /// The least round trip in nanoseconds.
  public let minimum: Int64
  /// The mean of the table in nanoseconds.
  public let mean: Double
  @usableFromInline let cells: ContiguousArray<Int64>

  @usableFromInline static var side: Int { 1024 }

  /// The law of figures without mistakes (`RoundTripFigures.mistakes`).
  ///
  /// - Complexity: about 2 047 normal quantiles, half a millisecond.
  public init(_ figures: RoundTripFigures) {
    precondition(figures.mistakes.isEmpty, "figures of a round trip that contradict themselves")
    let lowest = figures.minimum * 1e6
    minimum = Int64(lowest.rounded())
    let part = SkewedPart(
      mean: (figures.mean - figures.minimum) * 1e6,
      limit: (figures.maximum - figures.minimum) * 1e6, variation: figures.variation)
    let side = Self.side
    let width = 1 / Double(side)
    var edges: [Double] = []
    for cell in 0..<side { edges.append(Double(cell) * width) }
    for cell in 1...side { edges.append(1 - width + Double(cell) * width * width) }
    var cells = ContiguousArray<Int64>()
    cells.reserveCapacity(edges.count - 1)
    // What rounding takes from one cell goes to the next, by weight, so that the mean stays.
    var owed = 0.0
    var below = 0.0
    for index in 1..<edges.count {
      let weight = edges[index] - edges[index - 1]
      let upTo = part.partialMean(upTo: edges[index])
      let exact: Double = lowest + (upTo - below + owed) / weight
      let value: Double = max(0, exact.rounded())
      owed = (exact - value) * weight
      cells.append(Int64(value))
      below = upTo
    }
    self.cells = cells
    let tail = cells[(side - 1)...].reduce(0.0) { $0 + Double($1) } / Double(side)
    mean = (cells[..<(side - 1)].reduce(0.0) { $0 + Double($1) } + tail) / Double(side)
  }

  /// The round trip in nanoseconds for 64 random bits.
  ///
  /// - Complexity: O(1), one or two look-ups.
  @inlinable
  public func roundTrip(_ bits: UInt64) -> Int64 {
    let first = Int(truncatingIfNeeded: bits >> 54)
    if first != Self.side - 1 { return cells[first] }
    return cells[Self.side - 1 + Int(truncatingIfNeeded: (bits >> 44) & 1023)]
  }

  /// A round trip in nanoseconds, from one number of `generator`.
  @inlinable
  public func roundTrip<G: RandomNumberGenerator>(using generator: inout G) -> Int64 {
    roundTrip(generator.next())
  }

  /// The table's quantile at a probability in 0..<1, in nanoseconds.
  public func quantile(_ probability: Double) -> Int64 {
    precondition(probability >= 0 && probability < 1, "a probability lies in 0..<1")
    return roundTrip(UInt64(probability * 0x1p64))
  }
}

/// A lognormal law in nanoseconds whose values above `limit` are cut down to it.
private struct SkewedPart {
  private let normal: Normal
  private let sigma: Double
  private let median: Double
  private let limit: Double
  private let mean: Double

  init(mean: Double, limit: Double, variation: Double) {
    guard let normal = try? Normal(mean: 0, standardDeviation: 1) else {
      preconditionFailure("the standard normal law exists")
    }
    self.normal = normal
    self.mean = mean
    self.limit = limit
    sigma = max(1e-6, log1p(variation * variation).squareRoot())
    guard mean > 0, mean < limit else {
      median = limit
      return
    }
    // The mean of the cut law grows with the median; 120 halvings of the span of logarithms reach
    // the last bit.
    var (low, high) = (mean * 1e-9, limit * 1e3)
    for _ in 0..<120 {
      let middle = (low * high).squareRoot()
      if Self.cutMean(median: middle, sigma, limit, normal) < mean {
        low = middle
      } else {
        high = middle
      }
    }
    median = high
  }

  /// E[min(X, limit)].
  private static func cutMean(
    median: Double, _ sigma: Double, _ limit: Double, _ normal: Normal
  ) -> Double {
    let edge = log(limit / median) / sigma
    return median * exp(sigma * sigma / 2) * normal.cdf(edge - sigma)
      + limit * (1 - normal.cdf(edge))
  }

  /// The integral of the quantile from 0 to `probability`.
  func partialMean(upTo probability: Double) -> Double {
    guard mean > 0, mean < limit else { return mean * probability }
    if probability <= 0 { return 0 }
    if probability >= 1 { return mean }
    let cut = normal.cdf(log(limit / median) / sigma)
    let reached = min(probability, cut)
    let whole = median * exp(sigma * sigma / 2)
    let part = reached >= 1 ? whole : whole * normal.cdf(normal.quantile(reached) - sigma)
    return part + limit * (probability - reached)
  }
}
