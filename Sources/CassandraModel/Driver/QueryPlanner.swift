/// Where one driver sends its requests: `LatencyAwarePolicy(TokenAwarePolicy(
/// DCAwareRoundRobinPolicy))` of the DataStax Java driver 3.5.1.
///
/// First the replicas that are up and in the own data center, shuffled; then its other hosts that
/// are up, in turn; hosts that are slow come last. Hosts of other data centers are not used
/// (`usedHostsPerRemoteDc` 0, the default).
public struct QueryPlanner: Sendable {
  /// By node, whether it stands in the own data center.
  @usableFromInline let isLocal: ContiguousArray<Bool>
  /// By node, whether the driver takes it for up and it is local.
  @usableFromInline var isUsable: ContiguousArray<Bool>
  @usableFromInline var tracker: LatencyTracker?
  /// The local hosts in the order of their numbers.
  private let localNodes: [NodeID]
  private var turn: Int

  /// The planner of a driver whose own data center is `localDatacenter`; nil for `latencyAware`
  /// leaves that policy out. `turn` is where the round robin begins, which is random in the driver.
  public init(
    _ ring: TokenRing, localDatacenter: String, latencyAware: LatencyAwareOptions?, turn: Int = 0
  ) {
    isLocal = ContiguousArray(ring.places.map { $0.datacenter == localDatacenter })
    isUsable = isLocal
    tracker = latencyAware.map { LatencyTracker(nodes: ring.count, $0) }
    localNodes = ring.places.indices
      .filter { ring.places[$0].datacenter == localDatacenter }.map { NodeID($0) }
    self.turn = turn
  }

  /// The first host for a request to a token's replicas; nil if none is usable.
  ///
  /// `bits` are the request's own 64 random bits; `plan` with the same ones begins with the same
  /// host.
  ///
  /// - Complexity: O(replicas) while one of them is usable and not slow.
  @inlinable
  public mutating func coordinator(
    for replicas: NodeSet, bits: UInt64, at instant: Int64
  ) -> NodeID? {
    let shuffled = replicas.shuffled(bits)
    for place in 0..<shuffled.count {
      let node = shuffled[place]
      if isUsable[Int(node.index)], tracker?.isExcluded(node, at: instant) != true { return node }
    }
    return plan(for: replicas, bits: bits, at: instant).first
  }

  /// All hosts for a request, in the order in which they are tried.
  ///
  /// - Complexity: O(nodes).
  public mutating func plan(for replicas: NodeSet, bits: UInt64, at instant: Int64) -> [NodeID] {
    var order = replicas.shuffled(bits).nodes.filter { isUsable[Int($0.index)] }
    for step in localNodes.indices {
      let node = localNodes[(turn + step) % localNodes.count]
      if isUsable[Int(node.index)], !replicas.contains(node) { order.append(node) }
    }
    if !localNodes.isEmpty { turn = (turn + 1) % localNodes.count }
    guard tracker != nil else { return order }
    var slow: [NodeID] = []
    var fast: [NodeID] = []
    for node in order {
      if tracker?.isExcluded(node, at: instant) == true {
        slow.append(node)
      } else {
        fast.append(node)
      }
    }
    return fast + slow
  }

  /// Takes up the latency of an answer, in nanoseconds.
  @inlinable
  public mutating func record(_ latency: Int64, of node: NodeID, at instant: Int64) {
    tracker?.record(latency, of: node, at: instant)
  }

  /// The driver learns that a node went down or came back; the latencies of one that goes are
  /// forgotten.
  public mutating func setUp(_ isUp: Bool, _ node: NodeID) {
    isUsable[Int(node.index)] = isUp && isLocal[Int(node.index)]
    if !isUp { tracker?.reset(node) }
  }

  /// A node's average latency in nanoseconds; nil before it has one.
  public func averageLatency(of node: NodeID) -> Int64? { tracker?.average(of: node) }
}
