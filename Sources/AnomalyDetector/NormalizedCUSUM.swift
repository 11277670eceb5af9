/// The tabular CUSUM of the textbooks: sums of standardized deviations from a level known
/// beforehand or learned from the first values.
///
/// With *z* = (*x* − *μ*) / *σ*: high = max(0, high + *z* − *k*), low = min(0, low + *z* + *k*). A
/// change is high > *h* or low < −*h*. An alarm restarts both sums from zero at the next value;
/// until then they show what raised it. The level stays as learned.
///
/// For independent normal values of known *μ* and *σ*, *k* = 0.5 and *h* = 5 it alarms by mistake
/// once in 465 values in the mean, and 10.4 values after a shift by one *σ*. A level learned from
/// few values is off by chance, and mistakes come sooner.
///
/// Where the first values are all equal, *σ* is 0: any other value then is infinitely many *σ*
/// away and alarms at once, an equal one counts as 0. A NaN says nothing and is skipped, as is an
/// infinity while the level is being learned; later it alarms.
///
/// Source: D. C. Montgomery, *Introduction to Statistical Quality Control*, the chapter on CUSUM
/// charts.
@frozen public struct NormalizedCUSUM: ChangeDetector, Hashable {
  /// Where the level and its spread come from.
  @frozen public enum Baseline: Hashable, Sendable {
    /// Mean and sample standard deviation (*n* − 1) of so many first values, at least 2.
    case firstValues(Int)
    /// Known parameters, in the values' unit: it decides from the first value on.
    case known(mean: Double, deviation: Double)
  }

  /// Which changes are reported as an anomaly.
  @frozen public enum Sides: String, Hashable, Sendable, CaseIterable {
    case both, high, low
  }

  /// Where the level comes from; default the first 50 values, as many as the published one waits.
  public let baseline: Baseline
  /// The slack *k* in units of *σ*; default 0.5: half of the shift by one *σ* that it is tuned to.
  public let slack: Double
  /// The decision interval *h* in units of *σ*; default 5.
  public let limit: Double
  /// Which sides are reported; default both.
  public let sides: Sides

  /// The level *μ*: known, learned, or of the values so far while it is being learned.
  public var mean: Double
  /// The sum of squared deviations of the values that the level is learned from.
  public var sumSquaredDeviation: Double
  /// The spread *σ*; 0 while it is being learned.
  public var deviation: Double
  /// The upper sum in units of *σ*; never below 0.
  public var cusumHigh: Double
  /// The lower sum in units of *σ*; never above 0.
  public var cusumLow: Double
  /// The number of values counted so far.
  public var count: Int
  /// Whether the last value raised an alarm, so that the next one starts the sums anew.
  public var isRestarting: Bool

  /// A detector that has seen nothing.
  @inlinable
  public init(
    baseline: Baseline = .firstValues(50), slack: Double = 0.5, limit: Double = 5,
    sides: Sides = .both
  ) {
    self.baseline = baseline
    self.slack = slack
    self.limit = limit
    self.sides = sides
    switch baseline {
    case .firstValues: (mean, deviation) = (0, 0)
    case .known(let mean, let deviation): (self.mean, self.deviation) = (mean, deviation)
    }
    sumSquaredDeviation = 0
    cusumHigh = 0
    cusumLow = 0
    count = 0
    isRestarting = false
  }

  /// How many values the level is learned from; 0 where it is known.
  @inlinable public var learned: Int {
    switch baseline {
    case .firstValues(let number): max(number, 2)
    case .known: 0
    }
  }

  /// Whether the level is there, so that the next value is judged.
  @inlinable public var isReady: Bool { count >= learned }

  @inlinable
  public mutating func reset() {
    self = NormalizedCUSUM(baseline: baseline, slack: slack, limit: limit, sides: sides)
  }

  @inlinable
  public mutating func observe(_ value: Double) -> Detection {
    guard isReady else {
      learn(value)
      return .undecided
    }
    guard !value.isNaN else {
      return Detection(isReady: true, changeHigh: false, changeLow: false, isAnomaly: false)
    }
    count &+= 1
    let score = standardized(value)
    if isRestarting { (cusumHigh, cusumLow) = (0, 0) }
    cusumHigh = (cusumHigh + score - slack).raisedToZero
    cusumLow = (cusumLow + score + slack).loweredToZero
    let isHigh = cusumHigh > limit
    let isLow = cusumLow < -limit
    isRestarting = isHigh || isLow
    let isAnomaly =
      switch sides {
      case .both: isRestarting
      case .high: isHigh
      case .low: isLow
      }
    return Detection(isReady: true, changeHigh: isHigh, changeLow: isLow, isAnomaly: isAnomaly)
  }

  @usableFromInline
  mutating func learn(_ value: Double) {
    guard value.isFinite else { return }
    count += 1
    let before = value - mean
    mean += before / Double(count)
    sumSquaredDeviation += before * (value - mean)
    if isReady { deviation = (sumSquaredDeviation / Double(count - 1)).squareRoot() }
  }

  /// How many *σ* a value is away from the level; 0 where that is not a number.
  @inlinable
  func standardized(_ value: Double) -> Double {
    let distance = value - mean
    // 0/0: where there is no spread, a value at the level is where it should be.
    let score = distance / deviation
    return score.isNaN ? 0 : score
  }
}
