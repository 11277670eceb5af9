import CassandraModel
import Testing

@Suite struct ConsistencyTests {
  let strategy = TokenRingTests.topology(("us-east", 3), ("us-west-2", 2))

  @Test("the answers each level waits for, with 3 and 2 replicas in two data centers")
  func required() {
    let expected: [ConsistencyLevel: Int] = [
      .one: 1, .two: 2, .three: 3, .quorum: 3, .all: 5, .localOne: 1, .localQuorum: 2,
      .eachQuorum: 4,
    ]
    for level in ConsistencyLevel.allCases {
      #expect(level.required(strategy, localDatacenter: "us-east") == expected[level])
    }
    #expect(ConsistencyLevel.localQuorum.required(strategy, localDatacenter: "us-west-2") == 2)
    #expect(ConsistencyLevel.quorum.required(.simple(3), localDatacenter: "us-east") == 2)
  }

  @Test("too few live replicas: the driver's sentence, and nothing else fails")
  func unavailable() throws {
    let ring = TokenRingTests.ring(TokenRingTests.places(3, racks: 3))
    let strategy = TokenRingTests.topology(("us-east", 3))
    let replicas = ring.replicas(of: 0, strategy)
    let alive: ContiguousArray<Bool> = [false, true, false]
    let one = Availability(.one, strategy, ring, localDatacenter: "us-east")
    #expect(one.holds(replicas, alive: alive) && one.lacking(replicas, alive: alive) == nil)
    let quorum = Availability(.quorum, strategy, ring, localDatacenter: "us-east")
    #expect(!quorum.holds(replicas, alive: alive))
    #expect(
      quorum.lacking(replicas, alive: alive)?.description
        == "Not enough replicas available for query at consistency QUORUM "
        + "(2 required but only 1 alive)")
  }

  @Test("local levels count only the own data center, EACH_QUORUM every one")
  func datacenters() {
    let places =
      TokenRingTests.places(3, racks: 3)
      + TokenRingTests.places(2, racks: 1, datacenter: "us-west-2")
    let ring = TokenRingTests.ring(places)
    let replicas = ring.replicas(of: 0, strategy)
    // One is left in the east, two in the west.
    let alive: ContiguousArray<Bool> = [true, false, false, true, true]
    func lacking(_ level: ConsistencyLevel) -> Unavailable? {
      Availability(level, strategy, ring, localDatacenter: "us-east")
        .lacking(replicas, alive: alive)
    }
    #expect(lacking(.quorum) == nil && lacking(.localOne) == nil)
    #expect(lacking(.localQuorum) == Unavailable(level: .localQuorum, required: 2, alive: 1))
    #expect(lacking(.eachQuorum) == Unavailable(level: .eachQuorum, required: 2, alive: 1))
    #expect(lacking(.all) == Unavailable(level: .all, required: 5, alive: 3))
  }

  @Test("everything wrong with a cluster is said at once")
  func problems() {
    var shape = ClusterShape(
      places: [], tokensPerNode: 0, strategy: TokenRingTests.topology(("us-east", 3)),
      readConsistency: "ANY", writeConsistency: "ONE", localDatacenter: "us-east")
    #expect(
      shape.problems.map(\.description) == [
        "nodes: a cluster has at least one node",
        "tokensPerNode: a node has at least one token",
        "replication: no node stands in data center 'us-east'",
        "readConsistency: unknown consistency level 'ANY'; there are ONE, TWO, THREE, QUORUM, ALL, "
          + "LOCAL_ONE, LOCAL_QUORUM, EACH_QUORUM",
      ])
    shape.places = TokenRingTests.places(2, racks: 2)
    shape.tokensPerNode = 256
    shape.readConsistency = "QUORUM"
    #expect(
      shape.problems.map(\.description)
        == ["replication: 3 replicas in 'us-east' need more than its 2 nodes"])
    shape.strategy = .simple(3)
    shape.localDatacenter = "us-west-2"
    #expect(
      shape.problems.map(\.description) == [
        "replication: 3 replicas need more than the 2 nodes there are",
        "localDatacenter: no node stands in 'us-west-2'",
      ])
    shape.strategy = .simple(2)
    shape.localDatacenter = "us-east"
    #expect(shape.problems.isEmpty)
  }
}
