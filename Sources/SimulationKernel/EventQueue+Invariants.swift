extension EventQueue {
  /// Traps if the queue's structure is damaged; for tests and checked runs.
  ///
  /// - Complexity: O(*n* + number of buckets).
  public func checkInvariants() {
    checkNear()
    let linked = checkBuckets()
    precondition(near.count + linked == pending, "an event is lost")
    precondition(
      (near.count == 0) == (pending == 0), "the near part is empty while events are pending")
    var free = 0
    var next = firstFree
    while next != .noSlot {
      precondition(slots[Int(next)].back == .free, "the free list holds a used slot")
      free += 1
      precondition(free <= slots.count, "the free list has a cycle")
      next = slots[Int(next)].next
    }
    precondition(free + pending == slots.count, "a slot is lost")
  }

  private func checkNear() {
    for position in 0..<near.count {
      let entry = near[position]
      if position > 0, isHeap {
        precondition(!(entry < near[(position - 1) / 4]), "a child precedes its parent")
      } else if position > 0 {
        precondition(entry < near[position - 1], "the near events are not sorted")
      }
      precondition(entry.time <= nearLast, "the near part holds what happens later")
      let slot = slots[Int(entry.slot)]
      precondition(slot.back == .near, "a slot does not know that it is near")
      precondition(!isHeap || Int(slot.next) == position, "a slot does not know its position")
      precondition(slot.time == entry.time && slot.order == entry.order, "an entry differs")
      precondition(slot.order & (1 << 62 - 1) < nextSequence, "a sequence number is too large")
    }
  }

  /// The number of events in buckets.
  private func checkBuckets() -> Int {
    var seen = 0
    var owner: [Int: Rung] = [:]
    for index in 0..<rungs.count {
      let rung = rungs[index]
      for bucket in rung.base..<rung.end { owner[bucket] = rung }
      precondition(rung.base == (index == 0 ? 1 : rungs[index - 1].end), "rungs overlap")
      precondition(index == 0 || rung.last <= rungs[index - 1].last, "a rung outlasts its parent")
    }
    for bucket in 0..<buckets.count {
      var back = UInt32.firstOfBucket | UInt32(bucket)
      var next = buckets[bucket]
      while next != .noSlot {
        let slot = slots[Int(next)]
        precondition(slot.back == back, "a slot does not know its neighbor")
        precondition(slot.time > nearLast, "a bucket holds what is near")
        if bucket == 0 {
          precondition(slot.time >= farFirst && slot.time <= farLast, "far bounds are too narrow")
          precondition(rungs.count == 0 || rungs[0].last < slot.time, "the far bucket is too near")
        } else {
          let rung = owner[bucket]
          precondition(rung?.bucket(of: slot.time) == bucket, "an event is in a wrong bucket")
          precondition(bucket >= rung?.current ?? .max, "a used bucket holds an event")
        }
        seen += 1
        back = next
        next = slot.next
      }
    }
    return seen
  }
}
