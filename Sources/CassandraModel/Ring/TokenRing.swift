/// The tokens of a cluster's nodes in their order, and where each node stands.
///
/// A token belongs to the first node token at or after it, around the end to the first one
/// (Cassandra 3.11 `TokenMetadata.firstTokenIndex`).
public struct TokenRing: Sendable {
  /// Where a node stands: a snitch's view of it.
  public struct Place: Hashable, Sendable {
    /// A data center, for EC2 snitches a region: `us-east`.
    public var datacenter: String
    /// A rack, for EC2 snitches a zone: `1a`.
    public var rack: String

    public init(datacenter: String, rack: String) {
      self.datacenter = datacenter
      self.rack = rack
    }
  }

  /// `num_tokens` of `cassandra.yaml` 3.11.3: 256 tokens a node; from source code.
  public static var defaultTokensPerNode: Int { 256 }

  /// The nodes' places by `NodeID`.
  public let places: [Place]
  /// The data centers in the order in which the nodes first mention them.
  public let datacenters: [String]
  /// All tokens, ascending.
  public let tokens: [Int64]
  /// Whose token it is.
  let owners: [UInt8]
  /// By node, its data center's place in `datacenters`.
  let datacenterOfNode: [Int]
  /// By node, a number for its rack, different for the same name in another data center.
  let rackOfNode: [Int]
  /// By data center.
  let nodeCounts: [Int]
  let rackCounts: [Int]

  /// A ring of nodes that each draw `tokensPerNode` random tokens, as a node does when it joins
  /// without `initial_token` (`BootStrapper.getRandomTokens`).
  ///
  /// There are 1 to 254 nodes and at most 65 536 tokens (`ClusterShape.problems`).
  ///
  /// - Complexity: O(t log t) in the tokens.
  public init<G: RandomNumberGenerator>(
    _ places: [Place], tokensPerNode: Int = defaultTokensPerNode, using generator: inout G
  ) {
    precondition(tokensPerNode > 0, "a node has a token")
    var drawn: Set<Int64> = []
    var tokens: [[Int64]] = []
    for _ in places {
      var own: [Int64] = []
      while own.count < tokensPerNode {
        let token = Int64(bitPattern: generator.next())
        if token != .min, drawn.insert(token).inserted { own.append(token) }
      }
      tokens.append(own)
    }
    self.init(places, tokens: tokens)
  }

  /// A ring of nodes with given tokens, all different.
  public init(_ places: [Place], tokens: [[Int64]]) {
    precondition((1...254).contains(places.count), "a ring has 1 to 254 nodes")
    precondition(tokens.count == places.count, "every node has its tokens")
    var pairs: [(token: Int64, owner: UInt8)] = []
    for (node, own) in tokens.enumerated() {
      pairs += own.map { (token: $0, owner: UInt8(node)) }
    }
    precondition((1...65_536).contains(pairs.count), "a ring has 1 to 65 536 tokens")
    pairs.sort { $0.token < $1.token }
    self.places = places
    self.tokens = pairs.map(\.token)
    owners = pairs.map(\.owner)
    var datacenters: [String] = []
    var racks: [Place] = []
    var rackCounts: [Int] = []
    var nodeCounts: [Int] = []
    datacenterOfNode = places.map { place in
      let found = datacenters.firstIndex(of: place.datacenter) ?? datacenters.count
      if found == datacenters.count {
        datacenters.append(place.datacenter)
        rackCounts.append(0)
        nodeCounts.append(0)
      }
      nodeCounts[found] += 1
      return found
    }
    let centers = datacenterOfNode
    rackOfNode = places.enumerated().map { node, place in
      if let found = racks.firstIndex(of: place) { return found }
      racks.append(place)
      rackCounts[centers[node]] += 1
      return racks.count - 1
    }
    self.datacenters = datacenters
    self.nodeCounts = nodeCounts
    self.rackCounts = rackCounts
  }

  /// The number of nodes.
  public var count: Int { places.count }

  /// The data center of a node, as a place in `datacenters`.
  public func datacenter(of node: NodeID) -> Int { datacenterOfNode[Int(node.index)] }

  /// The place in `tokens` of the one that a token belongs to.
  ///
  /// - Complexity: O(log tokens).
  public func range(of token: Int64) -> Int {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle] < token { low = middle + 1 } else { high = middle }
    }
    return low == tokens.count ? 0 : low
  }

  /// The share of all tokens for which a node is a replica, by node.
  public func ownership(_ strategy: ReplicationStrategy) -> [Double] {
    var shares = [Double](repeating: 0, count: count)
    for range in tokens.indices {
      let before = tokens[range == 0 ? tokens.count - 1 : range - 1]
      let width =
        tokens.count == 1 ? 1 : Double(UInt64(bitPattern: tokens[range] &- before)) * 0x1p-64
      for node in replicas(ofRange: range, strategy).nodes { shares[Int(node.index)] += width }
    }
    return shares
  }
}
