public import NetworkModel
public import ServiceModel
public import TimeUnits

extension FlowMachine {
  /// Counts every message, in whole numbers that add up.
  ///
  /// - Complexity: O(pods + partitions).
  public mutating func measure(at time: SimulationTime) -> PipelineTotals {
    advance(to: time)
    dropOld()
    flush()
    var totals = self.totals
    let held = partitions.indices.reduce(0.0) { $0 + underWay(of: $1) }
    let content =
      totals.produced + totals.redelivered - totals.checked - totals.lost
      - totals.expired - totals.refused
    // Floors of two curves: one of their distance would be off by the same part each time.
    totals.inFlight = min(content, Int64(checked + held) - Int64(checked))
    totals.lag = content - totals.inFlight
    return totals
  }

  /// What has been counted so far, without what is under way.
  public var totals: PipelineTotals {
    var totals = PipelineTotals()
    let sent = curve.expected(at: now.nanoseconds) * Double(settings.partitions)
    totals.produced = Int64(sent + Self.rounding)
    totals.redelivered = ledger.redelivered
    totals.lost = ledger.lost
    // Whole numbers of the sums: those of the pods would be half a message short each.
    totals.checked = Int64(checked)
    totals.run = min(totals.checked, Int64(pods.reduce(0) { $0 + $1.run } + Self.rounding))
    totals.lost += Int64(pods.reduce(0) { $0 + $1.failed })
    totals.expired = Int64(ledger.expired)
    totals.refused = Int64(ledger.refused)
    totals.outliers = Int64(Double(totals.checked) * settings.keys.outlierChance)
    totals.hints = Int64(ledger.hints)
    totals.writesLost = Int64(ledger.writesLost)
    totals.rebalances = readers.totals.rebalances
    totals.elections = readers.totals.elections
    return totals
  }

  /// Checks so far.
  private var checked: Double { pods.reduce(0) { $0 + $1.checked } + Self.rounding }

  /// What rounding to 53 bits may have taken from a sum of billions.
  private static var rounding: Double { 1e-3 }

  /// Messages of a partition that no poll has returned, on average.
  public func lag(of partition: Int) -> Int64 {
    Int64(max(0, content(partition) - underWay(of: partition)))
  }

  public func counts(of pod: PipelinePod) -> PodCounts {
    let state = pods[Int(pod.index)]
    var counts = PodCounts()
    counts.checked = Int64(state.checked)
    counts.run = Int64(state.run)
    counts.failed = Int64(state.failed)
    counts.consumed =
      counts.checked + counts.failed + (state.rate > 0 ? Int64(state.figures.inFlight) : 0)
    let rows = warmUp.rowsPerRead.rounded()
    counts.lastRecords = Int(rows) >= settings.pod.leastRows ? Int64(rows) + 1 : 0
    counts.lastSincePoll =
      state.rate > 0 ? Int64(min(state.figures.inFlight / state.rate, 1e9) * 1e9) : 0
    counts.lastEndToEnd = Int64((cell?.meanEndToEnd ?? 0) * 1e9)
    return counts
  }

  /// Living consumers that have partitions.
  public var activeConsumers: Int { readers.activeConsumers }

  /// Living consumers without any.
  public var idleConsumers: Int { readers.idleConsumers }

  /// Partitions that a pod's consumers have now.
  public func partitionCount(of pod: PipelinePod) -> Int { readers.partitionCount(of: pod) }

  /// What a pod's threads asked of its CPU since the last look; as of `PipelineMachine`.
  public mutating func lookAtProcessor(
    of pod: PipelinePod, at time: SimulationTime
  ) -> (runnable: Double, used: Double) {
    advance(to: time)
    let index = Int(pod.index)
    let span = Double(time.nanoseconds - pods[index].lookedAt) / 1e9
    let runnable = pods[index].runnable - pods[index].lookedRunnable
    let used = pods[index].used - pods[index].lookedUsed
    pods[index].lookedAt = time.nanoseconds
    pods[index].lookedRunnable = pods[index].runnable
    pods[index].lookedUsed = pods[index].used
    guard span > 0 else { return (0, 0) }
    return (min(runnable / span, Double(pods[index].threads)), used / span)
  }

  /// Core seconds that a Cassandra node has worked so far.
  public func usedCoreSeconds(ofNode node: Int) -> Double { nodes.coreSeconds(of: node) }

  /// What went over the network.
  public var transfer: TransferMeter { traffic.meter }

  /// From sending to the end of the check.
  public var endToEnd: LatencyHistogram {
    var copy = self
    copy.flush()
    return copy.ledger.endToEnd
  }

  /// In a detector thread.
  public var service: LatencyHistogram {
    var copy = self
    copy.flush()
    return copy.ledger.service
  }

  /// Bytes of what the pipeline remembers of the keys' rows: two sums.
  public var rowBytes: Int { 16 }

  // MARK: Histograms

  /// Puts what came without a backlog into the histograms: as the present state has it.
  mutating func flush() {
    guard let cell else { return }
    let steady = ledger.steady
    let whole = UInt64(max(0, steady))
    let phase = ledger.nextPhase()
    ledger.endToEnd.add(cell.endToEnd, times: whole, phase: phase)
    ledger.steady -= Double(whole)
    ledger.serviceRest += Double(whole)
    let served = UInt64(max(0, ledger.serviceRest))
    ledger.service.add(cell.service, times: served, phase: phase)
    ledger.serviceRest -= Double(served)
  }

  /// What left a backlog: the time from sending runs evenly between the changes of the rate of
  /// arrivals, as first come is first served.
  ///
  /// A mean over the pod's threads is the flow's own; how single messages differ from it is that of
  /// the detector threads.
  mutating func addBacklog(_ partition: Int, from start: Int64, to end: Int64, amount: Double) {
    let last = partitions[partition].done
    let first = last - amount
    ledger.serviceRest += amount
    var places = [first]
    for segment in curve.segments where segment.expected > first && segment.expected < last {
      places.append(segment.expected)
    }
    places.append(last)
    for (low, high) in zip(places, places.dropFirst()) where high > low {
      func latency(_ place: Double, _ side: Double) -> Int64 {
        // Inside the piece, as on its edge another rate holds.
        var segment: UInt32 = 0
        let sent = curve.time(of: place + side, from: &segment)
        let left = start + Int64(Double(end - start) * (place - first) / max(1e-12, amount))
        return max(0, left - min(sent, left))
      }
      let edge = min(1e-6, (high - low) / 4)
      ledger.backlogRest += high - low
      let whole = UInt64(max(0, ledger.backlogRest))
      ledger.backlogRest -= Double(whole)
      spread(latency(low, edge), latency(high, -edge), whole)
    }
  }

  private mutating func spread(_ a: Int64, _ b: Int64, _ times: UInt64) {
    ledger.endToEnd.addEvenly(from: a, to: b, times: times)
  }
}
