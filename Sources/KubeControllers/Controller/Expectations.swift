public import TimeUnits

/// Creations and deletions a controller has asked for and not yet seen in its cache.
///
/// While any are outstanding the controller does not act on the object again: its cache is known
/// to be behind. Follows `ControllerExpectations` and `UIDTrackingControllerExpectations` of
/// pkg/controller/controller_utils.go, 1.36.
public struct Expectations: Sendable, Hashable {
  /// After this long the controller stops waiting: five minutes.
  public static let timeout: Int64 = 300_000_000_000

  public private(set) var creations: Int64 = 0
  public private(set) var deletions: Int64 = 0
  private var setAt: SimulationTime?

  public init() {}

  /// Whether the controller may act: nothing is outstanding, or it has waited long enough.
  public func isSatisfied(at now: SimulationTime) -> Bool {
    guard let setAt else { return true }
    if creations <= 0, deletions <= 0 { return true }
    return now.nanoseconds - setAt.nanoseconds > Self.timeout
  }

  /// Replaces what was outstanding.
  public mutating func expect(
    creations: Int64, deletions: Int64 = 0, at now: SimulationTime
  ) {
    self.creations = creations
    self.deletions = deletions
    setAt = now
  }

  public mutating func observeCreation() { creations -= 1 }

  public mutating func observeDeletion() { deletions -= 1 }
}
