// The later part: buckets of slots linked both ways, in rungs, and the far bucket after all rungs.

extension EventQueue {
  /// Puts a slot into the bucket of its time, which is after `nearLast`.
  @inlinable
  mutating func insertLater(_ slot: UInt32, time: Int64) {
    var bucket = 0
    if rungs.count > 0, time <= rungs[0].last {
      var rung = 0
      while rung &+ 1 < rungs.count, time <= rungs[rung &+ 1].last { rung &+= 1 }
      bucket = rungs[rung].bucket(of: time)
    } else {
      farFirst = min(farFirst, time)
      farLast = max(farLast, time)
    }
    link(slot, into: bucket)
  }

  @inlinable
  mutating func link(_ slot: UInt32, into bucket: Int) {
    let head = buckets[bucket]
    buckets[bucket] = slot
    if head != .noSlot { slots[Int(head)].back = slot }
    slots[Int(slot)].next = head
    slots[Int(slot)].back = .firstOfBucket | UInt32(truncatingIfNeeded: bucket)
  }

  @inlinable
  mutating func unlink(_ slot: Slot) {
    if slot.next != .noSlot { slots[Int(slot.next)].back = slot.back }
    if slot.back >= .firstOfBucket {
      buckets[Int(slot.back & ~.firstOfBucket)] = slot.next
    } else {
      slots[Int(slot.back)].next = slot.next
    }
  }

  /// Fills the empty near part with the earliest events there are.
  @inlinable
  @inline(never)
  mutating func refill() {
    while pending > 0 {
      guard rungs.count > 0 else {
        if openFar() { return }
        continue
      }
      let rung = rungs[rungs.count &- 1]
      var bucket = rung.current
      while bucket < rung.end, buckets[bucket] == .noSlot { bucket &+= 1 }
      guard bucket < rung.end else {
        _ = rungs.removeLast()
        continue
      }
      rungs[rungs.count - 1].current = bucket + 1
      let (first, last) = open(bucket)
      nearLast = rung.last(of: bucket)
      if near.count > Self.shortNear, last > first {
        divideNear(first: first, last: last)
      } else {
        arrangeNear()
        return
      }
    }
    nearLast = .max
    arrangeNear()
  }

  /// Takes all events of a bucket into the empty near part, in any order.
  ///
  /// - Returns: the bounds of their times.
  @inlinable
  mutating func open(_ bucket: Int) -> (first: Int64, last: Int64) {
    var first = Int64.max
    var last = Int64.min
    var slot = buckets[bucket]
    buckets[bucket] = .noSlot
    while slot != .noSlot {
      let content = slots[Int(slot)]
      append(Entry(time: content.time, order: content.order, slot: slot))
      first = min(first, content.time)
      last = max(last, content.time)
      slot = content.next
    }
    return (first, last)
  }

  /// With all rungs used up, makes one of the far bucket, or takes its few events into the near
  /// part.
  ///
  /// - Returns: whether the near part has events now.
  @inlinable
  mutating func openFar() -> Bool {
    if pending <= Self.shortNear || farFirst == farLast {
      _ = open(0)
      nearLast = farFirst == farLast ? farLast : .max
      (farFirst, farLast) = (.max, .min)
      arrangeNear()
      return true
    }
    let rung = addRung(first: farFirst, last: farLast, end: farLast, events: pending)
    nearLast = farFirst - 1
    var slot = buckets[0]
    buckets[0] = .noSlot
    while slot != .noSlot {
      let content = slots[Int(slot)]
      link(slot, into: rung.bucket(of: content.time))
      slot = content.next
    }
    (farFirst, farLast) = (.max, .min)
    return false
  }

  /// Puts all entries of the near part into the buckets of a new rung.
  @inlinable
  mutating func divideNear(first: Int64, last: Int64) {
    let end = rungs.count == 0 && nearLast == .max ? last : nearLast
    let rung = addRung(first: first, last: last, end: end, events: near.count)
    for position in 0..<near.count {
      link(near[position].slot, into: rung.bucket(of: near[position].time))
    }
    near.count = 0
    nearLast = first - 1
  }

  /// Divides a near part that has grown too long, unless all its events are of one instant.
  @inlinable
  @inline(never)
  mutating func split() {
    var first = Int64.max
    var last = Int64.min
    for position in 0..<near.count {
      first = min(first, near[position].time)
      last = max(last, near[position].time)
    }
    if first == last {
      becomeHeap()
      splitLimit = near.count * 2
    } else {
      divideNear(first: first, last: last)
      refill()
    }
  }

  /// Adds a rung for events in `first...last`, about two buckets for each; the last bucket reaches
  /// to `end`.
  @inlinable
  mutating func addRung(first: Int64, last: Int64, end: Int64, events: Int) -> Rung {
    let span = UInt64(bitPattern: last &- first)
    let spanBits = UInt64.bitWidth - span.leadingZeroBitCount
    let bucketBits = Int.bitWidth - (events * Self.bucketsPerEvent).leadingZeroBitCount
    let shift = UInt64(max(spanBits - bucketBits, 0))
    let base = rungs.count == 0 ? 1 : rungs[rungs.count - 1].end
    let rung = Rung(
      start: first, last: end, shift: shift, base: base, end: base + Int(span >> shift) + 1)
    precondition(rung.end < Int(UInt32.firstOfBucket), "more than two thousand million buckets")
    reserveBuckets(rung.end)
    append(rung)
    return rung
  }

  @inlinable static var bucketsPerEvent: Int { 2 }
}
