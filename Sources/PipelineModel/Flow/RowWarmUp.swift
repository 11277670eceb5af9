import Glibc

/// How many rows the checks find: keys are drawn evenly, so after m messages a key on average the
/// number of a key's rows is a Poisson number of mean m, beside those it began with.
///
/// A check of a key with r rows finds min(r, limit), and decides from `least` on. Both sums over
/// all checks have closed forms in m, so warming up needs no steps: of C checks of a key those
/// beyond the first `least` − `initial` decide, E max(0, C − a) in all.
struct RowWarmUp: Sendable {
  private let keys: Double
  private let initial: Int
  private let limit: Int
  private let least: Int
  private var checks = 0.0
  private var decided = 0.0
  private var found = 0.0
  /// Rows that the checks since the last call found, on average.
  private(set) var rowsPerRead: Double

  init(keys: Int, initial: Int, limit: Int, least: Int) {
    self.keys = Double(keys)
    self.initial = initial
    self.limit = limit
    self.least = least
    rowsPerRead = Double(min(initial, limit))
  }

  /// So many more checks: returns how many of them decide.
  mutating func check(_ amount: Double) -> Double {
    guard amount > 0 else { return 0 }
    checks += amount
    // Ten deviations beyond the limit the laws have nothing left to say.
    if initial >= limit || checks - amount > keys * Double(2 * (limit - initial) + 100) {
      rowsPerRead = Double(limit)
      return least <= limit ? amount : 0
    }
    let mean = checks / keys
    let decidedNow = least > limit ? 0 : keys * Self.excess(mean, over: least - initial)
    // What is missing to full answers: limit − initial − j for the j-th check of a key.
    let missing = stride(from: initial, to: limit, by: 1)
    let short =
      keys
      * missing.reduce(0.0) { sum, rows in
        sum + Double(limit - rows) * Self.atLeast(rows - initial + 1, mean)
      }
    let foundNow = Double(limit) * checks - short
    defer { (decided, found) = (decidedNow, foundNow) }
    rowsPerRead = (foundNow - found) / amount
    return decidedNow - decided
  }

  /// E max(0, C − a) for a Poisson number C of a mean.
  static func excess(_ mean: Double, over a: Int) -> Double {
    guard a > 0 else { return mean }
    // mean − a + E max(0, a − C)
    var probability = exp(-mean)
    var below = 0.0
    for count in 0..<a {
      below += Double(a - count) * probability
      probability *= mean / Double(count + 1)
    }
    return max(0, mean - Double(a) + below)
  }

  /// P(C ≥ n) for a Poisson number C of a mean.
  static func atLeast(_ n: Int, _ mean: Double) -> Double {
    var probability = exp(-mean)
    var below = 0.0
    for count in 0..<max(0, n) {
      below += probability
      probability *= mean / Double(count + 1)
    }
    return max(0, 1 - below)
  }
}
