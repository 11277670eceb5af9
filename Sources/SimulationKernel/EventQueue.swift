public import TimeUnits

/// The future event list: pending events in the total order (time, priority, sequence).
///
/// An indexed 4-ary heap of small entries; payloads rest in a slab of slots, each of which knows
/// where its entry is, so that `cancel` takes an event out at once instead of leaving a tombstone.
@frozen
public struct EventQueue<Event: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline var heap: [Entry] = []
  @usableFromInline var slots: [Slot] = []
  @usableFromInline var firstFree: UInt32 = .noSlot
  @usableFromInline var nextSequence: UInt64 = 0

  @inlinable
  public init() {}

  /// What the heap compares. The order holds the priority in its two highest bits and the sequence
  /// number in the others.
  @frozen
  @usableFromInline
  struct Entry: BitwiseCopyable, Sendable {
    @usableFromInline var time: Int64
    @usableFromInline var order: UInt64
    @usableFromInline var slot: UInt32

    @inlinable
    init(time: Int64, order: UInt64, slot: UInt32) {
      self.time = time
      self.order = order
      self.slot = slot
    }

    @inlinable
    static func < (a: Entry, b: Entry) -> Bool {
      a.time < b.time || (a.time == b.time && a.order < b.order)
    }
  }

  /// An event and where its entry is; a free slot links to the next free one.
  @frozen
  @usableFromInline
  struct Slot: BitwiseCopyable, Sendable {
    @usableFromInline var event: Event
    @usableFromInline var generation: UInt32
    @usableFromInline var position: UInt32
    @usableFromInline var isFree: Bool

    @inlinable
    init(event: Event, generation: UInt32) {
      self.event = event
      self.generation = generation
      self.position = 0
      self.isFree = false
    }
  }
}

extension UInt32 {
  @inlinable
  static var noSlot: UInt32 { .max }
}

extension EventQueue {
  @inlinable
  public var count: Int { heap.count }

  @inlinable
  public var isEmpty: Bool { heap.isEmpty }

  /// The time of the next event; nil if there is none.
  @inlinable
  public var firstTime: SimulationTime? {
    heap.first.map { SimulationTime(nanoseconds: $0.time) }
  }

  /// Adds an event behind all others of its time and priority.
  @inlinable
  @discardableResult
  public mutating func insert(
    _ event: Event, at time: SimulationTime, priority: EventPriority
  ) -> EventID {
    let sequence = nextSequence
    nextSequence &+= 1
    let generation = UInt32(truncatingIfNeeded: sequence)
    let slot = takeSlot(event, generation: generation)
    let order = UInt64(priority.rawValue) << 62 | sequence
    heap.append(Entry(time: time.nanoseconds, order: order, slot: slot))
    siftUp(from: heap.count - 1)
    return EventID(slot: slot, generation: generation)
  }

  /// Takes the first event if it is due at or before `deadline`.
  @inlinable
  public mutating func popFirst(
    until deadline: SimulationTime = .distantFuture
  ) -> (time: SimulationTime, event: Event)? {
    guard let first = heap.first, first.time <= deadline.nanoseconds else { return nil }
    let event = slots[Int(first.slot)].event
    remove(at: 0)
    return (SimulationTime(nanoseconds: first.time), event)
  }

  /// Whether the event is still pending.
  @inlinable
  public func contains(_ id: EventID) -> Bool {
    guard Int(id.slot) < slots.count else { return false }
    let slot = slots[Int(id.slot)]
    return !slot.isFree && slot.generation == id.generation
  }

  /// Takes an event out; false if it is not pending any more.
  @inlinable
  @discardableResult
  public mutating func cancel(_ id: EventID) -> Bool {
    guard contains(id) else { return false }
    remove(at: Int(slots[Int(id.slot)].position))
    return true
  }
}

extension EventQueue {
  @inlinable
  mutating func takeSlot(_ event: Event, generation: UInt32) -> UInt32 {
    let free = firstFree
    if free == .noSlot {
      slots.append(Slot(event: event, generation: generation))
      return UInt32(slots.count - 1)
    }
    firstFree = slots[Int(free)].position
    slots[Int(free)] = Slot(event: event, generation: generation)
    return free
  }

  @inlinable
  mutating func remove(at position: Int) {
    let slot = heap[position].slot
    slots[Int(slot)].isFree = true
    slots[Int(slot)].position = firstFree
    firstFree = slot
    let last = heap.removeLast()
    guard position < heap.count else { return }
    heap[position] = last
    if position > 0, last < heap[(position - 1) / 4] {
      siftUp(from: position)
    } else {
      siftDown(from: position)
    }
  }

  @inlinable
  mutating func siftUp(from start: Int) {
    var hole = start
    let entry = heap[hole]
    while hole > 0 {
      let parent = (hole - 1) / 4
      guard entry < heap[parent] else { break }
      place(heap[parent], at: hole)
      hole = parent
    }
    place(entry, at: hole)
  }

  @inlinable
  mutating func siftDown(from start: Int) {
    var hole = start
    let entry = heap[hole]
    while hole * 4 + 1 < heap.count {
      var least = hole * 4 + 1
      let end = min(least + 4, heap.count)
      var child = least + 1
      while child < end {
        if heap[child] < heap[least] { least = child }
        child += 1
      }
      guard heap[least] < entry else { break }
      place(heap[least], at: hole)
      hole = least
    }
    place(entry, at: hole)
  }

  @inlinable
  mutating func place(_ entry: Entry, at position: Int) {
    heap[position] = entry
    slots[Int(entry.slot)].position = UInt32(truncatingIfNeeded: position)
  }
}
