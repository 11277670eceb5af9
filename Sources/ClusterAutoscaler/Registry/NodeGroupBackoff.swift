public import TimeUnits

/// Which groups are left alone for a while after they failed to grow.
///
/// Follows `utils/backoff/exponential_backoff.go` of cluster-autoscaler 1.36: a failure during
/// the wait restarts it, a failure after it doubles it, and one long past is forgotten.
public struct NodeGroupBackoff: Sendable {
  /// What is known of a group that failed.
  public struct Entry: Sendable, Hashable {
    public var group: String
    public var error: CreationError
    public var duration: Duration
    public var until: SimulationTime
    public var lastFailure: SimulationTime
  }

  /// In order of first failure.
  public private(set) var entries: [Entry] = []
  private let initial: Duration
  private let longest: Duration
  private let resetTimeout: Duration

  public init(initial: Duration, longest: Duration, resetTimeout: Duration) {
    self.initial = initial
    self.longest = longest
    self.resetTimeout = resetTimeout
  }

  public init(_ options: AutoscalerOptions = AutoscalerOptions()) {
    self.init(
      initial: options.initialNodeGroupBackoffDuration,
      longest: options.maxNodeGroupBackoffDuration,
      resetTimeout: options.nodeGroupBackoffResetTimeout)
  }

  /// Notes a failure; returns until when the group is left alone.
  @discardableResult
  public mutating func backOff(
    _ group: String, error: CreationError, at now: SimulationTime
  ) -> SimulationTime {
    let index = entries.firstIndex { $0.group == group }
    var duration = initial
    if let index {
      duration = entries[index].duration
      // Failures of one order arrive one by one: only one after the wait makes it longer.
      if entries[index].until < now { duration = min(duration * 2, longest) }
    }
    let entry = Entry(
      group: group, error: error, duration: duration, until: now + duration, lastFailure: now)
    if let index { entries[index] = entry } else { entries.append(entry) }
    return entry.until
  }

  public func entry(_ group: String) -> Entry? { entries.first { $0.group == group } }

  public func isBackedOff(_ group: String, at now: SimulationTime) -> Bool {
    entry(group).map { $0.until > now } ?? false
  }

  public mutating func removeBackoff(_ group: String) {
    entries.removeAll { $0.group == group }
  }

  /// Forgets the groups whose last failure is long past.
  public mutating func removeStale(at now: SimulationTime) {
    entries.removeAll { $0.lastFailure + resetTimeout < now }
  }
}
