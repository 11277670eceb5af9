extension EventQueue {
  /// Traps if the queue's structure is damaged; for tests and checked runs.
  ///
  /// - Complexity: O(*n*).
  public func checkInvariants() {
    for position in heap.indices {
      let entry = heap[position]
      if position > 0 {
        precondition(!(entry < heap[(position - 1) / 4]), "a child precedes its parent")
      }
      let slot = slots[Int(entry.slot)]
      precondition(!slot.isFree, "an entry points to a free slot")
      precondition(Int(slot.position) == position, "a slot does not know its entry")
      let sequence = entry.order & ((1 << 62) - 1)
      precondition(sequence < nextSequence, "a sequence number was used twice")
      precondition(slot.generation == UInt32(truncatingIfNeeded: sequence), "generations differ")
    }
    var free = 0
    var next = firstFree
    while next != .noSlot {
      precondition(slots[Int(next)].isFree, "the free list holds a used slot")
      free += 1
      precondition(free <= slots.count, "the free list has a cycle")
      next = slots[Int(next)].position
    }
    precondition(free + heap.count == slots.count, "a slot is lost")
  }
}
