public import TimeUnits

/// The nodes that could go, and since when without a break.
///
/// Follows `core/scaledown/unneeded/nodes.go` of cluster-autoscaler 1.36.
public struct UnneededNodes: Sendable {
  public struct Entry: Sendable {
    public var node: RemovableNode
    public var since: SimulationTime
  }

  /// In the order in which they were found.
  public private(set) var entries: [Entry] = []
  private var places: [String: Int] = [:]

  public init() {}

  public func contains(_ name: String) -> Bool { places[name] != nil }

  public func since(_ name: String) -> SimulationTime? { places[name].map { entries[$0].since } }

  /// Takes over what this loop found; whatever it did not find starts anew when found again.
  public mutating func update(_ nodes: [RemovableNode], at now: SimulationTime) {
    let old = self
    entries = nodes.map { Entry(node: $0, since: old.since($0.name) ?? now) }
    places = [:]
    for (index, entry) in entries.enumerated() { places[entry.node.name] = index }
  }

  public mutating func clear() {
    entries = []
    places = [:]
  }

  public mutating func drop(_ name: String) {
    guard let place = places[name] else { return }
    entries.remove(at: place)
    places = [:]
    for (index, entry) in entries.enumerated() { places[entry.node.name] = index }
  }
}

/// The nodes that need not be looked at for a while, because nothing could be done about them.
///
/// Follows `core/scaledown/unremovable/nodes.go` of cluster-autoscaler 1.36.
public struct UnremovableNodes: Sendable {
  private var until: [String: SimulationTime] = [:]
  /// Why each node of the last loop stays, by name.
  public private(set) var reasons: [String: UnremovableNode] = [:]

  public init() {}

  /// Forgets what has run out, nodes that are gone, and the reasons of the last loop.
  mutating func begin(_ names: Set<String>, at now: SimulationTime) {
    until = until.filter { names.contains($0.key) && $0.value > now }
    reasons = [:]
  }

  func isRecent(_ name: String) -> Bool { until[name] != nil }

  mutating func add(_ node: UnremovableNode) { reasons[node.name] = node }

  mutating func add(_ node: UnremovableNode, until time: SimulationTime) {
    until[node.name] = time
    reasons[node.name] = node
  }
}
