import KafkaModel
import Testing

/// The examples of `AdminUtils.scala`'s own comment (Kafka 2.1).
@Suite struct TopicPlacementTests {
  @Test("leaders go round, followers at a growing distance")
  func rackUnaware() {
    let placement = TopicPlacement(TopicSpec(partitions: 10, brokers: 5))
    let expected = [
      [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 0], [4, 0, 1],
      [0, 2, 3], [1, 3, 4], [2, 4, 0], [3, 0, 1], [4, 1, 2],
    ]
    #expect((0..<10).map { Array(placement.replicas(of: $0)) } == expected)
  }

  @Test("with racks the replicas of a partition lie in different ones")
  func rackAware() {
    let placement = TopicPlacement(
      TopicSpec(partitions: 7, brokers: 6), racks: [1, 3, 3, 2, 2, 1])
    let expected = [
      [0, 3, 1], [3, 1, 5], [1, 5, 4], [5, 4, 2], [4, 2, 0], [2, 0, 3], [0, 4, 2],
    ]
    #expect((0..<7).map { Array(placement.replicas(of: $0)) } == expected)
  }

  @Test("replicas are on different brokers, and leaders as even as can be")
  func properties() {
    for brokers in 1...7 {
      for replicas in 1...brokers {
        for racks in [nil, (0..<brokers).map { $0 % 3 }] {
          let topic = TopicSpec(
            partitions: 3 * brokers + 1, replicationFactor: replicas, brokers: brokers)
          let placement = TopicPlacement(topic, racks: racks, start: 2, shift: 1)
          var led = Array(repeating: 0, count: brokers)
          for partition in 0..<topic.partitions {
            let its = placement.replicas(of: partition)
            #expect(Set(its).count == replicas)
            if let racks {
              let most = min(replicas, Set(racks).count)
              #expect(Set(its.map { racks[$0] }).count == most)
            }
            led[placement.preferredLeader(of: partition)] += 1
          }
          #expect(led.max()! - led.min()! <= 1)
        }
      }
    }
  }

  @Test("everything wrong with a topic is named at once, in Kafka's words")
  func problems() {
    let topic = TopicSpec(
      partitions: 0, replicationFactor: 4, minInSyncReplicas: 5, brokers: 3)
    #expect(
      topic.problems.map(\.description) == [
        "Number of partitions must be larger than 0.",
        "Replication factor: 4 larger than available brokers: 3.",
        "min.insync.replicas is 5, but a partition has 4 replicas: every write with acks=all "
          + "would be refused",
      ])
    #expect(topic.problems.map(\.isRefused) == [true, true, false])
    #expect(TopicSpec(partitions: 300, brokers: 3).problems.isEmpty)
  }
}
