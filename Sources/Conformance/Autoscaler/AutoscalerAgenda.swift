import TimeUnits

/// What is to happen in a recorded autoscaler world, by time, then by kind, then by order.
struct AutoscalerAgenda: Sendable {
  enum Event: Sendable {
    case caseEvent(Int)
    case register(node: Int)
    case ready(node: Int)
    case gone(node: Int)
    case podGone(pod: Int)
    case deletion(Int)
    case sample
    case loop
    case loopEnds

    /// Facts come before looks at them; what is measured comes first of all, so that a sample shows
    /// the state before its instant.
    var rank: Int {
      switch self {
      case .sample: 0
      case .loopEnds: 1
      case .loop: 3
      default: 2
      }
    }
  }

  private struct Entry: Sendable {
    var time: Int64
    var rank: Int
    var order: Int
    var event: Event

    func precedes(_ other: Entry) -> Bool {
      (time, rank, order) < (other.time, other.rank, other.order)
    }
  }

  private var heap: [Entry] = []
  private var count = 0

  mutating func add(_ event: Event, at time: SimulationTime) {
    count += 1
    heap.append(
      Entry(time: time.nanoseconds, rank: event.rank, order: count, event: event))
    var child = heap.count - 1
    while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// When the next event is; nil if there is none.
  var nextTime: SimulationTime? {
    heap.first.map { SimulationTime(nanoseconds: $0.time) }
  }

  mutating func next() -> (time: SimulationTime, event: Event)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      var parent = 0
      while true {
        var child = 2 * parent + 1
        if child >= heap.count { break }
        if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
        if !heap[child].precedes(heap[parent]) { break }
        heap.swapAt(parent, child)
        parent = child
      }
    }
    return (SimulationTime(nanoseconds: first.time), first.event)
  }

  /// Takes a waiting loop off, as a trigger brings it forward.
  mutating func removeLoops() {
    let kept = heap.filter { entry in
      if case .loop = entry.event { return false }
      return true
    }
    if kept.count == heap.count { return }
    // A sorted array is a heap.
    heap = kept.sorted { $0.precedes($1) }
  }

  /// Whether nothing but samples and loops happens at or before a time.
  func isQuiet(at time: SimulationTime) -> Bool {
    !heap.contains { $0.rank == 2 && $0.time <= time.nanoseconds }
  }
}
