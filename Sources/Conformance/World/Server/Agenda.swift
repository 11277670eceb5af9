import TimeUnits

/// What is to happen in a recorded world, in the order of time and then of scheduling.
///
/// Actions are closures here, unlike in the simulation kernel: this world is never saved, copied or
/// replayed, and each of its syncs waits for one answer after another.
struct Agenda {
  typealias Action = () -> Void

  private struct Entry {
    var time: Int64
    var order: Int
    var action: Action

    func precedes(_ other: Entry) -> Bool { (time, order) < (other.time, other.order) }
  }

  private var heap: [Entry] = []
  private var scheduled = 0

  var nextTime: Int64? { heap.first?.time }

  mutating func add(at time: Int64, _ action: @escaping Action) {
    scheduled += 1
    heap.append(Entry(time: time, order: scheduled, action: action))
    var child = heap.count - 1
    while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popFirst() -> (time: Int64, action: Action)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      var parent = 0
      while true {
        var least = parent
        for child in [2 * parent + 1, 2 * parent + 2]
        where child < heap.count && heap[child].precedes(heap[least]) { least = child }
        if least == parent { break }
        heap.swapAt(parent, least)
        parent = least
      }
    }
    return (first.time, first.action)
  }
}
