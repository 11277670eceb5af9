public import TimeUnits

/// Why a member is no longer in its group.
public enum RemovalReason: Hashable, Sendable {
  /// It closed its consumer, which says so to the coordinator.
  case left
  /// Nothing was heard of it for `session.timeout.ms`.
  case sessionTimeout
  /// It did not poll for `max.poll.interval.ms`; its client leaves by itself.
  case pollTimeout
  /// It did not join again before the rebalance timeout.
  case rebalanceTimeout
}

/// Why a group rebalances.
public enum RebalanceReason: Hashable, Sendable {
  case joined(member: Int)
  case removed(member: Int, RemovalReason)
  /// A member has given up partitions that others may now have (cooperative only).
  case revoked(member: Int)
}

/// Something that happened in a group.
public struct GroupOutcome: Hashable, Sendable {
  public enum Change: Hashable, Sendable {
    case rebalanceBegan(RebalanceReason)
    /// A heartbeat told the member; it joins again at its next poll.
    case noticed(member: Int)
    /// The member has stopped reading these partitions; nobody owns them now.
    case revoked(member: Int, partitions: [Int])
    /// The member may read these partitions, in addition to what it kept. All members get this at
    /// the end of a rebalance, some with no partition.
    case assigned(member: Int, partitions: [Int], generation: Int)
    /// The member is out, and nobody owns these partitions now. If it lives, it goes on with what
    /// it has already read and learns of this at its next poll.
    case removed(member: Int, partitions: [Int], RemovalReason)
    /// All members have their assignments; the duration is from `rebalanceBegan`.
    case rebalanceEnded(generation: Int, duration: Duration)
  }

  public var time: SimulationTime
  public var change: Change

  public init(time: SimulationTime, change: Change) {
    self.time = time
    self.change = change
  }
}

/// What a poll tells a member.
public enum PollAnswer: Hashable, Sendable {
  /// It may read what `partitions(of:)` lists, which is nothing for a surplus member; the
  /// generation is that of its assignment.
  case owns(generation: Int)
  /// A rebalance is on and it owns nothing: the poll returns no record until `assigned`.
  case rebalancing
  /// It had been removed and has lost all partitions; this poll has joined it again, so it waits
  /// as with `rebalancing`.
  case kicked
}
