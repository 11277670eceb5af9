public import NetworkModel
public import TimeUnits

extension PipelineMachine {
  /// Counts every message: what came in, and where it is now.
  ///
  /// - Complexity: O(messages since the last count, and threads).
  public mutating func measure(at time: SimulationTime) -> PipelineTotals {
    advance(to: time)
    var produced: Int64 = 0
    var lag: Int64 = 0
    for partition in partitions.indices {
      expire(partition, at: time.nanoseconds)
      advanceEnd(partition, to: time.nanoseconds)
      let end = partitions[partition].end.offset
      produced += end
      lag += end - partitions[partition].position.offset
    }
    totals.produced = produced
    totals.lag = lag
    totals.inFlight = 0
    for consumer in consumers where consumer.isAlive {
      totals.inFlight += Int64(consumer.end - consumer.next)
    }
    for pod in pods where pod.isAlive {
      totals.inFlight += Int64(pod.inHand)
    }
    return totals
  }

  /// Messages of a partition that no poll has returned, as of the last count.
  public func lag(of partition: Int) -> Int64 {
    partitions[partition].end.offset - partitions[partition].position.offset
  }

  /// Messages of a partition that no poll has returned by now.
  ///
  /// - Complexity: O(messages since the last count).
  mutating func unread(of partition: Int) -> Int64 {
    advanceEnd(partition, to: now.nanoseconds)
    return lag(of: partition)
  }

  private mutating func advanceEnd(_ partition: Int, to time: Int64) {
    // A consumer that hands messages over is up to a few of its own microseconds ahead.
    while partitions[partition].end.time(on: curve) <= time
      || partitions[partition].end.offset < partitions[partition].position.offset
    {
      partitions[partition].end.advance(gaps)
    }
  }

  public func counts(of pod: PipelinePod) -> PodCounts { pods[Int(pod.index)].counts }

  /// Living consumers that have partitions.
  public var activeConsumers: Int {
    consumers.indices.count { consumers[$0].isAlive && !owned[$0].isEmpty }
  }

  /// Living consumers without any: there are more of them than partitions, or the group rebalances.
  public var idleConsumers: Int {
    consumers.indices.count { consumers[$0].isAlive && owned[$0].isEmpty }
  }

  /// Partitions that a pod's consumers have now.
  public func partitionCount(of pod: PipelinePod) -> Int {
    pods[Int(pod.index)].consumerRange.reduce(0) { $0 + owned[$1].count }
  }

  /// What a pod's threads asked of its CPU since the last look: on average so many wanted a core,
  /// and so many cores' worth of work came.
  public mutating func lookAtProcessor(
    of pod: PipelinePod, at time: SimulationTime
  ) -> (runnable: Double, used: Double) {
    advance(to: time)
    let index = Int(pod.index)
    let span = Double(time.nanoseconds - pods[index].lookedAt)
    let processor = pods[index].processor
    let runnable = Double(processor.sojourn - pods[index].lookedSojourn)
    let used = processor.used - pods[index].lookedUsed
    pods[index].lookedAt = time.nanoseconds
    pods[index].lookedSojourn = processor.sojourn
    pods[index].lookedUsed = processor.used
    guard span > 0 else { return (0, 0) }
    return (min(runnable / span, Double(pods[index].threads)), used / span)
  }

  /// Core seconds that a Cassandra node has worked so far.
  public func usedCoreSeconds(ofNode node: Int) -> Double {
    nodes[node].processor.used / 1e9
  }

  /// What went over the network.
  public var transfer: TransferMeter {
    var meter = TransferMeter(network.geography)
    for (pair, count) in bytes.enumerated() {
      meter.add(count, from: ZoneID(pair / zoneCount), to: ZoneID(pair % zoneCount))
    }
    return meter
  }

  /// Bytes of what the pipeline remembers of the keys' rows.
  public var rowBytes: Int { rows.bytes }
}
