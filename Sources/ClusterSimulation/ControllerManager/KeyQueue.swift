import DequeModule

/// A controller's work queue: each key at most once in line, never two workers on one key.
///
/// Follows client-go `util/workqueue` 1.36: a key added while it is being worked on is lined up
/// again when that work is done.
struct KeyQueue: Sendable {
  private var line: Deque<UInt32> = []
  /// By key; a key is a small integer.
  private var states: [State] = []

  private struct State: Sendable {
    var dirty = false
    var processing = false
    var failures: UInt8 = 0
  }

  var isEmpty: Bool { line.isEmpty }

  private mutating func grow(to key: UInt32) {
    while states.count <= Int(key) { states.append(State()) }
  }

  /// Lines the key up unless it is in line already.
  mutating func add(_ key: UInt32) {
    grow(to: key)
    guard !states[Int(key)].dirty else { return }
    states[Int(key)].dirty = true
    if !states[Int(key)].processing { line.append(key) }
  }

  /// The next key to work on; it counts as being worked on until `done`.
  mutating func take() -> UInt32? {
    guard let key = line.popFirst() else { return nil }
    states[Int(key)].dirty = false
    states[Int(key)].processing = true
    return key
  }

  mutating func done(_ key: UInt32) {
    states[Int(key)].processing = false
    if states[Int(key)].dirty { line.append(key) }
  }

  /// How long to wait before the next try after one more failure: 5 ms · 2ⁿ, at most 1000 s.
  mutating func failureDelayNanoseconds(_ key: UInt32) -> Int64 {
    grow(to: key)
    let failures = states[Int(key)].failures
    states[Int(key)].failures = min(failures + 1, 30)
    return min(5_000_000 << Int64(min(failures, 28)), 1_000_000_000_000)
  }

  mutating func forget(_ key: UInt32) {
    if Int(key) < states.count { states[Int(key)].failures = 0 }
  }
}
