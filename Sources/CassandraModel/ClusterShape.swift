/// A cluster and a keyspace as somebody wishes for them, before anything is checked.
public struct ClusterShape: Hashable, Sendable {
  public var places: [TokenRing.Place]
  /// Tokens a node; default 256 (`num_tokens`, `cassandra.yaml` 3.11.3).
  public var tokensPerNode: Int
  public var strategy: ReplicationStrategy
  /// By name, such as `ONE`.
  public var readConsistency: String
  public var writeConsistency: String
  /// The data center that clients call their own.
  public var localDatacenter: String

  public init(
    places: [TokenRing.Place], tokensPerNode: Int = TokenRing.defaultTokensPerNode,
    strategy: ReplicationStrategy, readConsistency: String = "ONE",
    writeConsistency: String = "ONE", localDatacenter: String
  ) {
    self.places = places
    self.tokensPerNode = tokensPerNode
    self.strategy = strategy
    self.readConsistency = readConsistency
    self.writeConsistency = writeConsistency
    self.localDatacenter = localDatacenter
  }

  /// Something with which there can be no such cluster.
  public struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// What it is about: `nodes`, `tokensPerNode`, `replication`, `readConsistency`,
    /// `writeConsistency`, `localDatacenter`.
    public var subject: String
    public var message: String

    public var description: String { "\(subject): \(message)" }
  }

  /// All problems at once; empty if there is none.
  ///
  /// More replicas than a data center has nodes are refused here. Cassandra 3.11.3 takes such a
  /// keyspace without a word (a warning came into 3.11 in 2022, CASSANDRA-16747) and then cannot
  /// reach a quorum of them.
  public var problems: [Problem] {
    var found: [Problem] = []
    func say(_ subject: String, _ message: String) {
      found.append(Problem(subject: subject, message: message))
    }
    if places.isEmpty { say("nodes", "a cluster has at least one node") }
    if places.count > 254 { say("nodes", "at most 254 nodes are understood, not \(places.count)") }
    if tokensPerNode < 1 {
      say("tokensPerNode", "a node has at least one token")
    } else if places.count <= 254, tokensPerNode > 65_536 / max(1, places.count) {
      say("tokensPerNode", "at most 65 536 tokens are understood in one ring")
    }
    for message in replicationProblems { say("replication", message) }
    let levels = ConsistencyLevel.allCases.map(\.rawValue).joined(separator: ", ")
    for (subject, name) in [
      ("readConsistency", readConsistency), ("writeConsistency", writeConsistency),
    ] where ConsistencyLevel(rawValue: name) == nil {
      say(subject, "unknown consistency level '\(name)'; there are \(levels)")
    }
    if !places.isEmpty, !places.contains(where: { $0.datacenter == localDatacenter }) {
      say("localDatacenter", "no node stands in '\(localDatacenter)'")
    }
    return found
  }

  private var replicationProblems: [String] {
    var found: [String] = []
    if strategy.total > 8 { found.append("at most 8 replicas are understood") }
    switch strategy {
    case .simple(let count):
      if count < 1 { found.append("there is at least one replica") }
      if count > places.count, !places.isEmpty {
        found.append("\(count) replicas need more than the \(places.count) nodes there are")
      }
    case .networkTopology(let factors):
      if factors.isEmpty { found.append("no data center has replicas") }
      for (index, factor) in factors.enumerated() {
        let nodes = places.count { $0.datacenter == factor.datacenter }
        if factors[..<index].contains(where: { $0.datacenter == factor.datacenter }) {
          found.append("data center '\(factor.datacenter)' is there twice")
        } else if factor.count < 1 {
          found.append("data center '\(factor.datacenter)' has at least one replica")
        } else if nodes == 0 {
          found.append("no node stands in data center '\(factor.datacenter)'")
        } else if factor.count > nodes {
          found.append(
            "\(factor.count) replicas in '\(factor.datacenter)' need more than its \(nodes) nodes")
        }
      }
    }
    return found
  }
}
