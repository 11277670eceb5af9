import TimeUnits

/// A group of consumers and its coordinator: who has which partition, and when.
///
/// A value that is told the time. Members are small integers that the caller chooses: their order
/// stands for Kafka's order of member ids, and the table grows with the largest. What happened is
/// fetched with `takeOutcome()`. Heartbeats are computed when they matter, so a group at rest has
/// one event every `max.poll.interval.ms` at most.
///
/// Follows `GroupCoordinator.scala` (Kafka 2.1 to 2.3) and `AbstractCoordinator.java`,
/// `ConsumerCoordinator.java` (2.1; the cooperative protocol of 2.5, in which members go on reading
/// while they wait). Heartbeats of members that were assigned together stay together, and one that
/// falls on the beginning of a rebalance does not tell of it: members learn a whole interval later,
/// as the last of many with heartbeats at random would. Other differences: requests take no time
/// but `coordinatorDelay`, a refused SyncGroup is followed by a new JoinGroup at once, and there is
/// no static membership.
public struct ConsumerGroup: Hashable, Sendable {
  enum State: Hashable, Sendable {
    case empty
    /// Waits for members to join until all have, or until the deadline. `remaining` is how much
    /// longer the delay of a new group may become; nil if it is not one.
    case preparing(began: SimulationTime, deadline: SimulationTime, remaining: Duration?)
    /// Waits for the leader's assignment; without an end while the leader is dead.
    case completing(began: SimulationTime, end: SimulationTime?)
    case stable
  }

  public let settings: ConsumerGroupSettings
  public let partitions: TopicPartitions
  /// How many rebalances the group has finished.
  public internal(set) var generation = 0
  /// The members that the coordinator knows, in order; dead ones until it notices.
  public internal(set) var members: [Int] = []

  var now = SimulationTime.zero
  var state = State.empty
  var table: [GroupMember] = []
  var owners: [Int?]
  var leader: Int?
  /// How many members wait in the join phase.
  var joined = 0
  /// Whether a member has joined since the delay of a new group was last extended.
  var newMemberAdded = false
  /// Members whose process is gone, which the coordinator does not know yet.
  var dead: [Int] = []
  /// Which members learn of the rebalance when: last first.
  var notices: [Notice] = []
  /// No member's poll is late before this.
  var pollCheck = SimulationTime.distantFuture
  var outcomes: [GroupOutcome] = []
  var taken = 0

  struct Notice: Hashable, Sendable {
    var time: SimulationTime
    var member: Int
  }

  /// A group without members that reads these partitions.
  public init(partitions: TopicPartitions, settings: ConsumerGroupSettings = .init()) {
    precondition(settings.heartbeatInterval > .zero, "heartbeats have an interval")
    precondition(
      settings.heartbeatInterval < settings.sessionTimeout,
      "Heartbeat must be set lower than the session timeout")
    self.partitions = partitions
    self.settings = settings
    owners = Array(repeating: nil, count: partitions.count)
  }

  /// The member that has a partition, as the coordinator sees it: a dead member owns what it had
  /// until it is removed.
  ///
  /// - Complexity: O(1).
  public func owner(of partition: Int) -> Int? { owners[partition] }

  /// What a member has, in the order it was assigned; empty for one that is not in the group.
  ///
  /// - Complexity: O(1).
  public func partitions(of member: Int) -> [Int] {
    table.indices.contains(member) ? table[member].partitions : []
  }

  /// Whether the coordinator counts it as a member.
  public func contains(_ member: Int) -> Bool {
    guard table.indices.contains(member) else { return false }
    let phase = table[member].phase
    return phase != .absent && phase != .kicked
  }

  /// Whether a rebalance is on.
  public var isRebalancing: Bool {
    switch state {
    case .empty, .stable: false
    case .preparing, .completing: true
    }
  }

  /// The oldest outcome that has not been taken.
  ///
  /// - Complexity: O(1) amortized.
  public mutating func takeOutcome() -> GroupOutcome? {
    guard taken < outcomes.count else { return nil }
    let outcome = outcomes[taken]
    taken += 1
    if taken == outcomes.count {
      outcomes.removeAll(keepingCapacity: true)
      taken = 0
    }
    return outcome
  }

  mutating func report(_ change: GroupOutcome.Change) {
    outcomes.append(GroupOutcome(time: now, change: change))
  }

  /// Moves a member to another phase and keeps count.
  mutating func setPhase(_ phase: GroupMember.Phase, of member: Int) {
    if table[member].phase == .joining { joined -= 1 }
    if phase == .joining { joined += 1 }
    table[member].phase = phase
  }
}
