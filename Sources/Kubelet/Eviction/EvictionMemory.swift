import TimeUnits

/// What the eviction manager remembers from pass to pass; a new kubelet remembers nothing.
public struct EvictionMemory: Sendable, Hashable {
  /// By threshold: since when it has been met without a break.
  var metSince: [SimulationTime?] = []
  /// By threshold: met for its grace period and not yet resolved.
  var isUnresolved: [Bool] = []
  /// By condition (memory, disk, pid): when it was last observed.
  var lastObserved: [SimulationTime?] = [nil, nil, nil]
  var lastObservations = SignalObservations()
  /// What the node reports, held for the transition period after it was last observed.
  public internal(set) var conditions: PressureConditions = []

  public init() {}
}
