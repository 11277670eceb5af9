import Dispatch
import Synchronization

/// Computes values that do not depend on each other, several at once, each in its own place.
enum IndexedRuns {
  /// `body` of 0 to `count` − 1, in this order, whichever ends first.
  /// - Parameter done: told after each, by whichever thread computed it.
  static func map<Value: Sendable>(
    _ count: Int, done: @Sendable () -> Void = {}, _ body: @Sendable (Int) -> Value
  ) -> [Value] {
    let values = Mutex<[Value?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let value = body(index)
      values.withLock { $0[index] = value }
      done()
    }
    return values.withLock { $0.compactMap { $0 } }
  }
}
