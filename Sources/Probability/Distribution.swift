/// A probability law on the real line.
///
/// A draw is the quantile of **one** uniform number in (0, 1). So every law uses its stream at the
/// same rate, and two runs that differ in a parameter still meet the same luck (common random
/// numbers). Parameters are checked when a law is made; the methods then never fail.
public protocol Distribution: Hashable, Sendable {
  /// The expected value; infinite where the tail is too heavy.
  var mean: Double { get }

  /// The expected squared distance from the mean; infinite where the tail is too heavy.
  var variance: Double { get }

  /// The probability of a value of at most `x`.
  func cdf(_ x: Double) -> Double

  /// The probability of a value below `x`: less than `cdf(x)` where a single value has weight.
  func cdf(below x: Double) -> Double

  /// The least value whose `cdf` reaches `probability`, which must lie in 0...1; at 0 and 1 the
  /// ends of the support, which may be infinite.
  func quantile(_ probability: Double) -> Double
}

extension Distribution {
  /// A continuous law gives no single value any weight.
  public func cdf(below x: Double) -> Double { cdf(x) }

  public var standardDeviation: Double { variance.squareRoot() }

  /// One value, from one uniform number of `generator`.
  @inlinable
  public func sample<G: RandomNumberGenerator>(using generator: inout G) -> Double {
    quantile(generator.openUniform())
  }

  /// One value of a law in seconds as whole nanoseconds, to the nearest; what is negative becomes 0
  /// and what `Int64` cannot hold becomes its greatest value.
  @inlinable
  public func sampleNanoseconds<G: RandomNumberGenerator>(using generator: inout G) -> Int64 {
    let nanoseconds = sample(using: &generator) * 1e9
    guard nanoseconds > 0 else { return 0 }
    guard nanoseconds < 0x1p63 else { return .max }
    // What `rounded()` gives, without the call into the mathematical library: the fraction is
    // exact.
    let whole = Int64(nanoseconds)
    return nanoseconds - Double(whole) >= 0.5 ? whole &+ 1 : whole
  }
}

extension RandomNumberGenerator {
  /// A number in the open interval (0, 1): the middle of one of 2⁵² equal cells, so neither 0 nor 1
  /// can come out and every quantile is finite on it.
  @inlinable
  public mutating func openUniform() -> Double {
    (Double(Int64(truncatingIfNeeded: next() >> 12)) + 0.5) * 0x1p-52
  }
}

/// A parameter with which no distribution of its kind exists.
public struct DistributionError: Error, Hashable, CustomStringConvertible {
  /// The kind of distribution, as a scenario names it: `logNormal`.
  public var distribution: String
  /// The parameter, as a scenario names it: `sigma`.
  public var parameter: String
  /// What was given.
  public var value: Double
  /// What is asked for, to follow "must be": `greater than 0`.
  public var requirement: String

  public var description: String {
    "\(distribution): \(parameter) must be \(requirement), not \(value)"
  }

  static func check(
    _ condition: Bool, _ distribution: String, _ parameter: String, _ value: Double,
    _ requirement: String
  ) throws(DistributionError) {
    guard condition else {
      throw DistributionError(
        distribution: distribution, parameter: parameter, value: value, requirement: requirement)
    }
  }

  static func checkFinite(
    _ distribution: String, _ parameter: String, _ value: Double
  ) throws(DistributionError) {
    try check(value.isFinite, distribution, parameter, value, "a finite number")
  }

  static func checkPositive(
    _ distribution: String, _ parameter: String, _ value: Double
  ) throws(DistributionError) {
    try check(
      value.isFinite && value > 0, distribution, parameter, value, "finite and greater than 0")
  }
}
