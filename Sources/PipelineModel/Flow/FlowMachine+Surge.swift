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
    for pod in pods.indices {
      let mine = reading.filter { consumers[$0.consumer].pod == pod }
      let isLagging = mine.contains(where: \.isLagging)
      defer { pods[pod].wasLagging = isLagging }
      guard isLagging, !pods[pod].wasLagging else { continue }
      let figures = pods[pod].figures
      let threads = Double(pods[pod].threads)
      guard figures.throughput > 0 else { continue }
      let content = mine.reduce(0) { $0 + $1.content }
      let coming = arrivals * Double(mine.reduce(0) { $0 + $1.partitions.count })
      var extra = figures.headStart
      var span = Self.cyclesOfSurge * threads / figures.throughput
      if content < threads, coming > figures.throughput {
        if shape == nil { shape = throughputShape(reading) }
        let fill = filling(
          from: content, to: threads, coming: coming, full: figures.throughput, shape: shape!)
        extra -= fill.missing
        span = max(span, fill.seconds)
      }
      pods[pod].surge = max(-0.9 * figures.throughput, extra / span)
      pods[pod].surgesUntil = now.nanoseconds + Int64(span * 1e9)
    }
  }

  /// Cycles of a check that the first reads take until their writes are done as well. Assumed.
  private static let cyclesOfSurge = 2.0

  /// Checks a second that a pod with a backlog does now.
  func throughput(of pod: Int) -> Double {
    let state = pods[pod]
    return state.figures.throughput + (state.surgesUntil > now.nanoseconds ? state.surge : 0)
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
    from content: Double, to threads: Double, coming: Double, full: Double, shape: [Double]
  ) -> (missing: Double, seconds: Double) {
    let steps = 32
    var (missing, seconds) = (0.0, 0.0)
    let step = (threads - content) / Double(steps)
    for index in 0..<steps {
      let busy = (content + (Double(index) + 0.5) * step) / threads * 8
      let below = min(7, Int(busy))
      let low = below > 0 ? shape[below - 1] : 0
      let rate = full * (low + (shape[below] - low) * (busy - Double(below)))
      let time = step / max(coming - rate, 0.001 * coming)
      seconds += time
      missing += (full - rate) * time
    }
    return (missing, seconds)
  }
}
