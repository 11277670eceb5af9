import KafkaModel
import Testing
import TimeUnits

@Suite struct InitialRebalanceTests {
  @Test("a first member waits for the initial delay, then has everything")
  func alone() {
    var run = GroupRun(partitions: 4)
    run.group.join(3, at: .seconds(10))
    run.expectPoll(3, at: .seconds(11), .rebalancing)
    run.advance(to: .seconds(60))
    #expect(run.ends == [.milliseconds(13_005)])
    #expect(run.group.partitions(of: 3) == [0, 1, 2, 3])
    run.expectPoll(3, at: .seconds(60), .owns(generation: 1))
  }

  @Test(
    "every period of the delay in which somebody joins is followed by another",
    arguments: [([0], 3_005), ([0, 2], 6_005), ([0, 2, 5], 9_005), ([0, 1, 2], 6_005)])
  func extended(joins: [Int], end: Int) {
    var run = GroupRun(partitions: 4)
    for (member, time) in joins.enumerated() { run.group.join(member, at: .seconds(Int64(time))) }
    run.advance(to: .seconds(20))
    #expect(run.ends == [.milliseconds(Int64(end))])
  }

  @Test("the delay grows no longer than a rebalance may take")
  func bounded() {
    var run = GroupRun(partitions: 40) { $0.maxPollInterval = .seconds(10) }
    for member in 0..<20 { run.group.join(member, at: .seconds(Int64(member))) }
    run.advance(to: .seconds(60))
    #expect(run.ends.first == .milliseconds(10_005))
  }

  @Test("a group that has become empty waits once and no longer")
  func again() {
    var run = GroupRun.settled(members: 1, partitions: 2)
    run.group.leave(0, at: .seconds(30))
    #expect(run.group.owner(of: 0) == nil && run.group.members.isEmpty)
    run.group.join(1, at: .seconds(40))
    run.group.join(2, at: .seconds(42))
    run.advance(to: .seconds(60))
    #expect(run.ends == [.seconds(30), .milliseconds(43_005)])
  }

  @Test("without the delay the first member begins at once")
  func none() {
    var run = GroupRun(partitions: 2) { $0.initialRebalanceDelay = .zero }
    run.group.join(0, at: .seconds(1))
    run.advance(to: .seconds(2))
    #expect(run.ends == [.milliseconds(1_005)])
  }
}
