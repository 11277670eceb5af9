import NetworkModel
import ServiceModel
import SimulationKernel
import TimeUnits

// Messages that could have been: a flow has none, but examples of their ways can be drawn.
extension FlowMachine {
  /// Journeys of every `journeyEvery`-th check since the last call, but no more than
  /// `journeysAtOnce`, evenly over the time since then; in the order of their ends.
  ///
  /// They are drawn from `pipeline.journeys`: the partition, and where the message lies in the laws
  /// of the present state. Their waiting is that of the flow.
  public mutating func takeJourneys() -> [CheckJourney] {
    guard settings.journeyEvery > 0 else { return [] }
    let due = totals.checked / Int64(settings.journeyEvery)
    let count = min(due - journeys.taken, Int64(Self.journeysAtOnce))
    let start = journeys.since
    let first = journeys.taken
    journeys.taken = due
    journeys.since = now
    guard count > 0, let cell else { return [] }
    let reading = partitions.indices.filter { partitions[$0].rate > 0 }
    guard !reading.isEmpty else { return [] }
    let step = (now.nanoseconds - start.nanoseconds) / count
    return (0..<count).map { index in
      let end = start.nanoseconds + step * (index + 1)
      let number = (first + (due - first) * index / count) * Int64(settings.journeyEvery)
      return journey(number, end: end, reading: reading, cell)
    }
  }

  /// Journeys that one call returns at most.
  public static let journeysAtOnce = 16

  private mutating func journey(
    _ number: Int64, end: Int64, reading: [Int], _ cell: FlowCell
  ) -> CheckJourney {
    let word = journeys.stream.next()
    let partition = reading[Int((word >> 32) * UInt64(reading.count) >> 32)]
    let place = Double(word & 0xFFFF_FFFF) / 0x1p32
    let state = partitions[partition]
    let pod = consumers[state.owner].pod
    let service = cell.service.quantile(place) ?? 0
    var latency = cell.endToEnd.quantile(place) ?? service
    if state.mode == .lagging {
      var segment: UInt32 = 0
      latency = max(service, now.nanoseconds - curve.time(of: state.done, from: &segment))
    }
    latency = max(latency, service)
    let sent = max(0, end - latency)
    let started = max(sent, end - service)
    let polled = min(started, max(sent + readers.appendDelay, sent))
    let figures = pods[pod].figures
    let mean = max(1, cell.service.mean)
    let share = min(1, figures.runnableSeconds * 1e9 / mean)
    func time(_ nanoseconds: Int64) -> SimulationTime {
      SimulationTime(nanoseconds: nanoseconds)
    }
    let id = keys.message(UInt32(partition), Int64(state.done)).id
    let replica = readers.firstReplica(of: id) + Int(word % UInt64(settings.replicationFactor))
    var journey = CheckJourney(
      number: number, id: id,
      partition: partition, offset: Int64(state.done), pod: PipelinePod(index: UInt32(pod)),
      node: Int(readers.replicas[replica]), produced: time(sent),
      appended: time(polled), polled: time(polled), submitted: time(started))
    journey.started = time(started)
    journey.readDone = time(end - Int64(Double(service) * share))
    journey.checked = time(end)
    journey.rows = Int(warmUp.rowsPerRead)
    journey.ran = journey.rows >= settings.pod.leastRows
    return journey
  }
}

/// Where the examples have come to.
struct FlowJourneys: Sendable {
  var stream: RandomStream
  var taken: Int64 = 0
  var since = SimulationTime.zero
}
