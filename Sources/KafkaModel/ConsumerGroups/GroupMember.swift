import TimeUnits

/// What is known of one member.
struct GroupMember: Hashable, Sendable {
  enum Phase: Hashable, Sendable {
    /// Not in the group.
    case absent
    /// Put out of the group, which it learns at its next poll.
    case kicked
    /// In the group, with an assignment, and unaware of any rebalance.
    case stable
    /// A heartbeat has told it of a rebalance; it joins at its next poll.
    case noticed
    /// Its JoinGroup request waits at the coordinator, which keeps it alive meanwhile.
    case joining
    /// Its SyncGroup request waits for the leader's assignment.
    case syncing
  }

  var phase = Phase.absent
  /// Whether its process runs and is heard.
  var isAlive = false
  /// Heartbeats come every interval from here.
  var heartbeatStart = SimulationTime.zero
  /// The last sign of life that the coordinator had, heartbeats of the grid aside.
  var contact = SimulationTime.zero
  var lastPoll = SimulationTime.zero
  /// In the order in which they were assigned.
  var partitions: [Int] = []
  /// What it was assigned last, and in which generation: a sticky assignor's memory.
  var remembered: [Int] = []
  var rememberedGeneration = -1

  /// Whether its client must poll to stay: while a request waits, it is inside a poll.
  var hasPollDeadline: Bool { isAlive && (phase == .stable || phase == .noticed) }

  /// The first heartbeat after a time.
  func nextHeartbeat(after time: SimulationTime, interval: Int64) -> SimulationTime {
    let passed = time.nanoseconds - heartbeatStart.nanoseconds
    return heartbeatStart.advanced(byNanoseconds: (passed / interval + 1) * interval)
  }

  /// The last sign of life up to a time, if it lived until then.
  func lastSign(by time: SimulationTime, interval: Int64) -> SimulationTime {
    guard phase == .stable || phase == .noticed else { return contact }
    let passed = time.nanoseconds - heartbeatStart.nanoseconds
    let beat = heartbeatStart.advanced(byNanoseconds: passed / interval * interval)
    return max(beat, contact)
  }
}
