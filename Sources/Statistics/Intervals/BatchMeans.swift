/// A confidence interval for a mean from one long run, whose observations depend on each other.
///
/// The run is cut into batches of equal length; their means are nearly independent if a batch is
/// much longer than the dependence. Whether it is shows in `correlation`: near 0, the interval can
/// be believed; well above 0, it is too narrow and the run too short.
public struct BatchMeans: Hashable, Sendable {
  public let means: [Double]
  public let batchSize: Int

  /// Cuts observations into `batches` (default 32); those at the beginning that fill no batch are
  /// dropped, being the nearest to the start-up. Nil for fewer observations than batches.
  public init?(_ observations: [Double], batches: Int = 32) {
    precondition(batches >= 2, "an interval needs at least two batches")
    guard observations.count >= batches else { return nil }
    let size = observations.count / batches
    let first = observations.count - size * batches
    batchSize = size
    means = (0..<batches).map { batch in
      let start = first + batch * size
      return observations[start..<(start + size)].reduce(0, +) / Double(size)
    }
  }

  /// The interval that holds if the batches are independent.
  public func interval(confidence: Double = 0.95) -> StudentInterval? {
    StudentInterval(of: means, confidence: confidence)
  }

  /// The correlation between one batch and the next, from −1 to 1; 0 if all means are equal.
  public var correlation: Double {
    let center = means.reduce(0, +) / Double(means.count)
    let squares = means.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    guard squares > 0 else { return 0 }
    return zip(means, means.dropFirst()).reduce(0) { $0 + ($1.0 - center) * ($1.1 - center) }
      / squares
  }
}
