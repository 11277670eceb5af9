import TimeUnits

// Every so many messages one is kept as an example.
extension PipelineMachine {
  /// The journeys that have ended since the last call, in the order of their ends.
  ///
  /// The machine keeps 65 536 that nobody takes, and no more.
  public mutating func takeJourneys() -> [CheckJourney] {
    defer { endedJourneys = [] }
    return endedJourneys
  }

  /// A message is handed over whose turn it is; returns where its journey is kept.
  mutating func beginJourney(_ record: CheckRecord, _ pod: Int, at time: Int64) -> Int32 {
    untilJourney = Int64(settings.journeyEvery)
    let sent = record.produced
    let partition = Int(record.partition)
    let appended = max(sent + appendDelay, partitions[partition].readableFrom)
    let journey = CheckJourney(
      number: nextJourney, id: record.id, partition: partition, offset: record.offset,
      pod: PipelinePod(index: UInt32(pod)), node: nil,
      produced: SimulationTime(nanoseconds: sent),
      appended: SimulationTime(nanoseconds: min(appended, record.polled)),
      polled: SimulationTime(nanoseconds: record.polled),
      submitted: SimulationTime(nanoseconds: time))
    nextJourney += untilJourney
    guard let place = freeJourneys.popLast() else {
      openJourneys.append(journey)
      return Int32(openJourneys.count - 1)
    }
    openJourneys[Int(place)] = journey
    return place
  }

  /// A journey ends without a thread.
  mutating func endQueuedJourney(_ place: Int32) {
    guard place >= 0 else { return }
    keepJourney(openJourneys[Int(place)], place)
  }

  /// A thread's journey ends.
  ///
  /// - Parameters:
  ///   - hasRows: whether the rows came.
  ///   - checked: when the check was done; nil if it never was.
  mutating func endJourney(
    _ thread: Int, hasRows: Bool, checked: Int64? = nil, ran: Bool = false, anomaly: Bool = false
  ) {
    let place = threads[thread].journey
    threads[thread].journey = -1
    var journey = openJourneys[Int(place)]
    journey.node = Int(threads[thread].node)
    journey.started = SimulationTime(nanoseconds: threads[thread].started)
    if hasRows {
      journey.readDone = SimulationTime(nanoseconds: threads[thread].returned)
      journey.rows = Int(min(threads[thread].rows, rowLimit))
    }
    journey.checked = checked.map { SimulationTime(nanoseconds: $0) }
    journey.ran = ran
    journey.anomaly = anomaly
    keepJourney(journey, place)
  }

  private mutating func keepJourney(_ journey: CheckJourney, _ place: Int32) {
    freeJourneys.append(place)
    if endedJourneys.count < Self.mostJourneys { endedJourneys.append(journey) }
  }

  private static let mostJourneys = 65_536
}
