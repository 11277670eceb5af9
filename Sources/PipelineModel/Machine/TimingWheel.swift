/// The pipeline's own events in the order of (time, sequence): a timing wheel for what is due
/// within 33 ms, a heap for the rest (G. Varghese, T. Lauck, 1987, doi:10.1145/41457.37504).
///
/// The kernel's queue is made for all time scales and can cancel any event. Here all but a few
/// events are milliseconds away, nothing is canceled (a life counter voids what is stale), and a
/// message costs three or four: measured on the path, a heap alone takes 1.4 times as long.
struct TimingWheel: Sendable {
  private struct Slot: BitwiseCopyable, Sendable {
    var time: Int64
    var sequence: UInt64
    var event: PipelineEvent
    var next: UInt32
  }

  /// A bucket is 8.2 µs wide.
  private static let shift: Int64 = 13
  private static let buckets = 4_096
  private static let none = UInt32.max

  private var slots = Slab<Slot>()
  private var free = none
  /// Each bucket's first slot, in order.
  private var heads = Slab(repeating: none, count: buckets)
  /// Which buckets hold anything.
  private var occupied = Slab(repeating: UInt64(0), count: buckets / 64)
  private var inWheel = 0
  /// The bucket that the wheel begins with, counted from time zero; nothing is due before it.
  private var current: Int64 = 0
  /// Beyond the wheel: the places of a binary heap, and when the first is due.
  private var far: [UInt32] = []
  private var farTime = Int64.max
  private var sequence: UInt64 = 0

  /// Events that were ever added.
  var count: Int64 { Int64(sequence) }

  /// When the first event is due, in nanoseconds.
  var firstTime: Int64? {
    let near = inWheel > 0 ? slots[Int(heads[firstBucket])].time : nil
    guard let near else { return far.isEmpty ? nil : farTime }
    return min(near, farTime)
  }

  /// Makes all memory its own; to be called before changes, as copies share it.
  mutating func detach() {
    slots.detach()
    heads.detach()
    occupied.detach()
  }

  /// Adds an event behind all others of its time.
  ///
  /// - Complexity: O(1) for one that is due soon, else O(log *n*).
  @inline(__always)
  mutating func insert(_ event: PipelineEvent, at time: Int64) {
    let slot = take(event, time)
    let bucket = time >> Self.shift
    if bucket &- current < Int64(Self.buckets) {
      link(slot, time, Int(max(bucket, current)) & (Self.buckets - 1))
    } else {
      insertFar(slot)
    }
  }

  /// Takes the first event if it is due by `deadline`.
  ///
  /// - Complexity: O(1) amortized where events are no more than 33 ms apart.
  @inline(__always)
  mutating func popFirst(until deadline: Int64) -> (time: Int64, event: PipelineEvent)? {
    guard inWheel > 0 else { return popFar(until: deadline) }
    let bucket = firstBucket
    let first = heads[bucket]
    let slot = slots.place(Int(first))
    let time = slot.pointee.time
    // What is far was added earlier than what is near and due at the same time.
    if farTime <= time { return popFar(until: deadline) }
    guard time <= deadline else { return nil }
    let event = slot.pointee.event
    let next = slot.pointee.next
    heads[bucket] = next
    if next == Self.none { occupied[bucket >> 6] &= ~(1 &<< UInt64(bucket & 63)) }
    inWheel &-= 1
    current = max(current, time >> Self.shift)
    release(first)
    return (time, event)
  }

  // MARK: The wheel

  @inline(__always)
  private mutating func link(_ slot: UInt32, _ time: Int64, _ bucket: Int) {
    inWheel &+= 1
    let head = heads[bucket]
    if head == Self.none || time < slots[Int(head)].time {
      slots[Int(slot)].next = head
      heads[bucket] = slot
      occupied[bucket >> 6] |= 1 << UInt64(bucket & 63)
      return
    }
    var before = Int(head)
    while slots[before].next != Self.none, slots[Int(slots[before].next)].time <= time {
      before = Int(slots[before].next)
    }
    slots[Int(slot)].next = slots[before].next
    slots[before].next = slot
  }

  /// The first bucket that holds anything; the wheel is not empty.
  @inline(__always)
  private var firstBucket: Int {
    let start = Int(current) & (Self.buckets - 1)
    var word = start >> 6
    var bits = occupied[word] & (~0 << UInt64(start & 63))
    // Once around: the word with the start comes again for its lower buckets.
    while bits == 0 {
      word = (word &+ 1) & (Self.buckets / 64 - 1)
      bits = occupied[word]
    }
    return word << 6 | bits.trailingZeroBitCount
  }

  // MARK: Slots

  @inline(__always)
  private mutating func take(_ event: PipelineEvent, _ time: Int64) -> UInt32 {
    let new = Slot(time: time, sequence: sequence, event: event, next: Self.none)
    sequence &+= 1
    if free == Self.none {
      slots.append(new)
      return UInt32(slots.count - 1)
    }
    let slot = free
    free = slots[Int(slot)].next
    slots[Int(slot)] = new
    return slot
  }

  @inline(__always)
  private mutating func release(_ slot: UInt32) {
    slots[Int(slot)].next = free
    free = slot
  }

  @inline(__always)
  private func isBefore(_ a: UInt32, _ b: UInt32) -> Bool {
    let (a, b) = (slots[Int(a)], slots[Int(b)])
    return a.time < b.time || (a.time == b.time && a.sequence < b.sequence)
  }

  // MARK: Beyond the wheel

  private mutating func insertFar(_ slot: UInt32) {
    far.append(slot)
    var place = far.count - 1
    while place > 0, isBefore(slot, far[(place - 1) / 2]) {
      far[place] = far[(place - 1) / 2]
      place = (place - 1) / 2
    }
    far[place] = slot
    farTime = slots[Int(far[0])].time
  }

  private mutating func popFar(until deadline: Int64) -> (time: Int64, event: PipelineEvent)? {
    guard let first = far.first, slots[Int(first)].time <= deadline else { return nil }
    let last = far.removeLast()
    var place = 0
    while !far.isEmpty {
      var child = 2 * place + 1
      if child + 1 < far.count, isBefore(far[child + 1], far[child]) { child += 1 }
      guard child < far.count, isBefore(far[child], last) else { break }
      far[place] = far[child]
      place = child
    }
    if !far.isEmpty { far[place] = last }
    farTime = far.first.map { slots[Int($0)].time } ?? .max
    let slot = slots[Int(first)]
    // The wheel may be behind: it holds nothing that is due before this.
    if inWheel == 0 { current = max(current, slot.time >> Self.shift) }
    release(first)
    return (slot.time, slot.event)
  }
}
