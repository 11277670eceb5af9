/// Looks at one value after another and says when their level has changed.
///
/// A detector is a value: a copy goes on by itself. Nothing here reads a clock, a file or a random
/// number, so the same code decides in a simulation and beside a real stream.
public protocol ChangeDetector: Sendable {
  /// Takes the next value in the order of time.
  /// - Complexity: O(1), without allocation.
  mutating func observe(_ value: Double) -> Detection

  /// Forgets every value seen so far; parameters stay.
  mutating func reset()
}

/// What a detector says after a value.
@frozen public struct Detection: Hashable, Sendable {
  /// Whether enough values were seen to decide at all; nothing is reported before.
  public var isReady: Bool
  /// The level went up.
  public var changeHigh: Bool
  /// The level went down.
  public var changeLow: Bool
  /// What the detector reports of these: each says which sides count.
  public var isAnomaly: Bool

  /// Every part as given.
  @inlinable
  public init(isReady: Bool, changeHigh: Bool, changeLow: Bool, isAnomaly: Bool) {
    self.isReady = isReady
    self.changeHigh = changeHigh
    self.changeLow = changeLow
    self.isAnomaly = isAnomaly
  }

  /// No decision yet.
  @inlinable public static var undecided: Detection {
    Detection(isReady: false, changeHigh: false, changeLow: false, isAnomaly: false)
  }
}

extension ChangeDetector {
  /// The decision about the last value of a window, by a detector that has seen nothing else.
  ///
  /// Anomalia Machina decides so: for every event it reads the newest rows of the event's key and
  /// plays them to a new detector, oldest first, the event last. A window too short for a decision
  /// gives one that is not ready; an empty one `Detection.undecided`.
  /// - Complexity: O(*n*), where *n* is the number of values.
  @inlinable
  public func check(window: some Sequence<Double>) -> Detection {
    var detector = self
    detector.reset()
    var detection = Detection.undecided
    for value in window { detection = detector.observe(value) }
    return detection
  }
}
