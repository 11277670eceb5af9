import Dispatch
import Synchronization

/// Computes values that do not depend on each other, several at once, each in its own place.
enum IndexedBlocks {
  /// `body` of 0 to `count` − 1, in this order, whichever ends first.
  /// - Parameters:
  ///   - threads: 1 computes one after the other; nil, the default, as many at once as there are
  ///     processors.
  ///   - done: told the number of those done after each, in order.
  static func map<Value: Sendable>(
    _ count: Int, threads: Int? = nil, done: @Sendable (Int) -> Void = { _ in },
    _ body: @Sendable (Int) -> Value
  ) -> [Value] {
    let state = Mutex<(values: [Value?], count: Int)>((Array(repeating: nil, count: count), 0))
    @Sendable func compute(_ index: Int) {
      let value = body(index)
      state.withLock { state in
        state.values[index] = value
        state.count += 1
        done(state.count)
      }
    }
    if threads == 1 {
      for index in 0..<count { compute(index) }
    } else {
      DispatchQueue.concurrentPerform(iterations: count) { compute($0) }
    }
    return state.withLock { $0.values.compactMap { $0 } }
  }
}
