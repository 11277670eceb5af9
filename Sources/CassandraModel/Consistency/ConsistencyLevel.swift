/// How many replicas must answer (Cassandra 3.11 `ConsistencyLevel`), without `ANY` and the serial
/// ones.
public enum ConsistencyLevel: String, Hashable, Sendable, CaseIterable {
  case one = "ONE"
  case two = "TWO"
  case three = "THREE"
  case quorum = "QUORUM"
  case all = "ALL"
  case localOne = "LOCAL_ONE"
  case localQuorum = "LOCAL_QUORUM"
  case eachQuorum = "EACH_QUORUM"

  /// Whether only replicas of the coordinator's data center count.
  @inlinable
  public var isLocal: Bool { self == .localOne || self == .localQuorum }

  /// The answers for which a coordinator in a data center waits.
  public func required(_ strategy: ReplicationStrategy, localDatacenter: String) -> Int {
    switch self {
    case .one, .localOne: 1
    case .two: 2
    case .three: 3
    case .quorum: strategy.total / 2 + 1
    case .all: strategy.total
    case .localQuorum: strategy.count(in: localDatacenter) / 2 + 1
    case .eachQuorum:
      // `SimpleStrategy` knows no data centers: an ordinary quorum.
      if case .networkTopology(let factors) = strategy {
        factors.reduce(0) { $0 + $1.count / 2 + 1 }
      } else {
        strategy.total / 2 + 1
      }
    }
  }
}

/// The answer to a request for which too few replicas are up; nothing is sent to them.
///
/// The sentence is that of the DataStax Java driver 3.5 (`UnavailableException`).
public struct Unavailable: Error, Hashable, Sendable, CustomStringConvertible {
  public var level: ConsistencyLevel
  public var required: Int
  public var alive: Int

  public init(level: ConsistencyLevel, required: Int, alive: Int) {
    self.level = level
    self.required = required
    self.alive = alive
  }

  public var description: String {
    "Not enough replicas available for query at consistency \(level.rawValue) "
      + "(\(required) required but only \(alive) alive)"
  }
}
