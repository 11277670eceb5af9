import KafkaModel
import NetworkModel
import TimeUnits

// The consumer threads: poll, hand over, sleep.
extension PipelineMachine {
  /// A consumer goes on until it has to wait.
  mutating func runConsumer(_ consumer: Int) {
    consumers[consumer].wait = .nothing
    let pod = Int(consumers[consumer].pod)
    let cost = handOverTime
    var time = now.nanoseconds
    while true {
      // Not too far ahead of the others: threads may become free meanwhile.
      if time - now.nanoseconds > Self.longestRun { return wake(consumer, at: time) }
      if consumers[consumer].next == consumers[consumer].end {
        guard poll(consumer, at: time) else { return }
      }
      guard canSubmit(consumer, pod, at: time) else { return }
      // Each message's sleeps begin at 1 ms.
      consumers[consumer].sleep = 0
      let record = records[consumers[consumer].next]
      consumers[consumer].next &+= 1
      time &+= cost
      submit(record, pod, at: time)
      if pauseOnce(consumer, at: time) { return }
    }
  }

  /// Nanoseconds that a consumer plays at once.
  private static let longestRun: Int64 = 250_000

  /// Whether the pool takes a message; if not, the consumer waits.
  @inline(__always)
  private mutating func canSubmit(_ consumer: Int, _ pod: Int, at time: Int64) -> Bool {
    if isImmediate {
      if pods[pod].idle != ThreadState.none { return true }
      consumers[consumer].wait = .thread
      return false
    }
    if !pods[pod].hasQueued { return true }
    consumers[consumer].sleep &+= 1
    wake(consumer, at: time &+ consumers[consumer].sleep &* 1_000_000)
    return false
  }

  @inline(__always)
  private mutating func submit(_ record: CheckRecord, _ pod: Int, at time: Int64) {
    let thread = pods[pod].idle
    if thread != ThreadState.none {
      pods[pod].idle = threads[Int(thread)].nextIdle
      pods[pod].idleCount &-= 1
      threads[Int(thread)].journey = journey(of: record, pod, at: time)
      start(Int(thread), record, at: time)
    } else {
      pods[pod].hasQueued = true
      pods[pod].queued = record
      pods[pod].queuedJourney = journey(of: record, pod, at: time)
      pods[pod].submitted = time
    }
  }

  /// After its first message a consumer sleeps, so that the pod's session with Cassandra can begin.
  @inline(__always)
  private mutating func pauseOnce(_ consumer: Int, at time: Int64) -> Bool {
    if consumers[consumer].hasPaused { return false }
    consumers[consumer].hasPaused = true
    consumers[consumer].wait = .nothing
    wake(consumer, at: time + settings.pod.firstRecordPause.nanoseconds)
    return true
  }

  /// A message for a thread that has just become free; nil if the pod's consumers have none.
  mutating func pull(_ pod: Int) -> CheckRecord? {
    let count = pods[pod].consumers
    for _ in 0..<count {
      let consumer = Int(pods[pod].firstConsumer &+ pods[pod].turn)
      pods[pod].turn = pods[pod].turn + 1 == count ? 0 : pods[pod].turn + 1
      guard consumers[consumer].wait == .thread else { continue }
      if consumers[consumer].next == consumers[consumer].end {
        guard poll(consumer, at: now.nanoseconds) else { continue }
      }
      let record = records[consumers[consumer].next]
      consumers[consumer].next &+= 1
      _ = pauseOnce(consumer, at: now.nanoseconds)
      return record
    }
    return nil
  }

  mutating func wake(_ consumer: Int, at time: Int64) {
    schedule(.consumer(UInt32(consumer), life: consumers[consumer].life), at: time)
  }

  // MARK: Poll

