import KafkaModel
public import TimeUnits

// What is done to a pipeline from outside: load, and things that break.
extension PipelineMachine {
  /// From now on so many messages a second are sent, from 0.
  ///
  /// - Complexity: O(consumers).
  public mutating func send(perSecond rate: Double, at time: SimulationTime) {
    precondition(rate >= 0 && rate.isFinite, "a rate is a number from 0")
    advance(to: time)
    curve.set(perSecond: rate, at: time.nanoseconds)
    wakeWaiting()
  }

  /// Consumers that wait for messages look again: what they wait for may come at another time.
  private mutating func wakeWaiting() {
    for consumer in consumers.indices
    where consumers[consumer].isAlive && consumers[consumer].wait == .messages {
      restart(consumer)
    }
  }

  /// A Cassandra node goes down: what it was doing is not answered. Clients leave it out after
  /// `downDetection`.
  public mutating func stopNode(_ node: Int, at time: SimulationTime) {
    advance(to: time)
    guard nodes[node].isUp else { return }
    nodes[node].isUp = false
    nodes[node].downSince = time.nanoseconds
    nodes[node].life &+= 1
    schedule(
      .nodeNoticed(UInt32(node), life: nodes[node].life),
      at: time.nanoseconds + settings.downDetection.nanoseconds)
  }

  /// The node is back, and clients use it at once.
  public mutating func startNode(_ node: Int, at time: SimulationTime) {
    advance(to: time)
    guard !nodes[node].isUp else { return }
    nodes[node].isUp = true
    nodes[node].isKnownUp = true
    nodes[node].life &+= 1
    nodes[node].processor.clear(at: time.nanoseconds)
  }

  /// A node's cores go at this speed from now on: compaction or streaming takes its share.
  public mutating func setNode(_ node: Int, speed: Double, at time: SimulationTime) {
    advance(to: time)
    nodes[node].processor.grant(
      cores: Double(settings.nodeCores[node]), speed: speed, at: time.nanoseconds)
  }

  /// Nothing goes between a place of pods and these nodes until then; nor to the brokers, if
  /// `brokers`.
  public mutating func cut(
    place: Int, nodes cutNodes: [Int], brokers: Bool, until end: SimulationTime,
    at time: SimulationTime
  ) {
    advance(to: time)
    for node in cutNodes { cuts[place][node] = max(cuts[place][node], end.nanoseconds) }
    guard brokers else { return }
    brokerCuts[place] = max(brokerCuts[place], end.nanoseconds)
    for consumer in members(at: place) { group.lose(consumers[consumer].member, at: time) }
    schedule(.linkRestored(place: UInt32(place)), at: end.nanoseconds)
    followGroup()
  }

  private func members(at place: Int) -> [Int] {
    consumers.indices.filter {
      consumers[$0].isAlive && consumers[$0].hasJoined
        && pods[Int(consumers[$0].pod)].place == UInt32(place)
    }
  }

  mutating func restoreLink(_ place: Int) {
    guard brokerCuts[place] <= now.nanoseconds else { return }
    for consumer in members(at: place) { group.recover(consumers[consumer].member, at: now) }
    followGroup()
  }

  /// No broker leads a partition: nothing is taken and nothing is given.
  public mutating func setOffline(_ partition: Int, at time: SimulationTime) {
    advance(to: time)
    guard !partitions[partition].isOffline else { return }
    partitions[partition].isOffline = true
    partitions[partition].offlineSince = time.nanoseconds
  }

  /// A partition is led again. What producers still hold comes now; what they held longer than
  /// `deliveryTimeout` is gone.
  public mutating func setOnline(_ partition: Int, at time: SimulationTime) {
    advance(to: time)
    guard partitions[partition].isOffline else { return }
    let since = partitions[partition].offlineSince
    partitions[partition].isOffline = false
    partitions[partition].readableFrom = time.nanoseconds
    let end = time.nanoseconds - settings.deliveryTimeout.nanoseconds
    if end > since {
      partitions[partition].refusedFrom = since
      partitions[partition].refusedUntil = end
    }
    wakeWaiting()
  }

  mutating func noteNode(_ node: Int) {
    nodes[node].isKnownUp = nodes[node].isUp
  }
}
