/// The writes that one node missed, kept by the others and played back when it returns (hinted
/// handoff, Cassandra 3.11.3), in whole numbers.
public struct HintStore: Sendable {
  /// Settings; from `cassandra.yaml` 3.11.3 where not said otherwise.
  public struct Options: Hashable, Sendable {
    /// `hinted_handoff_enabled`. Default true; from source code.
    public var isEnabled = true
    /// A node that is down for longer gets no more hints, nanoseconds. Default 3 h
    /// (`max_hint_window_in_ms`); from source code.
    public var window: Int64 = 10_800_000_000_000
    /// Bytes a second that reach the node from all others together. Default 1 MiB: each of the
    /// others may send `hinted_handoff_throttle_in_kb`, 1 024, divided by their number; derived.
    public var bytesPerSecond: Int64 = 1_048_576
    /// Bytes of a hint of the anomaly detector's row. Default 200; assumed.
    public var bytesPerHint: Int64 = 200

    public init() {}
  }

  public let options: Options
  /// Hints that wait.
  public private(set) var waiting: Int64 = 0
  /// All that were ever kept.
  public private(set) var kept: Int64 = 0
  /// Writes for which no hint was kept: only a repair brings them back.
  public private(set) var dropped: Int64 = 0
  /// Hints played back.
  public private(set) var replayed: Int64 = 0
  private var downSince: Int64?
  private var replaySince: Int64?
  private var replayedSince: Int64 = 0

  public init(_ options: Options = Options()) { self.options = options }

  /// The node is taken for dead: from here on hints are kept.
  public mutating func nodeWentDown(at instant: Int64) {
    replaySince = nil
    downSince = instant
  }

  /// A write for the node, which is taken for dead, at an instant. Without a dead node it is a
  /// mistake.
  public mutating func missed(at instant: Int64) {
    guard let downSince else { preconditionFailure("hints are for a node that is down") }
    if options.isEnabled, instant - downSince <= options.window {
      kept += 1
      waiting += 1
    } else {
      dropped += 1
    }
  }

  /// The node is back: the hints begin to be played.
  public mutating func nodeCameBack(at instant: Int64) {
    downSince = nil
    replaySince = instant
    replayedSince = 0
  }

  /// The hints that the node gets by an instant and has not been given yet: so many writes.
  public mutating func take(until instant: Int64) -> Int64 {
    guard let replaySince, waiting > 0 else { return 0 }
    // Whole hints since the beginning, so that no rounding adds up.
    let (seconds, rest) = (instant - replaySince).quotientAndRemainder(dividingBy: 1_000_000_000)
    let bytes =
      seconds * options.bytesPerSecond
      + rest * options.bytesPerSecond / 1_000_000_000
    let taken = min(waiting, bytes / options.bytesPerHint - replayedSince)
    guard taken > 0 else { return 0 }
    replayedSince += taken
    waiting -= taken
    replayed += taken
    return taken
  }

  /// When the last hint is played if the node stays up; nil if none waits or it is down.
  public var replayEnd: Int64? {
    guard let replaySince, waiting > 0 else { return nil }
    let bytes = (replayedSince + waiting) * options.bytesPerHint
    let (seconds, rest) = bytes.quotientAndRemainder(dividingBy: options.bytesPerSecond)
    let nanoseconds =
      (rest * 1_000_000_000 + options.bytesPerSecond - 1) / options.bytesPerSecond
    return replaySince + seconds * 1_000_000_000 + nanoseconds
  }
}
