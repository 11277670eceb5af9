/// The ids of some objects in rising order, with cheap removal anywhere.
///
/// A removed id stays as a mark until half the list is marks; so a hundred thousand removals from
/// one list cost a few passes over it and not one pass each.
public struct IDList<Object>: Sendable {
  private var entries: [UInt32] = []
  private var removed = 0
  private static var mark: UInt32 { 1 << 31 }

  public init() {}

  public var count: Int { entries.count - removed }
  public var isEmpty: Bool { count == 0 }

  /// Adds an id that is not in the list. Complexity: O(1) for the newest.
  public mutating func insert(_ id: ObjectID<Object>) {
    if entries.last.map({ $0 & ~Self.mark < id.raw }) ?? true {
      entries.append(id.raw)
      return
    }
    let index = position(of: id)
    if index < entries.count, entries[index] & ~Self.mark == id.raw {
      if entries[index] & Self.mark != 0 {
        entries[index] = id.raw
        removed -= 1
      }
    } else {
      entries.insert(id.raw, at: index)
    }
  }

  /// Takes an id out if it is there. Complexity: O(log n), amortized.
  public mutating func remove(_ id: ObjectID<Object>) {
    let index = position(of: id)
    guard index < entries.count, entries[index] == id.raw else { return }
    entries[index] |= Self.mark
    removed += 1
    if removed > 16, removed * 2 > entries.count {
      entries.removeAll { $0 & Self.mark != 0 }
      removed = 0
    }
  }

  private func position(of id: ObjectID<Object>) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle] & ~Self.mark < id.raw { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The ids, in rising order.
  public var ids: [ObjectID<Object>] {
    var result: [ObjectID<Object>] = []
    result.reserveCapacity(count)
    for entry in entries where entry & Self.mark == 0 { result.append(ObjectID(raw: entry)) }
    return result
  }
}
