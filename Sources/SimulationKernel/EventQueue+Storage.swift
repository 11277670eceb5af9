// Where the queue's parts lie: plain memory that is copied when a shared queue is first written to.
//
// Arrays would do the same, but ask before every single write whether they are shared, which takes
// a third of the time of an event. Here each operation asks once.

/// A growing row of plain values; as unsafe as a pointer, and no owner of its memory.
///
/// Sendable because the queue that contains it writes only where it is the only one to refer to it.
@frozen
@usableFromInline
struct Block<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var count: Int
  @usableFromInline var capacity: Int

  /// No memory yet, and none to free.
  @inlinable
  init() {
    base = UnsafeMutablePointer(bitPattern: MemoryLayout<Element>.alignment).unsafelyUnwrapped
    count = 0
    capacity = 0
  }

  @inlinable
  subscript(index: Int) -> Element {
    @inline(__always) get { base[index] }
    @inline(__always) nonmutating _modify { yield &base[index] }
  }

  @inlinable
  mutating func removeLast() -> Element {
    count &-= 1
    return base[count]
  }

  /// Adds an element where there is capacity for one.
  @inlinable
  mutating func append(_ element: Element) {
    (base + count).initialize(to: element)
    count &+= 1
  }

  /// Moves the content to a block at least twice as large.
  @inlinable
  mutating func grow(toFit needed: Int) {
    let old = self
    capacity = max(needed, max(capacity * 2, 16))
    base = .allocate(capacity: capacity)
    base.initialize(from: old.base, count: count)
    old.deallocate()
  }

  @inlinable
  func duplicate() -> Block {
    var copy = self
    if capacity > 0 {
      copy.base = .allocate(capacity: capacity)
      copy.base.initialize(from: base, count: count)
    }
    return copy
  }

  @inlinable
  func deallocate() {
    if capacity > 0 { base.deallocate() }
  }
}

/// Frees the blocks of a queue when its last copy is gone.
///
/// The reference counts whom the blocks belong to: a queue that holds the only one may write.
@usableFromInline
final class Owner: @unchecked Sendable {
  // Written only by a queue that holds the only reference, so never by two at once.
  @usableFromInline var blocks:
    (
      slots: UnsafeMutableRawPointer?, near: UnsafeMutableRawPointer?,
      rungs: UnsafeMutableRawPointer?, buckets: UnsafeMutableRawPointer?
    ) = (nil, nil, nil, nil)

  @usableFromInline
  init() {}

  deinit {
    blocks.slots?.deallocate()
    blocks.near?.deallocate()
    blocks.rungs?.deallocate()
    blocks.buckets?.deallocate()
  }
}

extension EventQueue {
  /// Before any write: copies the blocks if another copy of the queue has them too.
  @inlinable
  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&owner) { copyBlocks() }
  }

  @inlinable
  @inline(never)
  mutating func copyBlocks() {
    slots = slots.duplicate()
    near = near.duplicate()
    rungs = rungs.duplicate()
    buckets = buckets.duplicate()
    owner = Owner()
    recordBlocks()
  }

  /// Tells the owner what to free; after every growth.
  @inlinable
  mutating func recordBlocks() {
    owner.blocks = (
      slots.capacity > 0 ? UnsafeMutableRawPointer(slots.base) : nil,
      near.capacity > 0 ? UnsafeMutableRawPointer(near.base) : nil,
      rungs.capacity > 0 ? UnsafeMutableRawPointer(rungs.base) : nil,
      buckets.capacity > 0 ? UnsafeMutableRawPointer(buckets.base) : nil
    )
  }

  @inlinable
  mutating func append(_ slot: Slot) {
    if slots.count == slots.capacity { growSlots() }
    slots.append(slot)
  }

  @inlinable
  mutating func append(_ entry: Entry) {
    if near.count == near.capacity { growNear() }
    near.append(entry)
  }

  @inlinable
  mutating func append(_ rung: Rung) {
    if rungs.count == rungs.capacity {
      rungs.grow(toFit: rungs.count + 1)
      recordBlocks()
    }
    rungs.append(rung)
  }

  /// Makes sure that there are so many buckets, the new ones empty.
  @inlinable
  mutating func reserveBuckets(_ count: Int) {
    if count > buckets.capacity {
      buckets.grow(toFit: count)
      recordBlocks()
    }
    while buckets.count < count { buckets.append(.noSlot) }
  }

  @inlinable
  @inline(never)
  mutating func growSlots() {
    precondition(
      slots.count < Int(UInt32.firstOfBucket), "more than two thousand million pending events")
    slots.grow(toFit: slots.count + 1)
    recordBlocks()
  }

  @inlinable
  @inline(never)
  mutating func growNear() {
    near.grow(toFit: near.count + 1)
    recordBlocks()
  }
}
