/// First in, first out, in a ring that grows and never shrinks: no allocation once it is as large
/// as it gets.
struct Ring<Element: BitwiseCopyable> {
  private var slots: [Element] = []
  private var head = 0
  private(set) var count = 0

  private func slot(_ place: Int) -> Int {
    let index = head + place
    return index < slots.count ? index : index - slots.count
  }

  /// - Complexity: O(1) amortized.
  mutating func append(_ element: Element) {
    if count == slots.count {
      let elements = map { $0 }
      slots = elements + repeatElement(element, count: Swift.max(8, count))
      head = 0
    }
    slots[slot(count)] = element
    count += 1
  }

  mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = slots[head]
    head = slot(1)
    count -= 1
    return element
  }

  /// Takes one out of the line; those behind it move up.
  ///
  /// - Complexity: O(n).
  mutating func remove(at place: Int) {
    for next in place..<(count - 1) { slots[slot(next)] = slots[slot(next + 1)] }
    count -= 1
  }

  mutating func removeAll() {
    head = 0
    count = 0
  }
}

extension Ring: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { count }
  subscript(place: Int) -> Element { slots[slot(place)] }
}

extension Ring: Sendable where Element: Sendable {}
