import KafkaModel
import Testing
import TimeUnits

@Suite struct FailureTests {
  @Test("a killed member is missed a session timeout after its last heartbeat")
  func killed() {
    for (loss, removal) in [(24_005, 54_005), (24_500, 54_005), (27_004, 54_005)] {
      var run = GroupRun.settled(members: 2, partitions: 4)
      run.group.lose(1, at: .milliseconds(Int64(loss)))
      #expect(run.group.owner(of: 3) == 1, "nobody knows yet")
      run.advance(to: .seconds(100))
      #expect(run.removals.map(\.time) == [.milliseconds(Int64(removal))])
      #expect(run.removals.map(\.reason) == [.sessionTimeout])
      // The other's heartbeat falls on the same instant, and is handled after the removal, so
      // that it learns with the next one.
      #expect(run.ends == [.milliseconds(Int64(removal) + 3_005)])
      #expect(run.group.partitions(of: 0) == [0, 1, 2, 3])
    }
  }

  @Test("who is told when heartbeats come learns of a rebalance then, and beats on from there")
  func beats() {
    var run = GroupRun.settled(members: 2, partitions: 4)
    run.group.beat(0, at: .milliseconds(55_500))
    #expect(
      run.group.nextHeartbeat(of: 0, after: .milliseconds(54_005)) == .milliseconds(55_500))
    #expect(
      run.group.nextHeartbeat(of: 0, after: .milliseconds(55_500)) == .milliseconds(58_500))
    run.group.lose(1, at: .milliseconds(24_500))
    run.advance(to: .seconds(100))
    #expect(run.removals.map(\.time) == [.milliseconds(54_005)])
    #expect(run.ends == [.milliseconds(55_505)])
  }

  @Test("a commit is a sign of life between two heartbeats")
  func commit() {
    var run = GroupRun.settled(members: 2, partitions: 4)
    let isAccepted = run.group.commit(by: 1, at: .seconds(26))
    #expect(isAccepted)
    run.group.lose(1, at: .milliseconds(26_500))
    run.advance(to: .seconds(100))
    #expect(run.removals.map(\.time) == [.seconds(56)])
    let isStillAccepted = run.group.commit(by: 1, at: .seconds(100))
    #expect(!isStillAccepted, "no commits of strangers")
  }

  @Test("a member that was only frozen goes on, or finds itself thrown out")
  func frozen() {
    var run = GroupRun.settled(members: 2, partitions: 4)
    run.group.lose(1, at: .seconds(22))
    run.group.recover(1, at: .seconds(40))
    run.advance(to: .seconds(80))
    #expect(run.log.isEmpty)
    run.expectPoll(1, at: .seconds(80), .owns(generation: 1))
    run.group.lose(1, at: .seconds(81))
    run.group.recover(1, at: .seconds(200))
    run.advance(to: .seconds(200))
    #expect(run.removals.map(\.reason) == [.sessionTimeout])
    run.expectPoll(1, at: .seconds(201), .kicked)
    run.advance(to: .seconds(210))
    #expect(run.group.partitions(of: 1) == [2, 3])
  }

  @Test("who does not poll is out after the poll interval, and learns of it at the next poll")
  func slow() {
    var run = GroupRun.settled(members: 2, partitions: 4)
    run.pollAll([0, 1], at: .seconds(50))
    for second in stride(from: 100, through: 400, by: 50) {
      run.pollAll([0], at: .seconds(Int64(second)))
    }
    #expect(run.removals.map(\.time) == [.seconds(350)])
    #expect(run.removals.map(\.reason) == [.pollTimeout])
    #expect(run.group.partitions(of: 0) == [0, 1, 2, 3])
    run.expectPoll(1, at: .seconds(401), .kicked)
    run.expectPoll(1, at: .seconds(402), .rebalancing)
    run.advance(to: .seconds(410))
    #expect(run.group.partitions(of: 1) == [2, 3])
  }

  @Test("who waits for its assignment need not poll")
  func waiting() {
    var run = GroupRun.settled(members: 2, partitions: 4)
    run.silent = [1]
    run.group.join(2, at: .seconds(22))
    run.advance(to: .seconds(310))
    // Member 1 noticed at 24.005 s and kept working; it had last polled at 6.005 s.
    #expect(run.removals.map(\.member) == [1])
    #expect(run.removals.map(\.time) == [.milliseconds(306_005)])
    #expect(run.ends == [.milliseconds(306_010)])
    #expect(run.group.members == [0, 2])
  }

  @Test("who dies while it waits in the join phase gets its share, and holds it for a session")
  func deadJoiner() {
    var run = GroupRun.settled(members: 2, partitions: 4)
    run.silent = [0]
    run.group.join(2, at: .seconds(22))
    run.advance(to: .seconds(30))
    run.group.lose(2, at: .seconds(30))
    run.silent = []
    run.pollAll([0], at: .seconds(100))
    run.advance(to: .seconds(101))
    #expect(run.group.partitions(of: 2) == [3])
    run.advance(to: .seconds(140))
    #expect(run.removals.map(\.time) == [.seconds(130)])
    #expect(run.group.owner(of: 3) == 1)
  }

  @Test("without the leader's assignment all wait until its session is over")
  func deadLeader() {
    var run = GroupRun.settled(members: 2, partitions: 4)
    run.group.join(2, at: .seconds(22))
    run.advance(to: .milliseconds(24_005))
    run.group.lose(0, at: .milliseconds(24_007))
    run.advance(to: .seconds(100))
    #expect(run.removals.map(\.time) == [.milliseconds(54_005)])
    #expect(run.ends == [.milliseconds(54_010)])
    #expect(run.group.partitions(of: 1) == [0, 1])
  }

  @Test("all may die")
  func allDead() {
    var run = GroupRun.settled(members: 3, partitions: 4)
    for member in 0..<3 { run.group.lose(member, at: .seconds(22)) }
    run.advance(to: .seconds(400))
    #expect(run.group.members.isEmpty && run.group.nextTime == nil)
    run.group.join(0, at: .seconds(400))
    run.advance(to: .seconds(410))
    #expect(run.group.partitions(of: 0) == [0, 1, 2, 3])
  }
}
