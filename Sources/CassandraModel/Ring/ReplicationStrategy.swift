/// How many replicas a keyspace has, and how they are placed.
public enum ReplicationStrategy: Hashable, Sendable {
  /// A replica's factor in one data center.
  public struct Factor: Hashable, Sendable {
    public var datacenter: String
    public var count: Int

    public init(datacenter: String, count: Int) {
      self.datacenter = datacenter
      self.count = count
    }
  }

  /// `SimpleStrategy`: the next different nodes around the ring, whatever their data center.
  case simple(Int)
  /// `NetworkTopologyStrategy`: so many in each data center, in different racks where it can be.
  case networkTopology([Factor])

  /// All replicas of a token.
  public var total: Int {
    switch self {
    case .simple(let count): count
    case .networkTopology(let factors): factors.reduce(0) { $0 + $1.count }
    }
  }

  /// The replicas that a data center is to have. `SimpleStrategy` does not know data centers: then
  /// it is all of them, as `LOCAL_QUORUM` counts them (`ConsistencyLevel.localQuorumFor` 3.11).
  public func count(in datacenter: String) -> Int {
    switch self {
    case .simple(let count): count
    case .networkTopology(let factors):
      factors.last { $0.datacenter == datacenter }?.count ?? 0
    }
  }
}

extension TokenRing {
  /// The replicas of a token, the first one first.
  ///
  /// - Complexity: O(log tokens), and the nodes passed on the way around.
  public func replicas(of token: Int64, _ strategy: ReplicationStrategy) -> NodeSet {
    replicas(ofRange: range(of: token), strategy)
  }

  /// The replicas of the tokens that belong to the token at a place in `tokens`.
  public func replicas(ofRange range: Int, _ strategy: ReplicationStrategy) -> NodeSet {
    switch strategy {
    case .simple(let count): simple(from: range, count)
    case .networkTopology(let factors): networkTopology(from: range, factors)
    }
  }

  // Cassandra 3.11 `SimpleStrategy.calculateNaturalEndpoints`.
  private func simple(from range: Int, _ wanted: Int) -> NodeSet {
    var found: [NodeID] = []
    for step in 0..<tokens.count where found.count < min(wanted, count) {
      let node = NodeID(Int(owners[(range + step) % tokens.count]))
      if !found.contains(node) { found.append(node) }
    }
    return NodeSet(found)
  }

  // Cassandra 3.11 `NetworkTopologyStrategy.calculateNaturalEndpoints`: once around the ring. A
  // node in a rack that has none yet is taken. One in a rack that has one is taken only so often as
  // there are fewer racks than replicas.
  private func networkTopology(
    from range: Int, _ factors: [ReplicationStrategy.Factor]
  ) -> NodeSet {
    var left = [Int](repeating: 0, count: datacenters.count)
    var repeats = left
    for factor in factors {
      guard let center = datacenters.firstIndex(of: factor.datacenter) else { continue }
      left[center] = min(factor.count, nodeCounts[center])
      repeats[center] = factor.count - rackCounts[center]
    }
    var missing = left.reduce(0, +)
    var racks: Set<Int> = []
    var found: [NodeID] = []
    for step in 0..<tokens.count where missing > 0 {
      let node = Int(owners[(range + step) % tokens.count])
      let center = datacenterOfNode[node]
      guard left[center] > 0, !found.contains(NodeID(node)) else { continue }
      if !racks.insert(rackOfNode[node]).inserted {
        guard repeats[center] > 0 else { continue }
        repeats[center] -= 1
      }
      found.append(NodeID(node))
      left[center] -= 1
      missing -= 1
    }
    return NodeSet(found)
  }
}
