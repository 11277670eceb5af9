public import AWSObjects
public import TimeUnits

/// What a group remembers from one decision to the next; everything else is in its description.
public struct GroupMemory: Sendable, Hashable {
  public var launchFailures = LaunchFailures()
  /// Launched beyond the desired capacity to even the zones, and not yet in service.
  public var rebalancing: [InstanceID] = []
  /// When the last scaling activity came to its end; the default cooldown counts from here.
  public var lastActivityEnd: SimulationTime?
  public var targetTracking: [String: TargetTrackingMemory] = [:]

  public init() {}
}
