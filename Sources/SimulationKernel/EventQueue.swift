public import TimeUnits

/// The future event list: pending events in the total order (time, priority, sequence), each of
/// which can be canceled at once by its id.
///
/// A ladder queue (W. T. Tang, R. Goh, I. Thng, 2005, doi:10.1145/1103323.1103324). What happens
/// soon lies in a short sorted row, the only part that is in order. What happens later lies in
/// buckets of equal spans, unordered; a bucket is opened when the near row has run empty, and
/// divided into finer buckets if it holds much. What happens after all these lies in one far
/// bucket, from which new ones are made when they are used up. So an event is moved a few times and
/// compared with a few others, however many are pending; when few are, the near row holds all.
/// Events of one instant cannot be divided; then the near row becomes a 4-ary heap, which keeps
/// every operation at O(log *n*).
///
/// Payloads rest in a slab of slots. A slot knows its place, in the heap by position and in a
/// bucket by its neighbors, so that `cancel` takes an event out and leaves no tombstone.
@frozen
public struct EventQueue<Event: BitwiseCopyable & Sendable>: Sendable {
  @usableFromInline var pending = 0
  @usableFromInline var nextSequence: UInt64 = 0

  /// Whoever holds the only reference may write to the blocks; see `makeUnique`.
  @usableFromInline var owner = Owner()

  @usableFromInline var slots = Block<Slot>()
  @usableFromInline var firstFree = UInt32.noSlot

  /// All events up to `nearLast`, in order; empty only if the queue is.
  @usableFromInline var near = Block<Entry>()
  @usableFromInline var nearLast = Int64.max
  @usableFromInline var isHeap = false
  /// At more than this many entries the near part is divided into buckets.
  @usableFromInline var splitLimit = Self.shortNear

  /// Spans of buckets after `nearLast`: the coarsest first, each within the next bucket of the one
  /// before it, so the last has the earliest events.
  @usableFromInline var rungs = Block<Rung>()
  /// The first slot of each bucket's list. Bucket 0 is the far one; those of the rungs follow.
  @usableFromInline var buckets = Block<UInt32>()
  /// Bounds of the times in the far bucket; wider than true after cancellations.
  @usableFromInline var farFirst = Int64.max
  @usableFromInline var farLast = Int64.min

  @inlinable
  public init() {
    reserveBuckets(1)
  }
}

// MARK: Parts

extension EventQueue {
  /// What the near part compares. The order holds the priority in its two highest bits and the
  /// sequence number in the others.
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

  /// An event and its place.
  @frozen
  @usableFromInline
  struct Slot: BitwiseCopyable, Sendable {
    @usableFromInline var time: Int64
    @usableFromInline var order: UInt64
    @usableFromInline var event: Event
    /// The position in the heap, the next slot in the bucket, or the next free slot.
    @usableFromInline var next: UInt32
    /// The slot before it in its bucket, or one of the marks below.
    @usableFromInline var back: UInt32

    @inlinable
    init(time: Int64, order: UInt64, event: Event) {
      self.time = time
      self.order = order
      self.event = event
      self.next = .noSlot
      self.back = .noSlot
    }
  }

  /// A span of time divided into buckets, of which those before `current` are used up.
  @frozen
  @usableFromInline
  struct Rung: BitwiseCopyable, Sendable {
    @usableFromInline var start: Int64
    /// The last instant of the last bucket, which may be wider than the others.
    @usableFromInline var last: Int64
    /// A bucket is 2^`shift` nanoseconds wide.
    @usableFromInline var shift: UInt64
    /// Where its buckets are in the common array.
    @usableFromInline var base: Int
    @usableFromInline var end: Int
    @usableFromInline var current: Int

    @inlinable
    init(start: Int64, last: Int64, shift: UInt64, base: Int, end: Int) {
      self.start = start
      self.last = last
      self.shift = shift
      self.base = base
      self.end = end
      self.current = base
    }

    @inlinable
    func bucket(of time: Int64) -> Int {
      let index = UInt64(bitPattern: time &- start) &>> shift
      return base
        &+ Int(truncatingIfNeeded: min(index, UInt64(bitPattern: Int64(end &- base &- 1))))
    }

