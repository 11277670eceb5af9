/// A binary heap of queued pods whose stale items are passed over by their tickets.
struct QueueHeap: Sendable {
  /// A pod's place in line: compared by `first`, `second`, then the order of arrival.
  struct Item: Sendable, BitwiseCopyable {
    var first: Int64
    var second: Int64
    var third: Int64
    /// Rises with every push, so that no two items are equal.
    var ticket: UInt64
    var key: UInt32

    @inline(__always)
    static func < (a: Item, b: Item) -> Bool {
      (a.first, a.second, a.third, a.ticket) < (b.first, b.second, b.third, b.ticket)
    }
  }

  private var items: [Item] = []

  var top: Item? { items.first }

  mutating func push(_ item: Item) {
    items.append(item)
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if !(items[child] < items[parent]) { break }
      items.swapAt(child, parent)
      child = parent
    }
  }

  @discardableResult
  mutating func pop() -> Item? {
    guard let top = items.first, let last = items.popLast() else { return nil }
    if items.isEmpty { return top }
    items[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < items.count && items[child] < items[least] {
        least = child
      }
      if least == parent { return top }
      items.swapAt(parent, least)
      parent = least
    }
  }
}
