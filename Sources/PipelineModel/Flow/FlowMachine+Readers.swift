import KafkaModel
import TimeUnits

// What the group, the brokers and the clients of Cassandra do, and what follows for the flow.
extension FlowMachine {
  /// Takes over who reads what.
  mutating func followReaders() {
    for partition in partitions.indices {
      let owner = Int(readers.partitions[partition].owner)
      if owner != partitions[partition].owner {
        letGo(partition)
        partitions[partition].owner = owner
        if owner >= 0 { consumers[owner].fetched = 0 }
        isStale = true
      }
      let isBlocked = readers.partitions[partition].isOffline
      if isBlocked != (partitions[partition].isOffline) {
        if isBlocked { letGo(partition) }
        partitions[partition].isOffline = isBlocked
        takeRefused(partition)
        isStale = true
      }
    }
    var hasChanged = false
    for node in nodes.isUp.indices {
      let state = readers.nodes[node]
      guard nodes.isUp[node] != state.isUp || nodes.isKnownUp[node] != state.isKnownUp else {
        continue
      }
      (nodes.isUp[node], nodes.isKnownUp[node]) = (state.isUp, state.isKnownUp)
      hasChanged = true
    }
    guard hasChanged else { return }
    nodes.update(settings)
    traffic.update(settings, nodeZones: nodeZones, nodes)
    isStale = true
  }

  /// A reader loses a partition: what its polls returned it still checks.
  private mutating func letGo(_ partition: Int) {
    let owner = partitions[partition].owner
    guard owner >= 0 else { return }
    let pod = consumers[owner].pod
    if pods[pod].isAlive {
      let amount = underWay(of: partition)
      complete(amount, of: partition, by: pod)
      borrow(amount, by: pod)
    }
    consumers[owner].batch.removeAll { $0.partition == partition }
    consumers[owner].isInThreads = false
    consumers[owner].turn = nil
    partitions[partition].polled = 0
    partitions[partition].rate = 0
  }

  /// Messages of a partition that polls returned and no check has ended.
  func underWay(of partition: Int) -> Double {
    let state = partitions[partition]
    guard state.owner >= 0 else { return 0 }
    let consumer = consumers[state.owner]
    if consumer.isFluid { return underWayTogether(partition, of: state.owner) }
    if consumer.isLagging, isByChance(state.owner) {
      return underWayByChance(partition, of: state.owner)
    }
    if consumer.isLagging || !consumer.batch.isEmpty {
      if consumer.isInThreads {
        return max(0, content(partition) - arrivals * Double(readers.appendDelay) / 1e9)
      }
      guard let last = consumer.batch.last(where: { $0.partition == partition }) else { return 0 }
      return min(content(partition), max(0, last.upTo - state.done))
    }
    let figures = pods[consumer.pod].figures
    guard state.rate > 0, figures.held > 0 else { return 0 }
    return figures.held * min(1, content(partition) / (figures.unread + figures.held))
  }

  /// So many messages of a partition are checked at once.
  mutating func complete(_ amount: Double, of partition: Int, by pod: Int) {
    guard amount > 0 else { return }
    let now = now.nanoseconds
    if partitions[partition].mode == .lagging {
      partitions[partition].done += amount
      addBacklog(partition, from: now, to: now, amount: amount)
    } else {
      partitions[partition].done += amount
      ledger.steady += amount
    }
    pods[pod].checked += amount
    pods[pod].run += warmUp.check(amount)
    traffic.addChecks(amount, zone: pods[pod].zone, rows: warmUp.rowsPerRead)
    traffic.addRecords(amount, from: readers.partitionZones[partition], to: pods[pod].zone)
    nodes.work(amount * (cell?.nodeSeconds ?? 0))
  }

  /// What producers gave up while a partition was offline.
  private mutating func takeRefused(_ partition: Int) {
    let spans = readers.refused[partition]
    for span in spans.dropFirst(partitions[partition].refused.count) {
      partitions[partition].refused.append(
        curve.expected(at: span.lowerBound)..<curve.expected(at: span.upperBound))
    }
  }

  /// Goes past what is gone: too old for the log, or never taken by a broker.
  mutating func dropOld() {
    let oldest = now.nanoseconds - settings.retention.nanoseconds
    let expired = oldest > 0 ? curve.expected(at: oldest) : 0
    for partition in partitions.indices {
      let done = partitions[partition].done
      if done < expired {
        ledger.expired += expired - done
        partitions[partition].done = expired
      }
      for span in partitions[partition].refused
      where span.contains(partitions[partition].done + 1e-6) {
        ledger.refused += span.upperBound - partitions[partition].done
        partitions[partition].done = span.upperBound
      }
    }
  }

  // MARK: Nodes that do not answer

  /// Reads that go to a node which is down and not known to be keep their threads until they time
  /// out: after enough of them none is left.
  mutating func hang() {
    guard nodes.unanswered > 0 else { return }
    let down = readers.nodes.filter { !$0.isUp && $0.isKnownUp }.map(\.downSince).max() ?? 0
    let noticed = down + settings.downDetection.nanoseconds
    for pod in pods.indices where pods[pod].isAlive && pods[pod].rate > 0 {
      let free = max(1, Double(pods[pod].threads) - pods[pod].figures.inFlight)
      let threads = min(Double(pods[pod].threads), free)
      let seconds = threads / (nodes.unanswered * pods[pod].rate)
      let at = max(down, now.nanoseconds) + Int64(min(seconds, 1e9) * 1e9)
      guard at < noticed else { continue }
      if pods[pod].hangsFrom == nil { pods[pod].hangsFrom = at }
      if let from = pods[pod].hangsFrom, from <= now.nanoseconds {
        stick(pod, until: down + settings.readTimeout.nanoseconds)
      } else if let from = pods[pod].hangsFrom {
        nextChange = min(nextChange, from)
      }
    }
  }

  private mutating func stick(_ pod: Int, until end: Int64) {
    pods[pod].stuckUntil = end
    pods[pod].hangsFrom = nil
    pods[pod].rate = 0
    for consumer in pods[pod].consumers {
      for partition in readers.owned[consumer] {
        partitions[Int(partition)].rate = 0
        partitions[Int(partition)].mode = .blocked
      }
    }
    nextChange = min(nextChange, end)
  }
}
