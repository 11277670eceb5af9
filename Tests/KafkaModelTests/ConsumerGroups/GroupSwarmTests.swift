import KafkaModel
import SimulationKernel
import Testing
import TimeUnits

/// Random histories of groups, watched by a judge that knows only the outcomes.
@Suite struct GroupSwarmTests {
  /// Who owns what, according to the outcomes.
  private struct Judge {
    var owners: [Int?]
    var rebalances = 0
    /// What should not have happened.
    var objections: Set<String> = []

    mutating func require(_ isTrue: Bool, _ rule: String) {
      if !isTrue { objections.insert(rule) }
    }

    mutating func watch(_ outcome: GroupOutcome) {
      switch outcome.change {
      case .rebalanceBegan:
        require(rebalances == 0, "one rebalance at a time")
        rebalances += 1
      case .rebalanceEnded: rebalances -= 1
      case .noticed: break
      case .revoked(let member, let partitions), .removed(let member, let partitions, _):
        for partition in partitions {
          require(owners[partition] == member, "only its owner loses a partition")
          owners[partition] = nil
        }
      case .assigned(let member, let partitions, _):
        for partition in partitions {
          require(owners[partition] == nil, "no partition has two owners")
          owners[partition] = member
        }
      }
    }
  }

  private struct World {
    var group: ConsumerGroup
    var judge: Judge
    var random: RandomStream
    var living: [Int] = []
    var frozen: [Int] = []
    var next = 0
    var now = SimulationTime.zero

    init(key: UInt64, strategy: AssignmentStrategy) {
      random = RandomStream(key: key)
      var settings = ConsumerGroupSettings()
      settings.strategy = strategy
      settings.maxPollInterval = .seconds(Int.random(in: 5...60, using: &random))
      settings.coordinatorDelay = .milliseconds(Int.random(in: 0...4_000, using: &random))
      let count = Int.random(in: 1...12, using: &random)
      group = ConsumerGroup(partitions: TopicPartitions(count: count), settings: settings)
      judge = Judge(owners: Array(repeating: nil, count: count))
    }

    mutating func collect(pollingOnNotice: Bool) {
      while let outcome = group.takeOutcome() {
        judge.watch(outcome)
        if pollingOnNotice, case .noticed(let member) = outcome.change {
          _ = group.poll(member, at: outcome.time)
        }
      }
      check()
    }

    /// The group's own tables agree with each other and with the judge.
    mutating func check() {
      let owners = judge.owners.indices.map { group.owner(of: $0) }
      judge.require(owners == judge.owners, "outcomes tell all")
      var held = 0
      for member in group.members {
        let its = group.partitions(of: member)
        held += its.count
        judge.require(its.allSatisfy { owners[$0] == member }, "tables agree")
      }
      judge.require(held == owners.count { $0 != nil }, "only members own")
      judge.require(group.isRebalancing == (judge.rebalances == 1), "rebalances end")
      let eager = group.settings.strategy != .cooperativeSticky
      if eager, !group.isRebalancing, !group.members.isEmpty {
        judge.require(held == owners.count, "at rest everything is owned")
      }
    }

    mutating func act() {
      now = now.advanced(byNanoseconds: Int64.random(in: 0...4_000_000_000, using: &random))
      switch Int.random(in: 0..<12, using: &random) {
      case 0 where living.count < 8:
        group.join(next, at: now)
        living.append(next)
        next += 1
      case 1: if let member = take() { group.leave(member, at: now) }
      case 2: if let member = take() { group.lose(member, at: now) }
      case 3:
        if let member = take() {
          group.lose(member, at: now)
          frozen.append(member)
        }
      case 4:
        if let member = frozen.popLast() {
          group.recover(member, at: now)
          living.append(member)
        }
      case 5: if let member = living.last { group.commit(by: member, at: now) }
      default:
        for member in living where Bool.random(using: &random) {
          _ = group.poll(member, at: now)
        }
      }
      collect(pollingOnNotice: false)
    }

    private mutating func take() -> Int? {
      guard !living.isEmpty else { return nil }
      return living.remove(at: Int.random(in: living.indices, using: &random))
    }

    /// Nothing more goes wrong, and everybody polls.
    mutating func calmDown() {
      let end = now + .seconds(400)
      while now < end {
        now = now + .milliseconds(500)
        while let time = group.nextTime, time <= now {
          group.advance(to: time)
          collect(pollingOnNotice: true)
        }
        for member in living { _ = group.poll(member, at: now) }
        collect(pollingOnNotice: true)
      }
    }
  }

  @Test(
    "through any history no partition has two owners, and after it the living share all",
    arguments: AssignmentStrategy.allCases)
  func histories(strategy: AssignmentStrategy) {
    var removed = 0
    for key in 0..<60 {
      var world = World(key: UInt64(key) + 1000, strategy: strategy)
      for _ in 0..<150 { world.act() }
      world.calmDown()
      #expect(world.judge.objections.isEmpty, "\(key)")
      #expect(world.group.members == world.living.sorted(), "\(key)")
      let shares = world.living.map { world.group.partitions(of: $0).count }
      if let most = shares.max(), let least = shares.min() {
        #expect(most - least <= 1, "\(key)")
        #expect(shares.reduce(0, +) == world.judge.owners.count, "\(key)")
      }
      #expect(!world.group.isRebalancing)
      removed += world.next - world.living.count
    }
    #expect(removed > 60, "the histories are eventful")
  }

  @Test("the same history has the same outcomes, and a copy goes its own way")
  func determinism() {
    var first = World(key: 7, strategy: .cooperativeSticky)
    var second = World(key: 7, strategy: .cooperativeSticky)
    for _ in 0..<50 {
      first.act()
      second.act()
    }
    #expect(first.group == second.group)
    second.calmDown()
    #expect(first.group != second.group)
  }
}
