/// What was measured, or is assumed, of the round trip between two places, in milliseconds.
public struct RoundTripFigures: Hashable, Sendable {
  /// The least.
  public var minimum: Double
  public var mean: Double
  /// The greatest.
  public var maximum: Double
  /// The standard deviation as the measuring program reported it (`mdev` of iputils' ping).
  public var deviation: Double

  /// All in milliseconds.
  public init(minimum: Double, mean: Double, maximum: Double, deviation: Double) {
    self.minimum = minimum
    self.mean = mean
    self.maximum = maximum
    self.deviation = deviation
  }

  /// What contradicts itself in the figures, one sentence each; empty if nothing does.
  public var mistakes: [String] {
    var found: [String] = []
    if ![minimum, mean, maximum, deviation].allSatisfy({ $0.isFinite && $0 >= 0 }) {
      found.append("times are finite and at least 0")
    }
    if !(minimum <= mean && mean <= maximum) {
      found.append("the mean lies between the minimum and the maximum")
    }
    return found
  }

  /// Coefficient of variation of what is above the minimum.
  ///
  /// As far as the figures show, ping adds whole microseconds and truncates its mean before it
  /// squares it, which adds up to 2 x mean x 1 µs to the variance: 0.11 to 0.8 ms of deviation on
  /// the paths between regions, more than they really have. (In 185 of the 342 pairs the reported
  /// deviation is impossible between minimum and maximum.) The expected half of it is taken off.
  /// Where what is left is no variance that the range allows, 1 is assumed, that of an exponential
  /// law.
  var variation: Double {
    let excess = mean - minimum
    let variance = deviation * deviation - mean * 1e-3
    guard excess > 0, variance > 0, variance <= excess * (maximum - mean) / 2 else { return 1 }
    return variance.squareRoot() / excess
  }
}
