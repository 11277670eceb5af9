/// The replicas of keys 0, 1, 2 …, looked up without hashing.
///
/// Two bytes a key, and eight for each different set of replicas in its order: a million keys on
/// 48 nodes take 2.1 MB.
public struct ReplicaTable: Sendable {
  @usableFromInline let setOfKey: ContiguousArray<UInt16>
  /// The different sets, in the order of the ring.
  @usableFromInline let sets: ContiguousArray<NodeSet>
  @usableFromInline let mask: Int

  /// The replicas of the `bigint` keys from 0 on, at least `keys` of them, rounded up to a power of
  /// two. A key beyond is looked up by its lowest bits, so `keys` may be less than there are where
  /// only the spread over the nodes matters.
  ///
  /// - Complexity: O(keys log tokens), some tenths of a second for a million.
  public init(_ ring: TokenRing, _ strategy: ReplicationStrategy, keys: Int) {
    precondition(keys > 0, "a table has a key")
    var numbers: [NodeSet: UInt16] = [:]
    var sets: ContiguousArray<NodeSet> = []
    let setOfRange = ring.tokens.indices.map { range -> UInt16 in
      let set = ring.replicas(ofRange: range, strategy)
      if let known = numbers[set] { return known }
      numbers[set] = UInt16(sets.count)
      sets.append(set)
      return UInt16(sets.count - 1)
    }
    var size = 1
    while size < keys { size *= 2 }
    var setOfKey = ContiguousArray<UInt16>()
    setOfKey.reserveCapacity(size)
    for key in 0..<size {
      setOfKey.append(setOfRange[ring.range(of: Murmur3.token(bigint: Int64(key)))])
    }
    self.setOfKey = setOfKey
    self.sets = sets
    mask = size - 1
  }

  /// The replicas of a key, the first one first.
  ///
  /// - Complexity: O(1).
  @inlinable
  public subscript(key: Int64) -> NodeSet {
    sets[Int(setOfKey[Int(truncatingIfNeeded: key) & mask])]
  }

  /// The different sets of replicas, in the order of the ring.
  public var distinctSets: [NodeSet] { Array(sets) }
}
