public import TimeUnits

extension ConsumerGroup {
  /// A member subscribes and polls for the first time.
  ///
  /// A process that starts again after `lose` is a new member with a new number, unless the old
  /// one has been removed.
  ///
  /// - Complexity: O(members).
  public mutating func join(_ member: Int, at time: SimulationTime) {
    advance(to: time)
    precondition(member >= 0 && !contains(member), "a member joins once")
    while table.count <= member { table.append(GroupMember()) }
    table[member] = GroupMember()
    add(member)
    settle()
  }

  /// A member closes its consumer: the coordinator knows at once. Nothing happens if it is not in
  /// the group.
  ///
  /// - Complexity: O(members).
  public mutating func leave(_ member: Int, at time: SimulationTime) {
    advance(to: time)
    guard table.indices.contains(member) else { return }
    if contains(member) { remove(member, .left) }
    setPhase(.absent, of: member)
    table[member].isAlive = false
    settle()
  }

  /// A member's process dies, or is no longer heard, without a word: the coordinator removes it
  /// `session.timeout.ms` after its last sign of life. One whose JoinGroup waits at the
  /// coordinator counts as alive until the join phase ends, and gets its share.
  ///
  /// - Complexity: O(1).
  public mutating func lose(_ member: Int, at time: SimulationTime) {
    advance(to: time)
    guard table.indices.contains(member), table[member].isAlive else { return }
    table[member].contact = table[member].lastSign(by: time, interval: heartbeatInterval)
    table[member].isAlive = false
    if contains(member) { dead.append(member) }
    if case .completing(let began, _) = state, member == leader {
      state = .completing(began: began, end: nil)
    }
  }

  /// A member that was lost is heard again: its process had only stood still.
  ///
  /// - Complexity: O(members).
  public mutating func recover(_ member: Int, at time: SimulationTime) {
    advance(to: time)
    guard table.indices.contains(member), table[member].phase != .absent,
      !table[member].isAlive
    else { return }
    table[member].isAlive = true
    table[member].heartbeatStart = time
    table[member].contact = time
    dead.removeAll { $0 == member }
    guard contains(member) else { return }
    if case .completing(let began, nil) = state, member == leader {
      state = .completing(began: began, end: time + settings.coordinatorDelay)
    }
    if case .preparing = state, table[member].phase == .stable { note(member, at: time) }
    pollCheck = min(pollCheck, table[member].lastPoll + settings.maxPollInterval)
    settle()
  }

  /// A member polls, which tells it what it may read; it must have joined and be alive.
  ///
  /// One that has noticed a rebalance joins again in this poll: an eager one gives up all it has.
  /// One that waits for its assignment need not poll.
  ///
  /// - Complexity: O(1), O(members) when it joins again.
  public mutating func poll(_ member: Int, at time: SimulationTime) -> PollAnswer {
    advance(to: time)
    precondition(
      table.indices.contains(member) && table[member].isAlive, "only a living member polls")
    table[member].lastPoll = time
    switch table[member].phase {
    case .absent: preconditionFailure("a member joins before it polls")
    case .stable: return .owns(generation: table[member].rememberedGeneration)
    case .joining, .syncing: break
    case .noticed:
      rejoin(member)
      settle()
    case .kicked:
      add(member)
      settle()
      return .kicked
    }
    return table[member].partitions.isEmpty
      ? .rebalancing : .owns(generation: table[member].rememberedGeneration)
  }

  /// A member's commit of offsets reaches the coordinator, which is a sign of life too
  /// (`doCommitOffsets` in `GroupCoordinator.scala`).
  ///
  /// - Returns: Whether the commit is accepted: the coordinator refuses one of a member that it
  ///   has removed, or between the end of a join phase and the assignment.
  /// - Complexity: O(1).
  @discardableResult
  public mutating func commit(by member: Int, at time: SimulationTime) -> Bool {
    advance(to: time)
    guard contains(member), table[member].isAlive else { return false }
    if case .completing = state { return false }
    table[member].contact = time
    return true
  }

  /// When a member's first heartbeat after a time is sent.
  ///
  /// - Complexity: O(1).
  public func nextHeartbeat(of member: Int, after time: SimulationTime) -> SimulationTime {
    table[member].nextHeartbeat(after: time, interval: heartbeatInterval)
  }

  /// A member's heartbeats come at this time, and every interval before and after it, from now on;
  /// for members of a group that is not rebalancing.
  ///
  /// - Complexity: O(1).
  public mutating func beat(_ member: Int, at time: SimulationTime) {
    let intervals = max(0, (time.nanoseconds - now.nanoseconds) / heartbeatInterval + 1)
    table[member].heartbeatStart = time.advanced(byNanoseconds: -intervals * heartbeatInterval)
  }

  var heartbeatInterval: Int64 { settings.heartbeatInterval.nanoseconds }

  /// The coordinator gets a JoinGroup of somebody new.
  private mutating func add(_ member: Int) {
    table[member].isAlive = true
    table[member].contact = now
    table[member].lastPoll = now
    setPhase(.joining, of: member)
    members.insert(member, at: members.firstIndex { $0 > member } ?? members.endIndex)
    if leader == nil { leader = member }
    if case .preparing = state, generation == 0 { newMemberAdded = true }
    prepare(.joined(member: member))
  }

  /// The coordinator gets a JoinGroup of a member it knows.
  mutating func rejoin(_ member: Int) {
    if settings.strategy.assignor.rebalanceProtocol == .eager { revokeAll(of: member) }
    table[member].contact = now
    setPhase(.joining, of: member)
  }

  /// Takes a member out of the group; it stays in the table as one that does not know yet.
  mutating func remove(_ member: Int, _ reason: RemovalReason, rebalances: Bool = true) {
    let had = table[member].partitions
    for partition in had { owners[partition] = nil }
    table[member].partitions = []
    setPhase(.kicked, of: member)
    members.removeAll { $0 == member }
    dead.removeAll { $0 == member }
    if leader == member { leader = members.first }
    report(.removed(member: member, partitions: had, reason))
    if rebalances { prepare(.removed(member: member, reason)) }
  }

  private mutating func revokeAll(of member: Int) {
    let had = table[member].partitions
    guard !had.isEmpty else { return }
    for partition in had { owners[partition] = nil }
    table[member].partitions = []
    report(.revoked(member: member, partitions: had))
  }
}
