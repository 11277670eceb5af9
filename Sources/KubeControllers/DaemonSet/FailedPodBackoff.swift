public import TimeUnits

/// How long a DaemonSet waits before it deletes one more failed pod of a node: 1 s, doubled each
/// time up to 15 min, forgotten after twice that.
///
/// daemon_controller.go with client-go `flowcontrol.Backoff`, 1.36.
public struct FailedPodBackoff: Sendable, Hashable {
  private struct Entry: Sendable, Hashable {
    var node: String
    var delay: Int64
    var updated: SimulationTime
  }

  public static let initial: Int64 = 1_000_000_000
  public static let maximum: Int64 = 900_000_000_000

  private var entries: [Entry] = []

  public init() {}

  /// Nanoseconds still to wait before a failed pod on `node` may be deleted; nil if it may now.
  public func wait(for node: String, at now: SimulationTime) -> Int64? {
    guard let entry = entries.first(where: { $0.node == node }) else { return nil }
    let since = now.nanoseconds - entry.updated.nanoseconds
    return since < entry.delay ? entry.delay : nil
  }

  /// Notes that a failed pod on `node` is being deleted.
  public mutating func bump(_ node: String, at now: SimulationTime) {
    guard let index = entries.firstIndex(where: { $0.node == node }) else {
      entries.append(Entry(node: node, delay: Self.initial, updated: now))
      return
    }
    let idle = now.nanoseconds - entries[index].updated.nanoseconds
    entries[index].delay =
      idle > 2 * Self.maximum ? Self.initial : min(2 * entries[index].delay, Self.maximum)
    entries[index].updated = now
  }
}
