import TimeUnits

/// The brokers of a cluster: who leads which partition, and where records can be written.
///
/// A value that is told the time. When a broker dies, the controller knows after the session
/// timeout; then each of its partitions goes to the first live replica in sync, in the order of
/// placement, or to none (`PartitionLeaderElectionAlgorithms`, Kafka 2.1, unclean election off).
/// The last replica in sync stays in the set, so only its return brings the partition back. All
/// changes of one broker happen at once, when the controller's work for them is done. A broker
/// that is back within the timeout goes on as if it had never been away; a real one with ZooKeeper
/// would fail to register until its old session is over.
public struct Brokers: Hashable, Sendable {
  public let placement: TopicPlacement
  public let settings: BrokerSettings

  /// Work that ends at a time; the queue is sorted, last first.
  struct Task: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
      /// The controller has dealt with a lost broker.
      case lost
      /// The controller has dealt with a broker that is back.
      case returned
      /// Its replicas have caught up.
      case caughtUp
    }
    var time: Int64
    var kind: Kind
    var broker: Int
    /// How often the broker had come or gone when this was planned; it is void after that.
    var epoch: Int
  }

  var now: Int64 = 0
  var tasks: [Task] = []
  var isLive: [Bool]
  /// Whether the controller counts the broker as one.
  var isKnown: [Bool]
  var epochs: [Int]
  var leaders: [Int?]
  /// The replicas in sync of each partition: bit *k* stands for the *k*th in placement.
  var inSync: [UInt64]
  /// How many partitions have another leader than the preferred one.
  var displaced = 0
  var outcomes: [BrokerOutcome] = []
  var taken = 0

  /// A cluster where every broker lives and every preferred leader leads.
  public init(_ placement: TopicPlacement, settings: BrokerSettings = .init()) {
    precondition(placement.replicationFactor <= 64, "a partition has 64 replicas at most")
    self.placement = placement
    self.settings = settings
    isLive = Array(repeating: true, count: placement.brokerCount)
    isKnown = isLive
    epochs = Array(repeating: 0, count: placement.brokerCount)
    leaders = (0..<placement.partitionCount).map { placement.preferredLeader(of: $0) }
    let all = UInt64.max >> UInt64(64 - placement.replicationFactor)
    inSync = Array(repeating: all, count: placement.partitionCount)
  }

  /// The broker that serves a partition; nil while there is none or it is dead.
  ///
  /// - Complexity: O(1).
  public func leader(of partition: Int) -> Int? {
    guard let leader = leaders[partition], isLive[leader] else { return nil }
    return leader
  }

  /// The replicas that the cluster counts as in sync, in the order of placement.
  ///
  /// - Complexity: O(replicas).
  public func inSyncReplicas(of partition: Int) -> [Int] {
    placement.replicas(of: partition).enumerated()
      .filter { inSync[partition] & (1 << UInt64($0.offset)) != 0 }.map(\.element)
  }

  /// Whether a producer can write to a partition now.
  ///
  /// - Complexity: O(replicas).
  public func writeStatus(of partition: Int, acks: Acknowledgment = .leader) -> WriteStatus {
    guard leader(of: partition) != nil else { return .noLeader }
    guard acks == .all else { return .writable }
    let replicas = inSyncReplicas(of: partition)
    if replicas.count < settings.minInSyncReplicas { return .notEnoughReplicas }
    return replicas.allSatisfy { isLive[$0] } ? .writable : .waitsForReplica
  }

  /// Whether a producer can write to a partition now.
  ///
  /// - Complexity: O(replicas).
  public func isWritable(_ partition: Int, acks: Acknowledgment = .leader) -> Bool {
    writeStatus(of: partition, acks: acks) == .writable
  }

  /// Whether a broker's process runs.
  public func isLive(_ broker: Int) -> Bool { isLive[broker] }

  /// How many partitions each broker leads and serves.
  ///
  /// - Complexity: O(partitions).
  public func leaderCounts() -> [Int] {
    var counts = isLive.map { _ in 0 }
    for partition in leaders.indices {
      if let leader = leader(of: partition) { counts[leader] += 1 }
    }
    return counts
  }

  /// The oldest outcome that has not been taken.
  ///
  /// - Complexity: O(1) amortized.
  public mutating func takeOutcome() -> BrokerOutcome? {
    guard taken < outcomes.count else { return nil }
    let outcome = outcomes[taken]
    taken += 1
    if taken == outcomes.count {
      outcomes.removeAll(keepingCapacity: true)
      taken = 0
    }
    return outcome
  }

  mutating func report(_ change: BrokerOutcome.Change) {
    outcomes.append(BrokerOutcome(time: SimulationTime(nanoseconds: now), change: change))
  }
}
