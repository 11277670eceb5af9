/// The nodes that are being removed.
///
/// Follows `core/scaledown/deletiontracker/nodedeletiontracker.go` of cluster-autoscaler 1.36.
public struct DeletionTracker: Sendable {
  private var groups: [String: String] = [:]
  /// In the order of their start.
  public private(set) var empty: [String] = []
  public private(set) var drained: [String] = []

  public init() {}

  public var names: Set<String> { Set(groups.keys) }

  public mutating func start(_ node: String, in group: String, drain: Bool) {
    groups[node] = group
    if drain { drained.append(node) } else { empty.append(node) }
  }

  /// Notes that a removal ended, well or not.
  public mutating func end(_ node: String) {
    groups[node] = nil
    empty.removeAll { $0 == node }
    drained.removeAll { $0 == node }
  }

  public func count(in group: String) -> Int { groups.values.count { $0 == group } }
}
