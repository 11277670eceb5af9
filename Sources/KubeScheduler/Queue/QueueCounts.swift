/// How many pods wait in each place.
struct PlaceCounts: Sendable {
  var active = 0
  var backoff = 0
  var unschedulable = 0

  mutating func change(_ place: SchedulingQueue.Place, by count: Int) {
    switch place {
    case .active: active += count
    case .backoff: backoff += count
    case .unschedulable, .gated: unschedulable += count
    case .inFlight: break
    }
  }
}

/// How many unschedulable pods each plugin rejected: an event that concerns none of them need not
/// be shown to any.
struct RejectionCounts: Sendable {
  private var counts = Array(repeating: 0, count: PluginName.allCases.count)

  mutating func count(_ plugins: [PluginName], by change: Int) {
    for plugin in plugins { counts[plugin.ordinal] += change }
  }

  func contains(_ plugins: [PluginName]) -> Bool { plugins.contains { counts[$0.ordinal] > 0 } }
}

/// The unschedulable pods in the order in which they became so; those that have left are passed
/// over by their tickets.
struct UnschedulableList: Sendable {
  struct Item: Sendable, BitwiseCopyable {
    var key: UInt32
    var ticket: UInt64
  }

  private var items: [Item] = []
  private var head = 0

  mutating func append(_ key: UInt32, ticket: UInt64) {
    items.append(Item(key: key, ticket: ticket))
  }

  mutating func takeAll() -> ArraySlice<Item> {
    let all = items[head...]
    items = []
    head = 0
    return all
  }

  /// The oldest that is still here; those before it are dropped.
  mutating func first(where isHere: (UInt32, UInt64) -> Bool) -> UInt32? {
    while head < items.count {
      if isHere(items[head].key, items[head].ticket) { return items[head].key }
      head += 1
    }
    items.removeAll(keepingCapacity: true)
    head = 0
    return nil
  }
}
