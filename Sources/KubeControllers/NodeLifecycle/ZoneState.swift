/// How much of a zone is down, which decides how fast its pods may be evicted.
public enum ZoneState: String, Sendable, Hashable {
  case initial = "Initial"
  case normal = "Normal"
  case partialDisruption = "PartialDisruption"
  case fullDisruption = "FullDisruption"

  /// Follows `ComputeZoneState` of node_lifecycle_controller.go, 1.36.
  ///
  /// A node without a Ready condition counts as not ready.
  public init(ready: Int, notReady: Int, options: NodeLifecycleOptions) {
    let share = Float(notReady) / Float(max(1, ready + notReady))
    if ready == 0, notReady > 0 {
      self = .fullDisruption
    } else if notReady > 2, share >= options.unhealthyZoneThreshold {
      self = .partialDisruption
    } else {
      self = .normal
    }
  }

  /// Nodes a second that may be tainted (1.36) or emptied (1.11) in a zone of `size` nodes.
  public func evictionRate(size: Int, options: NodeLifecycleOptions) -> Double {
    switch self {
    case .partialDisruption:
      size > options.largeClusterSizeThreshold ? options.secondaryNodeEvictionRate : 0
    case .initial, .normal, .fullDisruption: options.nodeEvictionRate
    }
  }
}

/// The Ready conditions of one zone after a pass, counted.
public struct ZoneCensus: Sendable, Hashable {
  public var zone: String
  public var ready: Int
  public var notReady: Int

  public init(zone: String, ready: Int, notReady: Int) {
    self.zone = zone
    self.ready = ready
    self.notReady = notReady
  }
}

/// The states of all zones, in the order the zones were first seen.
public struct ZoneStates: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var zone: String
    public var state: ZoneState
  }

  public enum Change: Sendable, Hashable {
    /// Every zone is down: it is the control plane that is cut off. NoExecute taints go from all
    /// nodes, every queue's rate becomes 0.
    case stopEvictions
    /// The first node is back: all nodes' probe times start afresh.
    case restartProbes
    case setRate(zone: String, nodesPerSecond: Double)
  }

  public private(set) var entries: [Entry] = []

  public init() {}

  public subscript(zone: String) -> ZoneState? { entries.first { $0.zone == zone }?.state }

  /// Follows `handleDisruption` of node_lifecycle_controller.go, 1.36.
  ///
  /// Complexity: quadratic in the number of zones, which is small.
  public mutating func update(
    _ zones: [ZoneCensus], options: NodeLifecycleOptions
  ) -> [Change] {
    let new = zones.map { ZoneState(ready: $0.ready, notReady: $0.notReady, options: options) }
    for zone in zones where self[zone.zone] == nil {
      entries.append(Entry(zone: zone.zone, state: .initial))
    }
    entries.removeAll { entry in !zones.contains { $0.zone == entry.zone } }
    let allAre = new.allSatisfy { $0 == .fullDisruption }
    let allWere = entries.allSatisfy { $0.state == .fullDisruption }
    if allAre, allWere { return [] }
    if allAre {
      for index in entries.indices { entries[index].state = .fullDisruption }
      return [.stopEvictions] + entries.map { .setRate(zone: $0.zone, nodesPerSecond: 0) }
    }
    var changes: [Change] = allWere ? [.restartProbes] : []
    for (zone, state) in zip(zones, new) {
      guard let index = entries.firstIndex(where: { $0.zone == zone.zone }) else { continue }
      guard allWere || entries[index].state != state else { continue }
      entries[index].state = state
      let rate = state.evictionRate(size: zone.ready + zone.notReady, options: options)
      changes.append(.setRate(zone: zone.zone, nodesPerSecond: rate))
    }
    return changes
  }
}
