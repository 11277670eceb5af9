import KafkaModel
import NetworkModel
public import TimeUnits

// The brokers: who leads which partition, and how much they take.
extension PipelineMachine {
  /// A broker dies. Its partitions are led by nobody until the controller knows and another replica
  /// takes over.
  public mutating func loseBroker(_ broker: Int, at time: SimulationTime) {
    advance(to: time)
    guard brokers.isLive(broker) else { return }
    brokers.brokerLost(broker, at: time)
    followBrokers()
  }

  /// A broker is back.
  public mutating func returnBroker(_ broker: Int, at time: SimulationTime) {
    advance(to: time)
    guard !brokers.isLive(broker) else { return }
    brokers.brokerReturned(broker, at: time)
    followBrokers()
  }

  /// Brokers that live.
  public var liveBrokers: Int {
    (0..<brokers.placement.brokerCount).count { brokers.isLive($0) }
  }

  mutating func advanceBrokers() {
    brokerTime = nil
    brokers.advance(to: now)
    followBrokers()
  }

  /// Puts each partition where its leader is, and has the brokers called when something is due.
  private mutating func followBrokers() {
    while let outcome = brokers.takeOutcome() {
      if case .leaderChanged = outcome.change { totals.elections += 1 }
    }
    for partition in partitions.indices {
      if let leader = brokers.leader(of: partition) {
        partitionZones[partition] = brokerZones[leader]
        setOnline(partition)
      } else {
        setOffline(partition)
      }
    }
    wakeWaiting()
    // The coordinator may be elsewhere now.
    if !cuts.allSatisfy({ $0 <= now.nanoseconds }) { followReach() }
    let next = brokers.nextTime
    guard next != brokerTime else { return }
    brokerTime = next
    brokerLife &+= 1
    if let next { schedule(.brokers(life: brokerLife), at: max(next, now).nanoseconds) }
  }

  private mutating func setOffline(_ partition: Int) {
    guard !partitions[partition].isOffline else { return }
    partitions[partition].isOffline = true
    partitions[partition].offlineSince = now.nanoseconds
  }

  /// What producers still hold comes now; what they held longer than `deliveryTimeout` is gone.
  private mutating func setOnline(_ partition: Int) {
    guard partitions[partition].isOffline else { return }
    let since = partitions[partition].offlineSince
    partitions[partition].isOffline = false
    partitions[partition].readableFrom = now.nanoseconds
    let end = now.nanoseconds - settings.deliveryTimeout.nanoseconds
    guard end > since else { return }
    partitions[partition].hasRefused = true
    refused[partition].append(since..<end)
  }

  // MARK: Load

  /// From now on producers want to send so many messages a second, from 0; the brokers take what
  /// they can, and the rest waits in the producers, which then send more slowly.
  ///
  /// - Returns: what is really sent.
  /// - Complexity: O(consumers).
  @discardableResult
  public mutating func send(perSecond wanted: Double, at time: SimulationTime) -> Double {
    precondition(wanted >= 0 && wanted.isFinite, "a rate is a number from 0")
    advance(to: time)
    let placement = brokers.placement
    let limits = settings.limits
    let hardware = settings.brokerHardware
    let most =
      limits.capacity(
        of: hardware, brokers: placement.brokerCount, partitions: placement.partitionCount,
        replicationFactor: placement.replicationFactor
      ).produce * Double(placement.brokerCount)
    let rate = min(wanted, most)
    let load = BrokerLoad.even(
      produced: rate, consumed: 0, partitions: placement.partitionCount,
      replicationFactor: placement.replicationFactor, brokers: placement.brokerCount)
    let busiest = limits.utilization(of: load, on: hardware).busiest
    // At the limit the wait is in the producer's buffer, not in the broker.
    let latency = limits.produceLatency(utilization: min(busiest, 0.95)) ?? .zero
    appendDelay = max(settings.appendDelay.nanoseconds, latency.nanoseconds)
    curve.set(perSecond: rate, at: time.nanoseconds)
    wakeWaiting()
    return rate
  }

  /// Consumers that wait for messages look again: what they wait for may come at another time.
  private mutating func wakeWaiting() {
    for consumer in consumers.indices
    where consumers[consumer].isAlive && consumers[consumer].wait == .messages {
      restart(consumer)
    }
  }
}
