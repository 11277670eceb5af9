/// Something that is expected of a response, to be shown by an interval and not by a mean alone.
public struct ResponseClaim: Sendable, Hashable {
  /// What of the response.
  public enum Statistic: Sendable, Hashable {
    case mean
    /// A quantile over replications, by its probability.
    case quantile(Double)
    /// The mean of the paired difference from the baseline.
    case differenceFromBaseline
  }

  /// By its place.
  public var response: Int
  /// The points it is about, by their places; none is empty.
  public var points: [Int]
  public var statistic: Statistic
  /// The interval's lower end must not be below it.
  public var atLeast: Double?
  /// The interval's upper end must not be above it.
  public var atMost: Double?
  /// Of the two-sided interval.
  public var confidence: Double
  public var text: String

  public init(
    response: Int, points: [Int], statistic: Statistic, atLeast: Double?, atMost: Double?,
    confidence: Double, text: String
  ) {
    self.response = response
    self.points = points
    self.statistic = statistic
    self.atLeast = atLeast
    self.atMost = atMost
    self.confidence = confidence
    self.text = text
  }
}
