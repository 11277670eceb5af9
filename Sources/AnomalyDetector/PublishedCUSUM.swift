/// The change detector of Anomalia Machina as published, quirks included: a two-sided CUSUM around
/// a running mean.
///
/// This is what the published application computes for each event, so it is the right workload to
/// size a pipeline with. It is not a good detector of spikes. Its yardstick is √(Σ(x − mean)²),
/// which is not divided by the number of values: √n times the standard deviation. One outlier
/// stretches the yardstick by more than it moves the sum, and an isolated spike never fires,
/// however high it is. `NormalizedCUSUM` is the textbook's.
///
/// For the *i*-th value *x*, with δ = *x* − mean before it:
/// mean += δ / *i*; *M* += δ (*x* − mean); *s* = √*M*;
/// high = max(0, high + ((*x* − mean) − *a* *s*)); low = min(0, low + ((*x* − mean) − *a* *s*)).
/// A change is high > *b* *s* or low < −*b* *s*, strictly, from the *w*-th value on. The lower sum
/// subtracts the slack as the upper one does, where a textbook adds it: low drifts downward by
/// itself. Only the upper change is reported.
///
/// Results are equal bit by bit to those of the program in Java: the operations come in its order,
/// without fused multiply-add, and zeros and NaN are treated as `Math.max` and `Math.min` do. A
/// NaN, or an infinity, leaves a mean that is not a number, and nothing fires from there on.
///
/// Source: instaclustr/AnomaliaMachina 6ea72af, `CUSUMChangeDetector`; order of operations from
/// recordings of that program.
@frozen public struct PublishedCUSUM: ChangeDetector, Hashable {
  /// The slack in units of *s*: *a*; default 0.05, published.
  public let magnitude: Double
  /// The decision limit in units of *s*: *b*; default 3, published.
  public let threshold: Double
  /// The number of values from which on it decides: *w*; default 50, published.
  public let readyAfter: Int

  /// The mean of all values so far, in the values' unit; 0 before the first.
  ///
  /// The state is open so that it can be kept elsewhere and continued.
  public var mean: Double
  /// The sum of squared deviations from the mean, in the square of the values' unit.
  public var sumSquaredDeviation: Double
  /// The upper sum, in the values' unit; never below 0.
  public var cusumHigh: Double
  /// The lower sum, in the values' unit; never above 0.
  public var cusumLow: Double
  /// The number of values so far.
  public var count: Int

  /// A detector that has seen nothing, with the published parameters unless others are given.
  @inlinable
  public init(magnitude: Double = 0.05, threshold: Double = 3, readyAfter: Int = 50) {
    self.magnitude = magnitude
    self.threshold = threshold
    self.readyAfter = readyAfter
    mean = 0
    sumSquaredDeviation = 0
    cusumHigh = 0
    cusumLow = 0
    count = 0
  }

  /// Whether enough values were seen for a decision.
  @inlinable public var isReady: Bool { count >= readyAfter }

  @inlinable
  public mutating func reset() {
    self = PublishedCUSUM(magnitude: magnitude, threshold: threshold, readyAfter: readyAfter)
  }

  @inlinable
  public mutating func observe(_ value: Double) -> Detection {
    let scale = advance(value)
    return decision(scale)
  }

  /// Moves the state on by one value; gives *s*.
  @inlinable @inline(__always)
  mutating func advance(_ value: Double) -> Double {
    count &+= 1
    let before = value - mean
    mean += before / Double(count)
    let after = value - mean
    sumSquaredDeviation += before * after
    let scale = sumSquaredDeviation.squareRoot()
    // Rounded before it is added: (high + value) − mean − slack is another number.
    let excess = after - scale * magnitude
    cusumHigh = (cusumHigh + excess).raisedToZero
    cusumLow = (cusumLow + excess).loweredToZero
    return scale
  }

  @inlinable @inline(__always)
  func decision(_ scale: Double) -> Detection {
    let isReady = isReady
    // Nothing is beyond infinity: no branch is needed before it is ready.
    let limit = isReady ? scale * threshold : .infinity
    let isHigh = cusumHigh > limit
    return Detection(
      isReady: isReady, changeHigh: isHigh, changeLow: cusumLow < -limit, isAnomaly: isHigh)
  }

  /// The decision about the last value of a window, by a detector that has seen nothing else.
  ///
  /// Only the last value is decided, which is what makes it faster than the general way.
  /// - Complexity: O(*n*), where *n* is the number of values: some 8 ns each.
  @inlinable
  public func check(window: some Sequence<Double>) -> Detection {
    var detector = PublishedCUSUM(
      magnitude: magnitude, threshold: threshold, readyAfter: readyAfter)
    var scale = 0.0
    for value in window { scale = detector.advance(value) }
    return detector.decision(scale)
  }
}

extension Double {
  /// `Math.max(0.0, self)` of Java: NaN stays, −0.0 becomes 0.0.
  ///
  /// `Swift.max` and the processor's own instruction differ in one or the other. By a mask and not
  /// by a choice, because in noise a branch cannot be predicted and costs more than the arithmetic.
  @inlinable @inline(__always)
  var raisedToZero: Double { masked(keeping: !(self <= 0)) }

  /// `Math.min(0.0, self)` of Java: NaN and −0.0 stay.
  @inlinable @inline(__always)
  var loweredToZero: Double { masked(keeping: !(self > 0)) }

  @inlinable @inline(__always)
  func masked(keeping isKept: Bool) -> Double {
    Double(bitPattern: bitPattern & (isKept ? .max : 0))
  }
}
