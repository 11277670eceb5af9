/// The small integer that stands for an object inside one run: dense, never used twice.
///
/// Ids rise in the order of creation, so a walk by id is a walk by age.
@frozen
public struct ObjectID<Object>: Hashable, Sendable, Comparable, BitwiseCopyable {
  public let raw: UInt32

  @inlinable
  public init(raw: UInt32) { self.raw = raw }

  @inlinable
  public static func < (a: ObjectID, b: ObjectID) -> Bool { a.raw < b.raw }
}

/// Objects by id, in chunks that are copied only when written to after a fork.
///
/// Complexity: lookup and write O(1); a copy costs one reference per chunk that is written later.
public struct ObjectTable<Object: Sendable>: Sendable {
  @usableFromInline static var chunkSize: Int { 256 }

  @usableFromInline var chunks: [[Object?]] = []
  @usableFromInline var living: [Int] = []
  public private(set) var count = 0
  public private(set) var nextID: UInt32 = 0

  public init() {}

  /// Stores a new object under the next id.
  public mutating func insert(_ object: Object) -> ObjectID<Object> {
    let id = ObjectID<Object>(raw: nextID)
    restore(object, at: id)
    return id
  }

  /// Stores an object under an id given elsewhere: how a cache follows the original.
  public mutating func restore(_ object: Object, at id: ObjectID<Object>) {
    let (chunk, slot) = Self.place(id)
    while chunks.count <= chunk {
      chunks.append([])
      living.append(0)
    }
    if chunks[chunk].isEmpty { chunks[chunk] = Array(repeating: nil, count: Self.chunkSize) }
    if chunks[chunk][slot] == nil {
      count += 1
      living[chunk] += 1
    }
    chunks[chunk][slot] = object
    nextID = max(nextID, id.raw + 1)
  }

  /// Takes an object out; its chunk is given back once it is empty.
  @discardableResult
  public mutating func remove(_ id: ObjectID<Object>) -> Object? {
    let (chunk, slot) = Self.place(id)
    guard chunk < chunks.count, !chunks[chunk].isEmpty, let object = chunks[chunk][slot] else {
      return nil
    }
    chunks[chunk][slot] = nil
    count -= 1
    living[chunk] -= 1
    // The last chunk still takes new objects.
    if living[chunk] == 0, chunk < Int(nextID) / Self.chunkSize { chunks[chunk] = [] }
    return object
  }

  @inlinable
  static func place(_ id: ObjectID<Object>) -> (chunk: Int, slot: Int) {
    (Int(id.raw) / chunkSize, Int(id.raw) % chunkSize)
  }

  @inlinable
  public func contains(_ id: ObjectID<Object>) -> Bool {
    let (chunk, slot) = Self.place(id)
    return chunk < chunks.count && !chunks[chunk].isEmpty && chunks[chunk][slot] != nil
  }

  /// The object with this id, nil if it was removed.
  @inlinable
  public subscript(id: ObjectID<Object>) -> Object? {
    let (chunk, slot) = Self.place(id)
    guard chunk < chunks.count, !chunks[chunk].isEmpty else { return nil }
    return chunks[chunk][slot]
  }

  /// Looks at the object with this id where it stands, without copying it; nil if it was removed.
  @inlinable
  public func read<Result>(
    _ id: ObjectID<Object>, _ body: (borrowing Object) -> Result
  ) -> Result? {
    let (chunk, slot) = Self.place(id)
    guard chunk < chunks.count else { return nil }
    return chunks[chunk].withUnsafeBufferPointer { slots -> Result? in
      guard slot < slots.count, case .some = slots[slot] else { return nil }
      // The payload of an optional stands at its own address.
      return UnsafeRawPointer(slots.baseAddress! + slot).assumingMemoryBound(to: Object.self)
        .withMemoryRebound(to: Object.self, capacity: 1) { body($0.pointee) }
    }
  }

  /// Changes the object with this id in place. Traps if there is none.
  @inlinable
  mutating func update<Result>(
    _ id: ObjectID<Object>, _ body: (inout Object) -> Result
  ) -> Result {
    let (chunk, slot) = Self.place(id)
    return body(&chunks[chunk][slot]!)
  }

  /// The ids of all living objects, oldest first.
  public var ids: [ObjectID<Object>] {
    var result: [ObjectID<Object>] = []
    result.reserveCapacity(count)
    forEach { id, _ in result.append(id) }
    return result
  }

  /// Visits every living object, oldest first.
  @inlinable
  public func forEach(_ body: (ObjectID<Object>, Object) -> Void) {
    for (index, chunk) in chunks.enumerated() where living[index] > 0 {
      for (slot, object) in chunk.enumerated() {
        if let object {
          body(ObjectID(raw: UInt32(index * Self.chunkSize + slot)), object)
        }
      }
    }
  }
}
