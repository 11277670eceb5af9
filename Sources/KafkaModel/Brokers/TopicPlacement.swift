/// On which brokers the replicas of a topic's partitions lie; the first of each is the preferred
/// leader.
///
/// Leaders go round the brokers, and further replicas follow at a distance that grows by one each
/// time round. With racks, brokers of alternate racks follow one another, and a rack gets a second
/// replica only when all have one (`AdminUtils.scala`, Kafka 2.1).
public struct TopicPlacement: Hashable, Sendable {
  public let partitionCount: Int
  public let brokerCount: Int
  public let replicationFactor: Int
  /// The brokers of each partition, one partition after the other.
  private let brokers: [Int]

  /// Places a topic; `TopicSpec.problems` must be empty.
  ///
  /// - Parameters:
  ///   - racks: The rack of each broker, by default none; on AWS a zone is a rack.
  ///   - start: Where the first leader lies in the list of brokers, and the first distance; Kafka
  ///     draws both at random, the caller may. By default 0.
  /// - Complexity: O(partitions × brokers).
  public init(_ topic: TopicSpec, racks: [Int]? = nil, start: Int = 0, shift: Int = 0) {
    precondition(topic.problems.allSatisfy { !$0.isRefused }, "Kafka refuses this topic")
    precondition(racks == nil || racks?.count == topic.brokers, "every broker has a rack")
    partitionCount = topic.partitions
    brokerCount = topic.brokers
    replicationFactor = topic.replicationFactor
    let racks = racks ?? Array(repeating: 0, count: topic.brokers)
    var placed: [Int] = []
    placed.reserveCapacity(topic.partitions * topic.replicationFactor)
    let list = Self.alternating(racks)
    var shift = shift
    for partition in 0..<topic.partitions {
      if partition > 0, partition % list.count == 0 { shift += 1 }
      let first = (partition + start) % list.count
      placed += Self.replicas(
        first: first, shift: shift, count: topic.replicationFactor, list: list, racks: racks)
    }
    brokers = placed
  }

  /// The brokers of a partition, the preferred leader first.
  ///
  /// - Complexity: O(1).
  public func replicas(of partition: Int) -> ArraySlice<Int> {
    brokers[(partition * replicationFactor)..<((partition + 1) * replicationFactor)]
  }

  public func preferredLeader(of partition: Int) -> Int {
    brokers[partition * replicationFactor]
  }

  /// The brokers in such an order that racks take turns.
  private static func alternating(_ racks: [Int]) -> [Int] {
    let ordered = racks.indices.sorted { racks[$0] < racks[$1] }
    var rank = 0
    var ranked: [(rank: Int, rack: Int, broker: Int)] = []
    for (place, broker) in ordered.enumerated() {
      rank = place > 0 && racks[ordered[place - 1]] == racks[broker] ? rank + 1 : 0
      ranked.append((rank, racks[broker], broker))
    }
    return ranked.sorted { ($0.rank, $0.rack, $0.broker) < ($1.rank, $1.rack, $1.broker) }
      .map(\.broker)
  }

  private static func replicas(
    first: Int, shift: Int, count: Int, list: [Int], racks: [Int]
  ) -> [Int] {
    let rackCount = Set(racks).count
    var chosen = [list[first]]
    var step = 0
    while chosen.count < count {
      // Without racks all brokers are in one, and the distance grows by one as it must.
      let distance = 1 + (shift * rackCount + step) % (list.count - 1)
      let broker = list[(first + distance) % list.count]
      step += 1
      let usedRacks = Set(chosen.map { racks[$0] })
      guard !chosen.contains(broker),
        usedRacks.count == rackCount || !usedRacks.contains(racks[broker])
      else { continue }
      chosen.append(broker)
    }
    return chosen
  }
}
