/// Whether a coordinator may take a request at a consistency level, as tables.
public struct Availability: Sendable {
  public let level: ConsistencyLevel
  /// The answers for which the coordinator waits.
  public let required: Int
  /// By node, whether it stands in the coordinator's data center.
  @usableFromInline let isLocal: ContiguousArray<Bool>
  @usableFromInline let needsEach: Bool
  private let ring: TokenRing
  private let strategy: ReplicationStrategy

  public init(
    _ level: ConsistencyLevel, _ strategy: ReplicationStrategy, _ ring: TokenRing,
    localDatacenter: String
  ) {
    self.level = level
    self.ring = ring
    self.strategy = strategy
    required = level.required(strategy, localDatacenter: localDatacenter)
    isLocal = ContiguousArray(ring.places.map { $0.datacenter == localDatacenter })
    if case .networkTopology = strategy {
      needsEach = level == .eachQuorum
    } else {
      needsEach = false
    }
  }

  /// Whether enough of the replicas are alive; `alive` is by node.
  ///
  /// - Complexity: O(replicas).
  @inlinable
  public func holds(_ replicas: NodeSet, alive: ContiguousArray<Bool>) -> Bool {
    if needsEach { return lacking(replicas, alive: alive) == nil }
    return count(replicas, alive: alive) >= required
  }

  /// The replicas that are alive and count at this level.
  @inlinable
  public func count(_ replicas: NodeSet, alive: ContiguousArray<Bool>) -> Int {
    var count = 0
    for place in 0..<replicas.count {
      let node = Int(replicas[place].index)
      if alive[node], !level.isLocal || isLocal[node] { count += 1 }
    }
    return count
  }

  /// What is lacking; nil if enough replicas are alive. `EACH_QUORUM` names the first data center
  /// that lacks some, as `assureSufficientLiveNodes` does.
  public func lacking(_ replicas: NodeSet, alive: ContiguousArray<Bool>) -> Unavailable? {
    if needsEach, case .networkTopology(let factors) = strategy {
      for factor in factors {
        let living = replicas.nodes.filter {
          alive[Int($0.index)] && ring.places[Int($0.index)].datacenter == factor.datacenter
        }
        let needed = factor.count / 2 + 1
        if living.count < needed {
          return Unavailable(level: level, required: needed, alive: living.count)
        }
      }
      return nil
    }
    let living = count(replicas, alive: alive)
    guard living < required else { return nil }
    return Unavailable(level: level, required: required, alive: living)
  }
}
