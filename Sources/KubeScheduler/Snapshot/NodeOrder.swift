/// The order in which nodes are tried: one of each zone in turn, zones as they were first seen.
///
/// Follows `nodeTree` of kube-scheduler 1.36 (`pkg/scheduler/backend/cache/node_tree.go`).
struct NodeOrder: Sendable {
  private struct Zone: Sendable {
    var key: String
    var rows: [NodeIndex]
  }

  private var zones: [Zone] = []
  private var isStale = false
  private(set) var rows: [NodeIndex] = []
  private(set) var count = 0

  mutating func insert(_ row: NodeIndex, zone: String) {
    if let index = zones.firstIndex(where: { $0.key == zone }) {
      zones[index].rows.append(row)
    } else {
      zones.append(Zone(key: zone, rows: [row]))
    }
    count += 1
    isStale = true
  }

  mutating func remove(_ row: NodeIndex, zone: String) {
    guard let index = zones.firstIndex(where: { $0.key == zone }),
      let place = zones[index].rows.firstIndex(of: row)
    else { return }
    zones[index].rows.remove(at: place)
    if zones[index].rows.isEmpty { zones.remove(at: index) }
    count -= 1
    isStale = true
  }

  /// Brings `rows` up to date. Complexity: linear in the number of nodes after a change.
  mutating func refresh() {
    guard isStale else { return }
    isStale = false
    rows.removeAll(keepingCapacity: true)
    var round = 0
    while rows.count < count {
      for zone in zones where round < zone.rows.count { rows.append(zone.rows[round]) }
      round += 1
    }
  }
}
