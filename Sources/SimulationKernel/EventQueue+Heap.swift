// The near part: a 4-ary heap in an array, whose entries' slots know their positions.

extension EventQueue {
  @inlinable
  mutating func insertNear(_ entry: Entry) {
    append(entry)
    siftUp(entry, from: near.count &- 1)
    if near.count > splitLimit { split() }
  }

  @inlinable
  mutating func removeNear(at position: Int) {
    let last = near.removeLast()
    guard position < near.count else { return }
    if position > 0, last < near[(position &- 1) / 4] {
      siftUp(last, from: position)
    } else {
      siftDown(last, from: position)
    }
  }

  /// Finds the place for `entry` at `start` or above it.
  @inlinable
  mutating func siftUp(_ entry: Entry, from start: Int) {
    var hole = start
    while hole > 0 {
      let parent = (hole &- 1) / 4
      guard entry < near[parent] else { break }
      near[hole] = near[parent]
      slots[Int(near[hole].slot)].next = UInt32(truncatingIfNeeded: hole)
      hole = parent
    }
    near[hole] = entry
    slots[Int(entry.slot)].next = UInt32(truncatingIfNeeded: hole)
    slots[Int(entry.slot)].back = .inHeap
  }

  /// Finds the place for `entry` at `start` or below it.
  @inlinable
  mutating func siftDown(_ entry: Entry, from start: Int) {
    var hole = start
    let count = near.count
    while true {
      var least = hole &* 4 &+ 1
      guard least < count else { break }
      let end = min(least &+ 4, count)
      var child = least &+ 1
      while child < end {
        if near[child] < near[least] { least = child }
        child &+= 1
      }
      guard near[least] < entry else { break }
      near[hole] = near[least]
      slots[Int(near[hole].slot)].next = UInt32(truncatingIfNeeded: hole)
      hole = least
    }
    near[hole] = entry
    slots[Int(entry.slot)].next = UInt32(truncatingIfNeeded: hole)
  }

  /// Makes a heap of entries in any order, all of them new to it.
  @inlinable
  mutating func heapify() {
    var position = near.count
    while position > 0 {
      position &-= 1
      slots[Int(near[position].slot)].back = .inHeap
      siftDown(near[position], from: position)
    }
  }
}
