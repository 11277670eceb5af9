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
    for consumer in unheard { group.lose(consumers[consumer].member, at: time) }
    schedule(.linkRestored, at: end.nanoseconds)
    followGroup()
  }

  /// Consumers that do not reach the first partition's broker, which stands for the coordinator.
  private var unheard: [Int] {
    consumers.indices.filter {
      consumers[$0].isAlive && consumers[$0].hasJoined
        && cutUntil(pods[Int(consumers[$0].pod)].zone, partitionZones[0]) > now.nanoseconds
    }
  }

  mutating func restoreLink() {
    let silent = Set(unheard)
    for consumer in consumers.indices
    where consumers[consumer].isAlive && consumers[consumer].hasJoined && !silent.contains(consumer)
    {
      group.recover(consumers[consumer].member, at: now)
    }
    followGroup()
  }

  mutating func noteNode(_ node: Int) {
    nodes[node].isKnownUp = nodes[node].isUp
  }
}
