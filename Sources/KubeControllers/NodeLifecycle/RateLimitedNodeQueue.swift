public import TimeUnits

/// Nodes of one zone that wait for their NoExecute taint (1.11: for being emptied).
///
/// A node stays known after its turn, so that adding it again does nothing until it is forgotten.
/// Follows `RateLimitedTimedQueue` of pkg/controller/nodelifecycle/scheduler, 1.36, over a token
/// bucket that holds one token.
public struct RateLimitedNodeQueue: Sendable, Hashable {
  private struct Waiting: Sendable, Hashable {
    var node: String
    var since: SimulationTime
  }

  private var waiting: [Waiting] = []
  private var known: [String] = []
  /// Nodes a second; 0 lets nobody pass.
  public private(set) var rate: Double
  private var tokens = 1.0
  private var refilledAt: SimulationTime

  public init(nodesPerSecond: Double, at now: SimulationTime) {
    rate = nodesPerSecond
    refilledAt = now
  }

  public var isEmpty: Bool { waiting.isEmpty }

  /// Adds a node at the end, unless it is known.
  public mutating func add(_ node: String, at now: SimulationTime) {
    guard !known.contains(node) else { return }
    known.append(node)
    waiting.append(Waiting(node: node, since: now))
  }

  /// Lets `node` be added again although it has had its turn.
  public mutating func forget(_ node: String) { known.removeAll { $0 == node } }

  /// Takes `node` out altogether. Returns whether it was known.
  @discardableResult
  public mutating func remove(_ node: String) -> Bool {
    waiting.removeAll { $0.node == node }
    let before = known.count
    known.removeAll { $0 == node }
    return known.count < before
  }

  /// Changes the rate; a fresh bucket is full only if the old one had a token.
  public mutating func setRate(_ nodesPerSecond: Double, at now: SimulationTime) {
    guard nodesPerSecond != rate else { return }
    refill(at: now)
    // The old limiter is asked for a token; if it has none, the new one is drained.
    let hadToken = rate > 0 && tokens >= 1
    rate = nodesPerSecond
    tokens = hadToken ? 1 : 0
    refilledAt = now
  }

  /// Begins a turn if somebody waits and there is a token, and takes the token.
  ///
  /// - Returns: those who have waited longest, any of whom may be next; empty for no turn.
  public mutating func next(at now: SimulationTime) -> [String] {
    guard let first = waiting.map(\.since).min(), rate > 0 else { return [] }
    refill(at: now)
    // A token that is due this very instant counts, whatever the fractions added up to.
    guard tokens >= 1 - 1e-9 else { return [] }
    tokens -= 1
    return waiting.filter { $0.since == first }.map(\.node)
  }

  /// Ends a turn: `node` waits no longer but stays known.
  public mutating func finish(_ node: String) { waiting.removeAll { $0.node == node } }

  private mutating func refill(at now: SimulationTime) {
    let elapsed = Double(now.nanoseconds - refilledAt.nanoseconds) / 1e9
    tokens = min(1, tokens + elapsed * rate)
    refilledAt = now
  }
}
