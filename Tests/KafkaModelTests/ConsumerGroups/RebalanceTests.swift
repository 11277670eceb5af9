import KafkaModel
import Testing
import TimeUnits

@Suite struct RebalanceTests {
  @Test("who leaves is out at once; the others learn with their next heartbeats")
  func leave() {
    var run = GroupRun.settled(members: 3, partitions: 6)
    // All were assigned at 6.005 s, so heartbeats come at 21.005, 24.005, ...
    run.group.leave(1, at: .seconds(22))
    #expect(!run.group.contains(1) && run.group.owner(of: 2) == nil)
    run.advance(to: .seconds(60))
    #expect(run.removals.map(\.time) == [.seconds(22)])
    #expect(run.ends == [.milliseconds(24_010)])
    #expect(run.group.partitions(of: 0) == [0, 1, 2])
    #expect(run.group.partitions(of: 2) == [3, 4, 5])
  }

  @Test("a member goes on until its heartbeat tells it, and gives all up at the poll after that")
  func notice() {
    var run = GroupRun.settled(members: 2, partitions: 4)
    run.silent = [0, 1]
    run.group.join(2, at: .seconds(22))
    run.advance(to: .seconds(24))
    run.expectPoll(0, at: .seconds(24), .owns(generation: 1))
    run.advance(to: .seconds(25))
    run.expectPoll(0, at: .seconds(26), .rebalancing)
    #expect(run.group.owner(of: 0) == nil && run.group.owner(of: 2) == 1)
    #expect(run.group.isRebalancing)
    run.expectPoll(1, at: .seconds(40), .rebalancing)
    run.advance(to: .seconds(50))
    #expect(run.ends == [.milliseconds(40_005)], "the slowest decides")
    run.expectPoll(2, at: .seconds(50), .owns(generation: 2))
  }

  @Test("an eager rebalance stops all, a cooperative one only what moves")
  func protocols() {
    for strategy in AssignmentStrategy.allCases {
      var run = GroupRun.settled(members: 2, partitions: 6, strategy)
      run.silent = [1]
      run.group.join(2, at: .seconds(22))
      run.advance(to: .seconds(30))
      run.silent = []
      run.pollAll([1], at: .seconds(30))
      run.advance(to: .seconds(50))
      let stalled = run.stalls(6).filter { $0 > .zero }
      #expect(run.group.members.map { run.group.partitions(of: $0).count } == [2, 2, 2])
      if strategy == .cooperativeSticky {
        // They stop when the first rebalance ends, until the newcomer's next heartbeat.
        #expect(stalled == [.milliseconds(3_005), .milliseconds(3_005)])
        #expect(run.ends == [.milliseconds(30_005), .milliseconds(33_010)])
      } else {
        #expect(stalled.count == 6)
        #expect(stalled.filter { $0 == .milliseconds(6_000) }.count == 3)
        #expect(run.ends == [.milliseconds(30_005)])
      }
    }
  }

  @Test("a member that joins while others wait for the assignment begins all again")
  func interrupted() {
    var run = GroupRun.settled(members: 1, partitions: 4)
    run.group.join(1, at: .seconds(20))
    run.advance(to: .milliseconds(21_005))
    run.group.join(2, at: .milliseconds(21_007))
    run.advance(to: .seconds(40))
    #expect(run.ends == [.milliseconds(21_012)])
    #expect(run.group.generation == 3)
    #expect(run.group.members.map { run.group.partitions(of: $0) } == [[0, 1], [2], [3]])
  }

  @Test("members beyond the partitions are idle, and step in when one leaves")
  func surplus() {
    var run = GroupRun.settled(members: 5, partitions: 3)
    #expect(run.group.members.map { run.group.partitions(of: $0).count } == [1, 1, 1, 0, 0])
    run.expectPoll(4, at: .seconds(20), .owns(generation: 1))
    run.group.leave(0, at: .seconds(21))
    run.advance(to: .seconds(40))
    #expect(run.group.members.map { run.group.partitions(of: $0).count } == [1, 1, 1, 0])
  }

  @Test("a group at rest is looked at once in a poll interval")
  func cost() {
    var run = GroupRun.settled(members: 200, partitions: 400)
    let members = run.group.members
    var events = 0
    for second in stride(from: 21, to: 3_600, by: 10) {
      let time = SimulationTime.seconds(Int64(second))
      while let next = run.group.nextTime, next <= time {
        run.group.advance(to: next)
        events += 1
      }
      for member in members { _ = run.group.poll(member, at: time) }
    }
    run.collect()
    #expect(run.log.isEmpty)
    #expect(events <= 13, "twelve intervals of 300 s")
  }
}