  /// Fills the buffer with what is there; if nothing is, the consumer waits for it.
  private mutating func poll(_ consumer: Int, at time: Int64) -> Bool {
    guard isHeard(consumer, at: time) else { return false }
    commit(consumer, at: time)
    guard isMember(consumer, at: time) else { return false }
    let first = consumers[consumer].first
    consumers[consumer].next = first
    consumers[consumer].end = first
    let count = owned[consumer].count
    var next = Int64.max
    var turn = consumers[consumer].rotation
    for _ in 0..<count {
      if turn >= count { turn = 0 }
      next = min(next, fetch(Int(owned[consumer][turn]), consumer, at: time))
      if consumers[consumer].end &- first >= pollRoom { break }
      turn += 1
    }
    consumers[consumer].rotation = turn
    let found = consumers[consumer].end &- first
    if found == 0 {
      consumers[consumer].wait = .messages
      wake(consumer, at: min(max(next, time), time + idlePoll))
      return false
    }
    pods[Int(consumers[consumer].pod)].counts.consumed &+= Int64(found)
    return true
  }

  /// Takes what a partition has; returns when its next message can be had.
  @inline(__always)
  private mutating func fetch(_ partition: Int, _ consumer: Int, at time: Int64) -> Int64 {
    let zone = pods[Int(consumers[consumer].pod)].zone
    let broker = partitionZones[partition]
    let cut = cutUntil(zone, broker)
    if cut > time { return cut }
    guard !partitions[partition].isOffline else { return .max }
    // A fetch waits at the broker; what comes travels half a round trip.
    let delay = appendDelay &+ trips.half(from: zone, to: broker)
    let readableFrom = partitions[partition].readableFrom
    let (begin, limit) = (consumers[consumer].end, consumers[consumer].first &+ pollRoom)
    var end = begin
    var available = Int64.max
    while true {
      let sent = partitions[partition].position.time(on: curve)
      guard sent < .max else {
        available = .max
        break
      }
      available = max(sent &+ delay, readableFrom)
      if skip(partition, sent: sent, at: time) { continue }
      guard available <= time, end < limit else { break }
      let offset = partitions[partition].position.offset
      let (id, isOutlier) = keys.message(UInt32(partition), offset)
      records[end] = CheckRecord(
        partition: UInt32(partition), isOutlier: isOutlier, epoch: partitions[partition].epoch,
        id: id, offset: offset, produced: sent, polled: time)
      end &+= 1
      partitions[partition].position.advance(gaps)
    }
    consumers[consumer].end = end
    countBytes(Int64(end &- begin) &* settings.sizes.record, from: broker, to: zone)
    return available
  }

  /// Goes past a message that is gone: too old for the log, or never taken by a broker.
  @inline(__always)
  private mutating func skip(_ partition: Int, sent: Int64, at time: Int64) -> Bool {
    let isOld = sent < time &- retention
    if !isOld {
      guard partitions[partition].hasRefused,
        refused[partition].contains(where: { $0.contains(sent) })
      else { return false }
    }
    if isOld {
      totals.expired += 1
      partitions[partition].skippedExpired += 1
    } else {
      totals.refused += 1
      partitions[partition].skippedRefused += 1
    }
    partitions[partition].position.advance(gaps)
    return true
  }

  /// Deletes what nobody has read in time.
  mutating func expire(_ partition: Int, at time: Int64) {
    while true {
      let sent = partitions[partition].position.time(on: curve)
      guard sent < time &- retention else { return }
      _ = skip(partition, sent: sent, at: time)
    }
  }

  /// Auto-commit: at a poll, if the interval has passed, of all that earlier polls returned.
  private mutating func commit(_ consumer: Int, at time: Int64) {
    guard time - consumers[consumer].lastCommit >= commitInterval else { return }
    consumers[consumer].lastCommit = time
    guard consumers[consumer].hasJoined else { return }
    let instant = SimulationTime(nanoseconds: time)
    let isAccepted = group.commit(by: consumer, at: instant)
    if isAccepted {
      for partition in owned[consumer] { partitions[Int(partition)].commit() }
    }
    followGroup()
  }
}
