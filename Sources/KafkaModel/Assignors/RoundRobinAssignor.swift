/// Deals the partitions of all topics out to the members in turn (`RoundRobinAssignor.java`,
/// Kafka 2.1): shares differ by one at most.
public struct RoundRobinAssignor: PartitionAssignor {
  public let name = "roundrobin"
  public let rebalanceProtocol = RebalanceProtocol.eager

  public init() {}

  public func assign(_ partitions: TopicPartitions, owned: [[Int]]) -> [[Int]] {
    var result = owned.map { _ in [Int]() }
    guard !owned.isEmpty else { return result }
    for partition in 0..<partitions.count { result[partition % owned.count].append(partition) }
    return result
  }
}
