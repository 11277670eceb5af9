/// Count, mean, variance and extremes of values seen one by one, without keeping them.
///
/// Updated by Welford's recurrence and merged by Chan's (T. Chan, G. Golub, R. LeVeque, 1979), both
/// stable where a sum of squares is not.
public struct RunningMoments: Hashable, Sendable {
  public private(set) var count = 0
  /// The mean of the values; 0 before the first.
  public private(set) var mean = 0.0
  private var squares = 0.0
  /// The least value; infinite before the first.
  public private(set) var minimum = Double.infinity
  /// The greatest value; minus infinite before the first.
  public private(set) var maximum = -Double.infinity

  public init() {}

  public init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  public mutating func add(_ value: Double) {
    count += 1
    let distance = value - mean
    mean += distance / Double(count)
    squares += distance * (value - mean)
    minimum = min(minimum, value)
    maximum = max(maximum, value)
  }

  /// Adds all that another collected.
  public mutating func merge(_ other: RunningMoments) {
    guard other.count > 0 else { return }
    let total = Double(count + other.count)
    let distance = other.mean - mean
    squares += other.squares + distance * distance * Double(count) * Double(other.count) / total
    mean += distance * Double(other.count) / total
    count += other.count
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }

  /// The sample variance, with n − 1 below; nil for fewer than two values.
  public var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }

  /// The square root of the sample variance; nil for fewer than two values.
  public var standardDeviation: Double? { variance?.squareRoot() }
}
