public import TimeUnits

/// Nodes of one zone that wait for their NoExecute taint (1.11: for being emptied).
///
/// A node stays known after its turn, so that adding it again does nothing until it is forgotten.
/// Follows `RateLimitedTimedQueue` of pkg/controller/nodelifecycle/scheduler, 1.36, over a token
/// bucket that holds one token.
public struct RateLimitedNodeQueue: Sendable, Hashable {
  public private(set) var waiting: [String] = []
  private var known: [String] = []
  /// Nodes a second; 0 lets nobody pass.
  public private(set) var rate: Double
  private var tokens = 1.0
  private var refilledAt: SimulationTime

  public init(nodesPerSecond: Double, at now: SimulationTime) {
    rate = nodesPerSecond
    refilledAt = now
  }

  /// Adds a node at the end, unless it is known. Returns whether it was added.
  @discardableResult
  public mutating func add(_ node: String) -> Bool {
    guard !known.contains(node) else { return false }
    known.append(node)
    waiting.append(node)
    return true
  }

  /// Lets `node` be added again although it has had its turn.
  public mutating func forget(_ node: String) {
    guard !waiting.contains(node) else { return }
    known.removeAll { $0 == node }
  }

  /// Takes `node` out altogether. Returns whether it was known.
  @discardableResult
  public mutating func remove(_ node: String) -> Bool {
    waiting.removeAll { $0 == node }
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

  /// Whether a turn may begin now: somebody waits and there is a token. Takes the token.
  public mutating func next(at now: SimulationTime) -> [String] {
    guard !waiting.isEmpty, rate > 0 else { return [] }
    refill(at: now)
    guard tokens >= 1 else { return [] }
    tokens -= 1
    return waiting
  }

  /// Ends a turn: `node` waits no longer but stays known.
  public mutating func finish(_ node: String) { waiting.removeAll { $0 == node } }

  private mutating func refill(at now: SimulationTime) {
    let elapsed = Double(now.nanoseconds - refilledAt.nanoseconds) / 1e9
    tokens = min(1, tokens + elapsed * rate)
    refilledAt = now
  }
}
