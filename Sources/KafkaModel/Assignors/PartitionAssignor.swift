/// How members hand over partitions when a group rebalances (KIP-429).
public enum RebalanceProtocol: Hashable, Sendable {
  /// Every member gives up all it has before it joins again: the whole group stands still.
  case eager
  /// Members keep what they have, and give up only what moves; a second rebalance hands it on.
  case cooperative
}

/// Who gets which partition: a pure function of the members and of what they had.
///
/// Every member subscribes to all topics. Kafka orders members by the member id, a string of the
/// client id and a random part; here the caller's order stands for it. Members beyond the number
/// of partitions get none.
public protocol PartitionAssignor: Sendable {
  /// The name that `partition.assignment.strategy` knows it by.
  var name: String { get }
  var rebalanceProtocol: RebalanceProtocol { get }

  /// The partitions of each member, in the order of the members.
  ///
  /// - Parameter owned: What each member had until now; no partition twice. Only sticky
  ///   strategies look at more than how many members there are.
  func assign(_ partitions: TopicPartitions, owned: [[Int]]) -> [[Int]]
}

/// The values of `partition.assignment.strategy`, by the short names of the assignors
/// (`name()` of each class in `clients/.../consumer`, Kafka 3.0).
public enum AssignmentStrategy: String, CaseIterable, Hashable, Sendable {
  case range
  case roundRobin = "roundrobin"
  case sticky
  case cooperativeSticky = "cooperative-sticky"

  public var assignor: any PartitionAssignor {
    switch self {
    case .range: RangeAssignor()
    case .roundRobin: RoundRobinAssignor()
    case .sticky: StickyAssignor()
    case .cooperativeSticky: CooperativeStickyAssignor()
    }
  }
}
