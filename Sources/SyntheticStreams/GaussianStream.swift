public import Probability

/// Independent normal values around a level.
public struct GaussianStream: ValueStream {
  /// The law of each value.
  public let law: Normal

  /// The stream of a law.
  public init(_ law: Normal) { self.law = law }

  public var deviation: Double { law.standardDeviation }

  public mutating func next(using generator: inout some RandomNumberGenerator) -> StreamElement {
    StreamElement(law.sample(using: &generator))
  }
}
