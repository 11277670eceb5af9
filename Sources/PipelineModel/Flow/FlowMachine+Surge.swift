import TimeUnits

// How a backlog begins: threads fill up, and nodes do the first reads before the writes of them.
extension FlowMachine {
  /// Pods that have a backlog from now on check more or fewer than later while it begins.
  ///
  /// With little more coming than a pod can take, its threads fill slowly, and fewer of them check
  /// less. With much more all read at once, and nodes that have no writes to do yet answer sooner:
  /// the state's run, which begins so, has counted by how many checks.
  mutating func beginSurges(_ reading: [Reader]) {
    var shape: [Double]?
    var independence = 1.0
    var lagging: [Int: Range<Int>] = [:]
    for group in byPod(reading) where reading[group].contains(where: \.isLagging) {
      lagging[consumers[reading[group.lowerBound].consumer].pod] = group
    }
    // Nodes that others keep busy have nothing to spare.
    let new = lagging.keys.count { !pods[$0].wasLagging }
    let idle = Double(new) / Double(max(1, lagging.count))
    for pod in pods.indices {
      let was = pods[pod].wasLagging
      pods[pod].wasLagging = lagging[pod] != nil
      guard let group = lagging[pod], !was else { continue }
      let mine = reading[group]
      let figures = pods[pod].figures
      let threads = Double(pods[pod].threads)
      pods[pod].room = threads
      guard figures.throughput > 0 else { continue }
      let content = mine.reduce(0) { $0 + $1.content }
      let coming = arrivals * Double(mine.reduce(0) { $0 + $1.partitions.count })
      let cycle = threads / figures.throughput
      let rest = Double(now.nanoseconds - pods[pod].borrowsUntil) / 1e9
      if rest < 0 { continue }
      var extra = figures.headStart * idle * min(1, rest / cycle)
      var span = Self.cyclesOfSurge * cycle
      if shape == nil {
        shape = throughputShape(reading)
        independence = self.independence(reading)
      }
      pods[pod].independence = independence
      pods[pod].room = room(of: pod, coming: coming, shape: shape!)
      if content < threads, coming > figures.throughput {
        // Near critical load they fill up by chance.
        let isCritical = coming < (1 + 1 / threads.squareRoot()) * figures.throughput
        let full = isCritical ? max(content, pods[pod].room) : threads
        let fill = filling(
          from: content, to: full, of: threads, coming: coming, full: figures.throughput,
          shape: shape!)
        extra -= fill.missing
        span = max(span, fill.seconds)
      }
      pods[pod].surge = max(-Self.busyShare * figures.throughput, extra / span)
      pods[pod].surgesUntil = now.nanoseconds + Int64(span * 1e9)
    }
  }

  /// A pod that does what was counted already still checks a little, so that changes can be
  /// computed.
  private static let busyShare = 0.9

  /// So many messages of a pod are counted as checked that its threads still have to do: it, or
  /// where nodes are what all wait for each of those with a backlog, checks fewer until they are
  /// done.
  mutating func borrow(_ amount: Double, by pod: Int) {
    guard amount > 0.1 else { return }
    let lagging =
      nodesAreBusy ? pods.indices.filter { pods[$0].isAlive && pods[$0].wasLagging } : []
    let bearers = lagging.isEmpty ? [pod] : lagging
    let total = bearers.reduce(0) { $0 + pods[$1].figures.throughput }
    guard total > 0 else { return }
    for bearer in bearers {
      let from = max(now.nanoseconds, pods[bearer].borrowsUntil)
      pods[bearer].borrowsUntil = from + Int64(amount / (Self.busyShare * total) * 1e9)
    }
    nextChange = min(nextChange, now.nanoseconds + 1)
  }

  /// Cycles of a check that the first reads take until their writes are done as well. Assumed.
  private static let cyclesOfSurge = 2.0

  /// Checks a second that a pod with a backlog does now.
  func throughput(of pod: Int) -> Double {
    let state = pods[pod]
    if state.borrowsUntil > now.nanoseconds {
      return (1 - Self.busyShare) * state.figures.throughput
    }
    let surge = state.surgesUntil > now.nanoseconds ? state.surge : 0
    return state.figures.throughput + surge - chanceLoss(of: pod)
  }

  /// Throughput with 1/8 … 8/8 of the threads, by closed forms, as shares of the last.
  private func throughputShape(_ reading: [Reader]) -> [Double] {
    let state = state(reading) { reading[$0].isLagging }
    let rates = (1...8).map { eighths in
      var fewer = state
      for pod in fewer.pods.indices {
        fewer.pods[pod].threads = max(1, state.pods[pod].threads * eighths / 8)
      }
      return FlowCells.estimate(fewer, settings, network, nodeZones).rate
    }
    return rates.map { min(1, $0 / rates[7]) }
  }

  /// How long threads fill, and how many checks fewer there are meanwhile.
  private func filling(
    from content: Double, to end: Double, of threads: Double, coming: Double, full: Double,
    shape: [Double]
  ) -> (missing: Double, seconds: Double) {
    let steps = 32
    var (missing, seconds) = (0.0, 0.0)
    let step = (end - content) / Double(steps)
    for index in 0..<steps {
      let busy = (content + (Double(index) + 0.5) * step) / threads
      let rate = full * Self.share(shape, busy)
      let time = step / max(coming - rate, 0.001 * coming)
      seconds += time
      missing += (full - rate) * time
    }
    return (missing, seconds)
  }

  /// The share of the throughput that so many of the threads have.
  static func share(_ shape: [Double], _ busy: Double) -> Double {
    let place = busy * Double(shape.count)
    let below = min(shape.count - 1, Int(place))
    let low = below > 0 ? shape[below - 1] : 0
    return low + (shape[below] - low) * (place - Double(below))
  }
}
