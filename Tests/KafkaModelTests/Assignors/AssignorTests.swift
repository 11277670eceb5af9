import KafkaModel
import SimulationKernel
import Testing

/// Examples are those of the assignors' own documentation (Kafka 2.1), with topics numbered
/// through.
@Suite struct AssignorTests {
  private static let nobody: [[Int]] = [[], []]

  @Test("range gives the first members one more of every topic")
  func range() {
    let shares = RangeAssignor().assign(.init(counts: [3, 3]), owned: Self.nobody)
    #expect(shares == [[0, 1, 3, 4], [2, 5]])
  }

  @Test("round robin deals all topics out in turn")
  func roundRobin() {
    let shares = RoundRobinAssignor().assign(.init(counts: [3, 3]), owned: Self.nobody)
    #expect(shares == [[0, 2, 4], [1, 3, 5]])
  }

  @Test("sticky deals out like round robin, and leaves everybody what they had")
  func sticky() {
    let topics = TopicPartitions(counts: [2, 2, 2, 2])
    let first = StickyAssignor().assign(topics, owned: [[], [], []])
    #expect(first == [[0, 3, 6], [1, 4, 7], [2, 5]])
    let second = StickyAssignor().assign(topics, owned: [first[0], first[2]])
    #expect(second[0].starts(with: first[0]) && second[1].starts(with: first[2]))
    #expect(second.map(\.count) == [4, 4])
  }

  @Test("a newcomer gets from the cooperative strategy only what nobody has")
  func cooperative() {
    let topics = TopicPartitions(count: 7)
    let owned = [[0, 1, 2, 3], [4, 5], []]
    let first = CooperativeStickyAssignor().assign(topics, owned: owned)
    #expect(first == [[0, 1, 2], [4, 5], [6]])
    #expect(
      CooperativeStickyAssignor().assign(topics, owned: first) == [[0, 1, 2], [4, 5], [6, 3]])
  }

  @Test("strategies go by Kafka's names", arguments: AssignmentStrategy.allCases)
  func names(strategy: AssignmentStrategy) {
    #expect(AssignmentStrategy(rawValue: strategy.assignor.name) == strategy)
  }

  @Test("members beyond the partitions starve", arguments: AssignmentStrategy.allCases)
  func surplus(strategy: AssignmentStrategy) {
    let shares = strategy.assignor.assign(.init(count: 3), owned: [[], [], [], [], []])
    #expect(shares.map(\.count).sorted() == [0, 0, 1, 1, 1])
    #expect(strategy.assignor.assign(.init(count: 3), owned: []).isEmpty)
  }

  @Test("whoever had what, everything is assigned once, evenly, and nothing moves without need")
  func properties() {
    var random = RandomStream(key: 61)
    for _ in 0..<500 {
      let topics = TopicPartitions(
        counts: (0..<Int.random(in: 1...3, using: &random)).map { _ in
          Int.random(in: 0...20, using: &random)
        })
      var owned = (0..<Int.random(in: 1...12, using: &random)).map { _ in [Int]() }
      for partition in 0..<topics.count {
        let member = Int.random(in: -1..<owned.count, using: &random)
        if member >= 0 { owned[member].append(partition) }
      }
      for strategy in AssignmentStrategy.allCases where strategy != .cooperativeSticky {
        let shares = strategy.assignor.assign(topics, owned: owned)
        #expect(shares.joined().sorted() == Array(0..<topics.count))
        let spread = shares.map(\.count).max()! - shares.map(\.count).min()!
        #expect(spread <= (strategy == .range ? topics.topicCount : 1))
      }
      expectSticky(topics, owned)
    }
  }

  private func expectSticky(_ topics: TopicPartitions, _ owned: [[Int]]) {
    let shares = StickyAssignor().assign(topics, owned: owned)
    let kept = zip(shares, owned).map { Set($0).intersection($1).count }.reduce(0, +)
    let (least, larger) = topics.count.quotientAndRemainder(dividingBy: owned.count)
    let most =
      owned.map { min($0.count, least) }.reduce(0, +)
      + min(larger, owned.count { $0.count > least })
    #expect(kept == most, "as many stay as balance allows")

    // In steps: nothing is given away while it is owned, and the second step ends it.
    let first = CooperativeStickyAssignor().assign(topics, owned: owned)
    for (member, share) in first.enumerated() {
      for other in owned.indices where other != member {
        #expect(Set(share).isDisjoint(with: owned[other]))
      }
    }
    let second = CooperativeStickyAssignor().assign(topics, owned: first)
    #expect(second.joined().sorted() == Array(0..<topics.count))
    #expect(CooperativeStickyAssignor().assign(topics, owned: second) == second)
  }
}
