/// Gives each member a run of consecutive partitions of every topic; Kafka 2.1's default.
///
/// Of each topic the first members get one partition more where it does not divide evenly, so with
/// many topics the first members get more altogether (`RangeAssignor.java`, Kafka 2.1).
public struct RangeAssignor: PartitionAssignor {
  public let name = "range"
  public let rebalanceProtocol = RebalanceProtocol.eager

  public init() {}

  public func assign(_ partitions: TopicPartitions, owned: [[Int]]) -> [[Int]] {
    var result = owned.map { _ in [Int]() }
    guard !owned.isEmpty else { return result }
    for topic in 0..<partitions.topicCount {
      let range = partitions.partitions(ofTopic: topic)
      let (least, extra) = range.count.quotientAndRemainder(dividingBy: owned.count)
      var next = range.lowerBound
      for member in owned.indices {
        let end = next + least + (member < extra ? 1 : 0)
        result[member] += next..<end
        next = end
      }
    }
    return result
  }
}
