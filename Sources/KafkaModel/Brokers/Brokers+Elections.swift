extension Brokers {
  /// The controller drops a broker: from the replicas in sync, and as a leader.
  mutating func remove(_ broker: Int) {
    isKnown[broker] = false
    report(.brokerRemoved(broker))
    for partition in 0..<placement.partitionCount {
      guard let place = place(of: broker, in: partition) else { continue }
      let rest = inSync[partition] & ~(1 << place)
      // The last in sync stays: nobody else has all the records.
      if rest != 0, rest != inSync[partition] { setInSync(rest, of: partition) }
      if leaders[partition] == broker { elect(for: partition) }
    }
  }

  /// The controller takes a broker back: it leads what nobody leads and it was in sync with.
  mutating func add(_ broker: Int) {
    isKnown[broker] = true
    report(.brokerAdded(broker))
    for partition in 0..<placement.partitionCount where leaders[partition] == nil {
      guard place(of: broker, in: partition) != nil else { continue }
      elect(for: partition)
    }
  }

  /// A broker's replicas have caught up with all leaders that live.
  mutating func joinInSync(_ broker: Int) {
    var waits = false
    for partition in 0..<placement.partitionCount {
      guard let place = place(of: broker, in: partition) else { continue }
      let set = inSync[partition] | 1 << place
      guard set != inSync[partition] else { continue }
      if leader(of: partition) != nil {
        setInSync(set, of: partition)
      } else if leaders[partition] != nil {
        // The leader is dead and may be back before anybody notices.
        waits = true
      }
    }
    if waits { plan(.caughtUp, broker, after: settings.catchUpTime) }
  }

  /// Gives back to each broker what it should lead, if others lead more than the allowed share of
  /// that (`checkAndTriggerAutoLeaderRebalance` in `KafkaController.scala`, Kafka 2.1).
  mutating func restorePreferredLeaders() {
    var preferred = isLive.map { _ in 0 }
    var strayed = isLive.map { _ in 0 }
    for partition in leaders.indices {
      let broker = placement.preferredLeader(of: partition)
      preferred[broker] += 1
      if leaders[partition] != broker { strayed[broker] += 1 }
    }
    for partition in leaders.indices {
      let broker = placement.preferredLeader(of: partition)
      guard leaders[partition] != broker, isKnown[broker], inSync[partition] & 1 != 0,
        strayed[broker] * 100 > settings.imbalancePercentage * preferred[broker]
      else { continue }
      setLeader(broker, of: partition)
    }
  }

  /// The first replica in sync that the controller counts as live, or none. It may be dead
  /// already: then the next is chosen when the controller knows that too.
  private mutating func elect(for partition: Int) {
    let candidates = inSyncReplicas(of: partition).filter { isKnown[$0] }
    let wasOffline = leaders[partition] == nil
    setLeader(candidates.first, of: partition)
    guard let leader = candidates.first else { return }
    // Those in sync that are gone are dropped together with the old leader.
    var set = inSync[partition]
    for (place, broker) in placement.replicas(of: partition).enumerated()
    where !isKnown[broker] && broker != leader { set &= ~(1 << UInt64(place)) }
    if set != inSync[partition] { setInSync(set, of: partition) }
    guard wasOffline else { return }
    // Whoever waited for a leader can catch up only now.
    for broker in placement.replicas(of: partition) where isKnown[broker] && broker != leader {
      plan(.caughtUp, broker, after: settings.catchUpTime)
    }
  }

  private func place(of broker: Int, in partition: Int) -> UInt64? {
    let replicas = placement.replicas(of: partition)
    return replicas.firstIndex(of: broker).map { UInt64($0 - replicas.startIndex) }
  }

  private mutating func setLeader(_ leader: Int?, of partition: Int) {
    guard leader != leaders[partition] else { return }
    let preferred = placement.preferredLeader(of: partition)
    displaced += (leader == preferred ? 0 : 1) - (leaders[partition] == preferred ? 0 : 1)
    leaders[partition] = leader
    report(.leaderChanged(partition: partition, leader: leader))
  }

  private mutating func setInSync(_ set: UInt64, of partition: Int) {
    inSync[partition] = set
    report(.inSyncReplicasChanged(partition: partition, count: set.nonzeroBitCount))
  }
}
