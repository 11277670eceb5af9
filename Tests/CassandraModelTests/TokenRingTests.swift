import CassandraModel
import SimulationKernel
import Testing

@Suite struct TokenRingTests {
  static func places(_ nodes: Int, racks: Int, datacenter: String = "us-east") -> [TokenRing.Place]
  {
    (0..<nodes).map { .init(datacenter: datacenter, rack: "1\($0 % racks)") }
  }

  static func ring(_ places: [TokenRing.Place], tokens: Int = 256, key: UInt64 = 1) -> TokenRing {
    var stream = RandomStream(key: key)
    return TokenRing(places, tokensPerNode: tokens, using: &stream)
  }

  static func topology(_ counts: (String, Int)...) -> ReplicationStrategy {
    .networkTopology(counts.map { .init(datacenter: $0.0, count: $0.1) })
  }

  @Test(
    "with 256 tokens a node every node owns its share within a few percent, with one it does not")
  func balance() {
    func worst(_ tokens: Int) -> Double {
      let shares = Self.ring(Self.places(12, racks: 3), tokens: tokens).ownership(.simple(1))
      #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
      return shares.map { abs($0 * 12 - 1) }.max() ?? 0
    }
    // A node's share has a relative deviation of about 1/sqrt(tokens): 6 %; the worst of 12 is at
    // most three of them off.
    #expect(worst(256) < 0.19)
    #expect(worst(1) > 0.3)
  }

  @Test("three replicas in three racks own a third each; every token has one in each rack")
  func racks() {
    let ring = Self.ring(Self.places(12, racks: 3))
    let strategy = Self.topology(("us-east", 3))
    for range in ring.tokens.indices {
      let replicas = ring.replicas(ofRange: range, strategy).nodes
      #expect(Set(replicas.map { ring.places[Int($0.index)].rack }).count == 3)
    }
    let shares = ring.ownership(strategy)
    for rack in 0..<3 {
      let share = shares.indices.filter { $0 % 3 == rack }.map { shares[$0] }.reduce(0, +)
      #expect(abs(share - 1) < 1e-9)
    }
  }

  @Test("with fewer racks than replicas every rack has one, and all replicas differ")
  func fewRacks() {
    let ring = Self.ring(Self.places(7, racks: 2))
    for range in ring.tokens.indices {
      let replicas = ring.replicas(ofRange: range, Self.topology(("us-east", 3))).nodes
      #expect(Set(replicas).count == 3)
      #expect(Set(replicas.map { ring.places[Int($0.index)].rack }).count == 2)
    }
  }

  @Test("each data center gets its own number, from its own nodes; others get none")
  func datacenters() {
    let places =
      Self.places(6, racks: 3) + Self.places(4, racks: 2, datacenter: "us-west-2")
      + Self.places(2, racks: 1, datacenter: "eu-west")
    let ring = Self.ring(places)
    let strategy = Self.topology(("us-east", 3), ("us-west-2", 2))
    for range in ring.tokens.indices {
      let centers = ring.replicas(ofRange: range, strategy).nodes
        .map { ring.places[Int($0.index)].datacenter }
      #expect(centers.count { $0 == "us-east" } == 3 && centers.count { $0 == "us-west-2" } == 2)
      #expect(centers.count == 5)
    }
  }

  @Test("a token belongs to the next node token, itself included, and around the end")
  func ownerOfToken() {
    let ring = TokenRing(Self.places(3, racks: 3), tokens: [[-100], [0], [100]])
    for (token, owner) in [(-101, 0), (-100, 0), (-99, 1), (0, 1), (100, 2), (101, 0)] {
      #expect(ring.replicas(of: Int64(token), .simple(1)).nodes == [NodeID(owner)])
    }
    #expect(ring.replicas(of: 1, .simple(2)).nodes == [NodeID(2), NodeID(0)])
    // More replicas than nodes: all nodes, as Cassandra has it.
    #expect(ring.replicas(of: 1, .simple(5)).count == 3)
    #expect(ring.replicas(of: 1, Self.topology(("us-east", 5))).count == 3)
  }

  @Test("the table gives what the ring gives, for every key; keys beyond it repeat")
  func table() {
    let ring = Self.ring(Self.places(48, racks: 3))
    let strategy = Self.topology(("us-east", 3))
    let table = ReplicaTable(ring, strategy, keys: 1000)
    for key: Int64 in 0..<1024 {
      let replicas = ring.replicas(of: Murmur3.token(bigint: key), strategy)
      #expect(table[key] == replicas && table[key + 1024] == replicas)
    }
    #expect(MemoryLayout<NodeSet>.size == 8)
  }

  @Test("a node set keeps nodes and order; shuffling makes every order equally often")
  func nodeSet() {
    let set = NodeSet([NodeID(253), NodeID(0), NodeID(7)])
    #expect(set.nodes == [NodeID(253), NodeID(0), NodeID(7)] && set.count == 3)
    #expect(set.contains(NodeID(0)) && !set.contains(NodeID(1)) && NodeSet().isEmpty)
    #expect(NodeSet((0..<8).map { NodeID($0) }).count == 8)
    var counts: [[NodeID]: Int] = [:]
    var stream = RandomStream(key: 3)
    for _ in 0..<60_000 { counts[set.shuffled(stream.next()).nodes, default: 0] += 1 }
    #expect(counts.count == 6)
    // 10 000 each; the standard deviation is 91.
    #expect(counts.values.allSatisfy { abs($0 - 10_000) < 500 })
    let eight = NodeSet((0..<8).map { NodeID($0) })
    #expect(Set(eight.shuffled(stream.next()).nodes).count == 8)
  }
}
