// The near part, in one array: sorted, the first event at the end, as long as it is short; a 4-ary
// heap when many events of one instant make it long. Only in the heap do slots know positions.

extension EventQueue {
  /// The entry of the first event; there must be one.
  @inlinable
  var firstNear: Entry { near[isHeap ? 0 : near.count &- 1] }

  @inlinable
  mutating func insertNear(_ entry: Entry) {
    append(entry)
    slots[Int(entry.slot)].back = .near
    if isHeap {
      siftUp(entry, from: near.count &- 1)
    } else {
      settle(entry, before: near.count &- 1)
    }
    if near.count > splitLimit { split() }
  }

  @inlinable
  mutating func removeFirstNear() {
    if isHeap { removeFromHeap(at: 0) } else { near.count &-= 1 }
  }

  /// Takes out the entry of a slot; it must be in the near part.
  @inlinable
  mutating func removeNear(_ slot: UInt32) {
    if isHeap { return removeFromHeap(at: Int(slots[Int(slot)].next)) }
    var position = near.count &- 1
    while near[position].slot != slot { position &-= 1 }
    near.count &-= 1
    while position < near.count {
      near[position] = near[position &+ 1]
      position &+= 1
    }
  }

  /// Puts `entry` among the sorted entries before position `end`, which move up by one.
  @inlinable
  mutating func settle(_ entry: Entry, before end: Int) {
    var hole = end
    while hole > 0, near[hole &- 1] < entry {
      near[hole] = near[hole &- 1]
      hole &-= 1
    }
    near[hole] = entry
  }

  /// Puts in order what was added in any order.
  @inlinable
  mutating func arrangeNear() {
    for position in 0..<near.count { slots[Int(near[position].slot)].back = .near }
    isHeap = near.count > Self.shortNear
    if isHeap {
      var position = near.count / 4 &+ 1
      while position > 0 {
        position &-= 1
        siftDown(near[position], from: position)
      }
      indexHeap()
      splitLimit = near.count * 2
    } else {
      for position in 0..<near.count { settle(near[position], before: position) }
      splitLimit = Self.shortNear
    }
  }

  /// Tells every slot its position in the heap.
  @inlinable
  mutating func indexHeap() {
    for position in 0..<near.count {
      slots[Int(near[position].slot)].next = UInt32(truncatingIfNeeded: position)
    }
  }

  /// Makes a heap of what is sorted.
  @inlinable
  mutating func becomeHeap() {
    guard !isHeap else { return }
    var (low, high) = (0, near.count - 1)
    while low < high {
      let entry = near[low]
      near[low] = near[high]
      near[high] = entry
      low += 1
      high -= 1
    }
    isHeap = true
    indexHeap()
  }
}

// MARK: The heap

extension EventQueue {
  @inlinable
  mutating func removeFromHeap(at position: Int) {
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
}