    /// The last instant of a bucket.
    @inlinable
    func last(of bucket: Int) -> Int64 {
      guard bucket < end - 1 else { return last }
      return start &+ Int64(bitPattern: UInt64(bucket &- base &+ 1) &<< shift) &- 1
    }
  }

  /// So many entries are cheaper sorted than in buckets.
  @inlinable static var shortNear: Int { 32 }
}

extension UInt32 {
  @inlinable static var noSlot: UInt32 { .max }
  /// The slot is free.
  @inlinable static var free: UInt32 { .max - 1 }
  /// The slot's entry is in the near part.
  @inlinable static var near: UInt32 { .max - 2 }
  /// The slot is the first of a bucket, whose number is in the other bits.
  @inlinable static var firstOfBucket: UInt32 { 1 << 31 }
}

// MARK: Operations

extension EventQueue {
  @inlinable
  public var count: Int { pending }

  @inlinable
  public var isEmpty: Bool { pending == 0 }

  /// The time of the next event; nil if there is none.
  @inlinable
  public var firstTime: SimulationTime? {
    pending > 0 ? SimulationTime(nanoseconds: firstNear.time) : nil
  }

  /// Adds an event behind all others of its time and priority.
  ///
  /// - Complexity: O(1) amortized for spread times, O(log *n*) for equal ones.
  @inlinable
  @discardableResult
  public mutating func insert(
    _ event: Event, at time: SimulationTime, priority: EventPriority
  ) -> EventID {
    makeUnique()
    let time = time.nanoseconds
    let order = UInt64(priority.rawValue) &<< 62 | nextSequence
    let id = EventID(
      slot: takeSlot(Slot(time: time, order: order, event: event)),
      generation: UInt32(truncatingIfNeeded: nextSequence))
    nextSequence &+= 1
    pending &+= 1
    if time <= nearLast {
      insertNear(Entry(time: time, order: order, slot: id.slot))
    } else {
      insertLater(id.slot, time: time)
    }
    return id
  }

  /// Takes the first event if it is due at or before `deadline`.
  ///
  /// - Complexity: O(1) amortized for spread times, O(log *n*) for equal ones.
  @inlinable
  public mutating func popFirst(
    until deadline: SimulationTime = .distantFuture
  ) -> (time: SimulationTime, event: Event)? {
    guard pending > 0 else { return nil }
    let first = firstNear
    guard first.time <= deadline.nanoseconds else { return nil }
    makeUnique()
    let event = slots[Int(first.slot)].event
    removeFirstNear()
    releaseSlot(first.slot)
    return (SimulationTime(nanoseconds: first.time), event)
  }

  /// Whether the event is still pending.
  @inlinable
  public func contains(_ id: EventID) -> Bool {
    guard Int(id.slot) < slots.count else { return false }
    let slot = slots[Int(id.slot)]
    return slot.back != .free && UInt32(truncatingIfNeeded: slot.order) == id.generation
  }

  /// Takes an event out; false if it is not pending any more.
  ///
  /// - Complexity: O(1) in a bucket or a short row, O(log *n*) in the heap.
  @inlinable
  @discardableResult
  public mutating func cancel(_ id: EventID) -> Bool {
    guard contains(id) else { return false }
    makeUnique()
    let slot = slots[Int(id.slot)]
    if slot.back == .near {
      removeNear(id.slot)
    } else {
      unlink(slot)
    }
    releaseSlot(id.slot)
    return true
  }
}

// MARK: Slots

extension EventQueue {
  @inlinable
  mutating func takeSlot(_ slot: Slot) -> UInt32 {
    let free = firstFree
    if free == .noSlot {
      append(slot)
      return UInt32(truncatingIfNeeded: slots.count - 1)
    }
    firstFree = slots[Int(free)].next
    slots[Int(free)] = slot
    return free
  }

  /// Frees a slot whose entry is in no part any more, and sees to it that the near part is not
  /// empty.
  @inlinable
  mutating func releaseSlot(_ slot: UInt32) {
    slots[Int(slot)].back = .free
    slots[Int(slot)].next = firstFree
    firstFree = slot
    pending &-= 1
    if near.count == 0 { refill() }
  }
}
