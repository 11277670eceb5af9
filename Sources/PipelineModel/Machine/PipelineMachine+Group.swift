import KafkaModel
import TimeUnits

// What the group of consumers says, and what follows for their partitions.
extension PipelineMachine {
  /// Whether a poll gets anywhere: without a coordinator it returns nothing
  /// (`ConsumerCoordinator.java`, Kafka 2.1). The consumer waits for the network if not.
  mutating func isHeard(_ consumer: Int, at time: Int64) -> Bool {
    let reach = reachCoordinator(consumer)
    guard reach > time || !consumers[consumer].isHeard else { return true }
    consumers[consumer].wait = .messages
    wake(consumer, at: max(reach, time + 1_000_000))
    return false
  }

  /// Whether a poll may return messages; the consumer waits for the group if not.
  mutating func isMember(_ consumer: Int, at time: Int64) -> Bool {
    if time < consumers[consumer].groupPollDue, !owned[consumer].isEmpty { return true }
    consumers[consumer].groupPollDue = time + groupPollInterval
    let time = SimulationTime(nanoseconds: time)
    if !consumers[consumer].hasJoined {
      consumers[consumer].hasJoined = true
      group.join(consumer, at: time)
      consumers[consumer].wait = .group
      followGroup()
      return false
    }
    let answer = group.poll(consumer, at: time)
    followGroup()
    if !owned[consumer].isEmpty { return true }
    consumers[consumer].wait = .group
    // A consumer without partitions polls on.
    if case .owns = answer { wake(consumer, at: time.nanoseconds + idlePoll) }
    return false
  }

  /// Whether it has nothing to do until something comes.
  func isWaiting(_ consumer: Int) -> Bool {
    consumers[consumer].wait == .messages || consumers[consumer].wait == .group
  }

  /// Takes the group's outcomes and has it called when something is due.
  mutating func followGroup() {
    while let outcome = group.takeOutcome() {
      switch outcome.change {
      case .rebalanceBegan: totals.rebalances += 1
      case .rebalanceEnded: break
      case .noticed(let member): notice(member)
      case .revoked(let member, let partitions): revoke(partitions, from: member)
      case .assigned(let member, let partitions, _): assign(partitions, to: member)
      case .removed(let member, let partitions, _): remove(member, partitions)
      }
    }
    let next = group.nextTime
    guard next != groupTime else { return }
    groupTime = next
    groupLife &+= 1
    if let next { schedule(.group(life: groupLife), at: max(next, now).nanoseconds) }
  }

  mutating func advanceGroup() {
    groupTime = nil
    group.advance(to: now)
    followGroup()
  }

  /// A member that only waits for messages polls at once, and so joins again.
  private mutating func notice(_ consumer: Int) {
    consumers[consumer].groupPollDue = .min
    if consumers[consumer].isAlive, isWaiting(consumer) { restart(consumer) }
  }

  /// The consumer goes on now; what it had scheduled is void.
  mutating func restart(_ consumer: Int) {
    consumers[consumer].life &+= 1
    wake(consumer, at: now.nanoseconds)
  }

  /// Before it gives partitions up a member commits what its polls returned, if it is heard.
  private mutating func revoke(_ given: [Int], from consumer: Int) {
    let commits = consumers[consumer].isAlive && consumers[consumer].isHeard
    for partition in given {
      if commits { partitions[partition].commit() }
      abandon(partition, unprocessed: 0)
    }
    owned[consumer].removeAll { given.contains(Int($0)) }
  }

  private mutating func assign(_ given: [Int], to consumer: Int) {
    for partition in given {
      partitions[partition].owner = Int32(consumer)
      owned[consumer].append(UInt32(partition))
    }
    guard consumers[consumer].isAlive else { return }
    if consumers[consumer].wait != .nothing { restart(consumer) }
  }

  /// A member is out. One that lives goes on with what it has in its threads; what it has read and
  /// not handed over comes again, and so does what it processed since the last commit.
  private mutating func remove(_ consumer: Int, _ given: [Int]) {
    for partition in given { abandon(partition, unprocessed: 0) }
    owned[consumer].removeAll { given.contains(Int($0)) }
    // It polls at once if it lives and has nothing else to do, and so joins again.
    if consumers[consumer].isAlive, consumers[consumer].isHeard, isWaiting(consumer) {
      restart(consumer)
    }
  }

  /// A partition loses its reader; the next one begins at the committed offset. Of what polls
  /// returned behind it, so many were not processed; the others come a second time.
  mutating func abandon(_ partition: Int, unprocessed: Int) {
    let state = partitions[partition]
    let skipped = state.skippedExpired + state.skippedRefused
    totals.redelivered +=
      state.position.offset - state.committed.offset - skipped - Int64(unprocessed)
    totals.expired -= state.skippedExpired
    totals.refused -= state.skippedRefused
    partitions[partition].owner = -1
    guard state.position.offset > state.committed.offset else { return }
    partitions[partition].position = state.committed
    partitions[partition].commit()
    partitions[partition].abandonedFrom = state.committed.offset
    partitions[partition].epoch &+= 1
  }

  /// What becomes of a message that ends unprocessed with its pod: nil if it comes again as one of
  /// its partition's present reader, else how that is counted.
  mutating func drop(_ record: CheckRecord) -> Bool {
    let partition = partitions[Int(record.partition)]
    if record.epoch == partition.epoch {
      // Read by the present reader: it comes again unless it is committed.
      if record.offset >= partition.committed.offset { return true }
      totals.lost += 1
    } else if record.epoch == partition.epoch &- 1, record.offset >= partition.abandonedFrom {
      // It comes again already; only it was taken for processed.
      totals.redelivered -= 1
    } else {
      totals.lost += 1
    }
    return false
  }
}
