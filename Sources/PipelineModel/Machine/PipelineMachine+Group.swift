import KafkaModel
import TimeUnits

// What the group of consumers says, and what follows for their partitions.
extension PipelineMachine {
  /// Whether a poll may return messages; the consumer waits for the group if not.
  mutating func isMember(_ consumer: Int, at time: Int64) -> Bool {
    let member = consumers[consumer].member
    let time = SimulationTime(nanoseconds: time)
    if !consumers[consumer].hasJoined {
      consumers[consumer].hasJoined = true
      group.join(member, at: time)
      consumers[consumer].wait = .group
      followGroup()
      return false
    }
    let answer = group.poll(member, at: time)
    followGroup()
    if case .owns = answer, !consumers[consumer].partitions.isEmpty { return true }
    consumers[consumer].wait = .group
    // A consumer without partitions polls on.
    if case .owns = answer { wake(consumer, at: time.nanoseconds + Self.idlePoll) }
    return false
  }

  /// Nanoseconds between looks of a consumer that has nothing to do: it really polls every 100 ms,
  /// but only a poll within `max.poll.interval.ms` matters.
  static let idlePoll: Int64 = 60_000_000_000

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

  private func consumer(of member: Int) -> Int { memberConsumers[member] }

  /// A member that only waits for messages polls at once, and so joins again.
  private mutating func notice(_ member: Int) {
    let consumer = consumer(of: member)
    let state = consumers[consumer]
    guard state.isAlive, state.wait == .messages || state.wait == .group else { return }
    restart(consumer)
  }

  /// The consumer goes on now; what it had scheduled is void.
  mutating func restart(_ consumer: Int) {
    consumers[consumer].life &+= 1
    wake(consumer, at: now.nanoseconds)
  }

  /// Before it gives partitions up a member commits what its polls returned.
  private mutating func revoke(_ given: [Int], from member: Int) {
    let consumer = consumer(of: member)
    for partition in given {
      partitions[partition].committed = partitions[partition].position
      partitions[partition].owner = -1
    }
    consumers[consumer].partitions.removeAll { given.contains(Int($0)) }
  }

  private mutating func assign(_ given: [Int], to member: Int) {
    let consumer = consumer(of: member)
    for partition in given {
      partitions[partition].owner = Int32(consumer)
      consumers[consumer].partitions.append(UInt32(partition))
    }
    guard consumers[consumer].isAlive else { return }
    if consumers[consumer].wait != .nothing { restart(consumer) }
  }

  /// A member is out. One that lives goes on with what it has in its threads; what it has read and
  /// not handed over comes again, and so does what it processed since the last commit.
  private mutating func remove(_ member: Int, _ given: [Int]) {
    let consumer = consumer(of: member)
    if consumers[consumer].isAlive {
      for partition in given {
        let rest = consumers[consumer].buffer[consumers[consumer].next...]
        let buffered = rest.count { $0.partition == UInt32(partition) }
        abandon(partition, unprocessed: buffered)
      }
      consumers[consumer].buffer.removeSubrange(consumers[consumer].next...)
    }
    for partition in given { partitions[partition].owner = -1 }
    consumers[consumer].partitions.removeAll { given.contains(Int($0)) }
  }

  /// The next reader begins at the committed offset. Of what was returned after it, so many were
  /// not processed; the others come a second time.
  mutating func abandon(_ partition: Int, unprocessed: Int) {
    let returned = partitions[partition].position.offset
    let committed = partitions[partition].committed.offset
    totals.redelivered += returned - committed - Int64(unprocessed)
    partitions[partition].position = partitions[partition].committed
  }
}
