/// What truly happens in a stream, so that alarms can be held against it.
public struct Change: Hashable, Sendable {
  /// The kind of change.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A single value away from the level.
    case spike
    /// The level is higher than before the change.
    case levelUp
    /// The level is lower than before the change.
    case levelDown
  }

  public var kind: Kind
  /// The number, from 0, of the first value under the change.
  public var since: Int
  /// The distance from the level in standard deviations of the noise, negative downward; where
  /// there is no noise, in multiples of the level.
  public var size: Double

  /// A change as given.
  public init(kind: Kind, since: Int, size: Double) {
    self.kind = kind
    self.since = since
    self.size = size
  }
}
