public import Probability

/// A level that wanders by independent normal steps: no value is a change, none is like the last.
public struct RandomWalkStream: ValueStream {
  /// The law of each step; with a mean other than 0 the walk drifts.
  public let step: Normal
  private var level: Double

  /// A walk whose first value is one step from `start`.
  public init(start: Double = 0, step: Normal) {
    precondition(start.isFinite, "a value is finite")
    self.step = step
    level = start
  }

  /// The standard deviation of a step.
  public var deviation: Double { step.standardDeviation }

  public mutating func next(using generator: inout some RandomNumberGenerator) -> StreamElement {
    level += step.sample(using: &generator)
    return StreamElement(level)
  }
}
