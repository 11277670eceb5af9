import Glibc
public import Probability

/// A sine around a level, with independent normal noise: a day that comes again and again.
public struct SeasonalStream: ValueStream {
  /// The law of a value at the sine's zeros; its mean is the level.
  public let law: Normal
  /// The greatest distance of the sine from the level, in the values' unit.
  public let amplitude: Double
  /// The length of a season in values.
  public let period: Int
  private var number = 0

  /// A season of `period` values, at least 2; default 288: a day of five-minute values.
  public init(_ law: Normal, amplitude: Double, period: Int = 288) {
    precondition(period >= 2, "a season has at least two values")
    precondition(amplitude.isFinite, "an amplitude is finite")
    self.law = law
    self.amplitude = amplitude
    self.period = period
  }

  public var deviation: Double { law.standardDeviation }

  /// The middle of the law of value `number`, from 0.
  public func level(at number: Int) -> Double {
    law.mean + amplitude * sin(2 * .pi * Double(number % period) / Double(period))
  }

  public mutating func next(using generator: inout some RandomNumberGenerator) -> StreamElement {
    let offset = level(at: number) - law.mean
    number += 1
    return StreamElement(law.sample(using: &generator) + offset)
  }
}
