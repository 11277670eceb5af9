/// Plain values in a row, for what every message touches: in release builds an access is a load and
/// nothing else.
///
/// A value like an array, but whoever changes elements says so once, with `detach()`, and not at
/// each of them: until then copies share the memory. The machine does it in `advance(to:)`, which
/// every change begins with. Bounds are checked in debug builds only.
struct Slab<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private final class Memory {
    let start: UnsafeMutablePointer<Element>
    init(capacity: Int) { start = .allocate(capacity: capacity) }
    deinit { start.deallocate() }
  }

  private var memory: Memory
  private var start: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count: Int

  /// No elements.
  init() { self.init([]) }

  /// The elements of a collection.
  init(_ elements: some Collection<Element>) {
    count = elements.count
    capacity = Swift.max(count, 4)
    memory = Memory(capacity: capacity)
    start = memory.start
    for (index, element) in elements.enumerated() { (start + index).initialize(to: element) }
  }

  /// The same element so many times.
  init(repeating element: Element, count: Int) {
    self.init(repeatElement(element, count: count))
  }

  /// Makes the memory its own: no copy sees changes from here on.
  ///
  /// - Complexity: O(1) if there is no copy, else O(*n*).
  @inline(__always)
  mutating func detach() {
    if !isKnownUniquelyReferenced(&memory) { move(to: capacity) }
  }

  /// - Complexity: O(1) amortized.
  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { move(to: 2 * capacity) }
    (start + count).initialize(to: element)
    count &+= 1
  }

  /// Where an element is; valid until the next `append` or `detach`.
  @inline(__always)
  func place(_ index: Int) -> UnsafeMutablePointer<Element> {
    assert(index >= 0 && index < count, "no such element")
    return start + index
  }

  private mutating func move(to capacity: Int) {
    let new = Memory(capacity: capacity)
    new.start.initialize(from: start, count: count)
    memory = new
    start = new.start
    self.capacity = capacity
  }
}

extension Slab: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(index: Int) -> Element {
    @inline(__always) unsafeAddress { UnsafePointer(place(index)) }
    @inline(__always) unsafeMutableAddress { place(index) }
  }
}
