import TimeUnits

extension ConsumerGroup {
  /// Begins a rebalance unless one waits for members already.
  mutating func prepare(_ reason: RebalanceReason) {
    switch state {
    case .preparing: return
    case .empty:
      guard !members.isEmpty else { return }
      let delay = settings.initialRebalanceDelay
      newMemberAdded = false
      state = .preparing(
        began: now, deadline: now + delay,
        remaining: max(settings.maxPollInterval - delay, .zero))
    case .stable:
      state = .preparing(began: now, deadline: now + settings.maxPollInterval, remaining: nil)
    case .completing(let began, _):
      // Those that wait for the assignment are told to join again, and do.
      for member in members where table[member].phase == .syncing {
        setPhase(table[member].isAlive ? .joining : .stable, of: member)
      }
      state = .preparing(began: began, deadline: now + settings.maxPollInterval, remaining: nil)
      return
    }
    report(.rebalanceBegan(reason))
    notices = []
    for member in members where table[member].phase == .stable && table[member].isAlive {
      note(member, at: now)
    }
  }

  /// The member will learn of the rebalance with its next heartbeat.
  mutating func note(_ member: Int, at time: SimulationTime) {
    let notice = Notice(
      time: table[member].nextHeartbeat(after: time, interval: heartbeatInterval), member: member)
    var (low, high) = (0, notices.count)
    while low < high {
      let middle = (low + high) / 2
      let other = notices[middle]
      if (other.time, other.member) > (notice.time, notice.member) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    notices.insert(notice, at: low)
  }

  /// Ends the join phase if there is nobody left to wait for; a new group waits all the same.
  mutating func endIfAllJoined() {
    if case .preparing(_, _, nil) = state, joined == members.count { endJoinPhase() }
  }

  /// What follows at once from a request.
  mutating func settle() {
    endIfAllJoined()
    advance(to: now)
  }

  /// The deadline of the join phase has come.
  mutating func joinDeadlineReached() {
    guard case .preparing(let began, _, let remaining) = state else { return }
    if let remaining, newMemberAdded, remaining > .zero {
      let delay = min(settings.initialRebalanceDelay, remaining)
      newMemberAdded = false
      state = .preparing(
        began: began, deadline: now + delay, remaining: max(remaining - delay, .zero))
    } else {
      endJoinPhase()
    }
  }

  /// The coordinator answers all JoinGroup requests; those that have not sent one are out.
  private mutating func endJoinPhase() {
    guard case .preparing(let began, _, _) = state else { return }
    for member in members where table[member].phase != .joining {
      remove(member, .rebalanceTimeout, rebalances: false)
    }
    notices = []
    generation += 1
    guard let leader else {
      state = .empty
      report(.rebalanceEnded(generation: generation, duration: now - began))
      return
    }
    for member in members {
      setPhase(.syncing, of: member)
      table[member].contact = now
    }
    let end = table[leader].isAlive ? now + settings.coordinatorDelay : nil
    state = .completing(began: began, end: end)
  }

  /// The leader's assignment reaches all members.
  mutating func distribute() {
    guard case .completing(let began, _) = state else { return }
    let assignor = settings.strategy.assignor
    let shares = assignor.assign(partitions, owned: previousOwnership(assignor.rebalanceProtocol))
    state = .stable
    var revoking: [Int] = []
    for (member, share) in zip(members, shares) {
      let lost = table[member].partitions.filter { !share.contains($0) }
      guard !lost.isEmpty else { continue }
      for partition in lost { owners[partition] = nil }
      revoking.append(member)
      report(.revoked(member: member, partitions: lost))
    }
    for (member, share) in zip(members, shares) { give(share, to: member) }
    report(.rebalanceEnded(generation: generation, duration: now - began))
    pollCheck = min(pollCheck, now + settings.maxPollInterval)
    // A member that gave something up joins again at once, so that others get it.
    for member in revoking where table[member].isAlive {
      prepare(.revoked(member: member))
      rejoin(member)
    }
  }

  private mutating func give(_ share: [Int], to member: Int) {
    let gained = share.filter { owners[$0] != member }
    for partition in share { owners[partition] = member }
    table[member].partitions = share
    table[member].remembered = share
    table[member].rememberedGeneration = generation
    setPhase(.stable, of: member)
    if table[member].isAlive {
      table[member].heartbeatStart = now
      table[member].contact = now
      table[member].lastPoll = now
    }
    report(.assigned(member: member, partitions: gained, generation: generation))
  }

  /// What members say they had: cooperative ones have it still, eager ones remember it, and of
  /// their memories only the newest generation's count.
  private func previousOwnership(_ rebalanceProtocol: RebalanceProtocol) -> [[Int]] {
    guard rebalanceProtocol == .eager else { return members.map { table[$0].partitions } }
    let newest = members.map { table[$0].rememberedGeneration }.max()
    return members.map {
      table[$0].rememberedGeneration == newest ? table[$0].remembered : []
    }
  }
}
