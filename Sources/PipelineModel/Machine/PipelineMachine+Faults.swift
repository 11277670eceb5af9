import KafkaModel
public import NetworkModel
public import TimeUnits

// What breaks: Cassandra nodes, and links between regions.
extension PipelineMachine {
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
    noteNode(node)
    nodes[node].life &+= 1
    nodes[node].processor.clear(at: time.nanoseconds, &cores)
  }

  /// A node's cores go at this speed from now on: compaction or streaming takes its share.
  public mutating func setNode(_ node: Int, speed: Double, at time: SimulationTime) {
    advance(to: time)
    nodes[node].processor.grant(
      cores: Double(settings.nodeCores[node]), speed: speed, at: time.nanoseconds, &cores)
  }

  /// Nothing goes between two regions until `end`; consumers that cannot reach their brokers are
  /// not heard by the group.
  public mutating func cut(
    _ a: RegionID, _ b: RegionID, until end: SimulationTime, at time: SimulationTime
  ) {
    advance(to: time)
    let geography = network.geography
    for from in 0..<zoneCount {
      for to in 0..<zoneCount {
        let pair = (geography.region(of: ZoneID(from)), geography.region(of: ZoneID(to)))
        guard pair == (a, b) || pair == (b, a) else { continue }
        cuts[from * zoneCount + to] = max(cuts[from * zoneCount + to], end.nanoseconds)
      }
    }
    schedule(.linkRestored, at: max(end, time).nanoseconds)
    followReach()
  }

  /// Tells the group which consumers its coordinator hears now.
  mutating func followReach() {
    for consumer in consumers.indices
    where consumers[consumer].isAlive && consumers[consumer].hasJoined {
      let isHeard = reachCoordinator(consumer) <= now.nanoseconds
      guard isHeard != consumers[consumer].isHeard else { continue }
      consumers[consumer].isHeard = isHeard
      if isHeard {
        group.recover(consumer, at: now)
        // It has waited for the network, whatever else it waits for.
        if isWaiting(consumer) { restart(consumer) }
      } else {
        group.lose(consumer, at: now)
      }
    }
    followGroup()
  }

  /// When a consumer can speak to the coordinator again, in nanoseconds; the past if it can now.
  /// The first partition's broker stands for the coordinator.
  func reachCoordinator(_ consumer: Int) -> Int64 {
    cutUntil(pods[Int(consumers[consumer].pod)].zone, partitionZones[0])
  }

  /// Clients learn whether a node answers.
  mutating func noteNode(_ node: Int) {
    guard nodes[node].isKnownUp != nodes[node].isUp else { return }
    nodes[node].isKnownUp = nodes[node].isUp
    nodesKnownDown += nodes[node].isUp ? -1 : 1
  }
}
