import NetworkModel
import ServiceModel
import SimulationKernel
import TimeUnits

// A message's way through a detector thread: request, response, check.
extension PipelineMachine {
  /// A free thread takes a message at `time`, now or a little later.
  @inline(__always)
  mutating func start(_ thread: Int, _ record: CheckRecord, at time: Int64) {
    let pod = Int(threads[thread].pod)
    let bits = pods[pod].stream.next()
    let zone = pods[pod].zone
    rows.touch(record.id)
    threads[thread].record = record
    threads[thread].bits = bits
    threads[thread].started = time
    threads[thread].isBusy = true
    threads[thread].isInProcessor = false
    threads[thread].entered = now.nanoseconds
    reads.enter(at: now.nanoseconds)
    guard let node = chooseReplica(of: record.id, bits) else { return refuse(thread, bits) }
    let trip = trips.draw(from: zone, to: nodeZones[node], bits)
    countBytes(settings.sizes.readRequest, from: zone, to: nodeZones[node])
    let out = trip >> 1
    threads[thread].node = UInt32(node)
    threads[thread].back = trip - out
    let arrival = max(time &+ out, cutUntil(zone, nodeZones[node]))
    guard arrival <= deadline(of: thread) else { return awaitTimeout(thread) }
    schedule(.request(thread: UInt32(thread), life: threads[thread].life), at: arrival)
  }

  mutating func serveRequest(_ thread: Int) {
    let now = now.nanoseconds
    let pod = Int(threads[thread].pod)
    let node = Int(threads[thread].node)
    let id = threads[thread].record.id
    threads[thread].arrived = now
    guard nodes[node].isUp else { return awaitTimeout(thread) }
    let count = rows.count(of: id)
    threads[thread].rows = count
    countBytes(
      settings.sizes.readAnswer + settings.sizes.row * Int64(min(count, rowLimit)),
      from: nodeZones[node], to: pods[pod].zone)
    // Each part of the word is used once: 16 bits for the replica, 12 each for the work of the read
    // and of the check, 20 for the way.
    var done = serve(readWork, threads[thread].bits >> 16, at: node)
    if settings.readsRequired > 1 {
      guard let last = readDigests(of: id, at: node, pods[pod].stream.next()) else {
        return awaitTimeout(thread, from: now + settings.coordinatorTimeout.nanoseconds)
      }
      done = max(done, last)
    }
    threads[thread].answered = done
    schedule(
      .response(thread: UInt32(thread), life: threads[thread].life),
      at: done + threads[thread].back)
  }

  mutating func processResponse(_ thread: Int) {
    let now = now.nanoseconds
    let node = Int(threads[thread].node)
    // A node that died meanwhile never answered.
    let died = nodes[node].downSince
    if died >= threads[thread].arrived, died < threads[thread].answered {
      return awaitTimeout(thread)
    }
    let pod = Int(threads[thread].pod)
    let cut = cutUntil(pods[pod].zone, nodeZones[node])
    if cut > now || now > deadline(of: thread) { return holdUp(thread, until: cut) }
    reads.leave(arrival: threads[thread].entered, at: now)
    processors.enter(at: now)
    threads[thread].isInProcessor = true
    threads[thread].returned = now
    let bits = threads[thread].bits >> 28
    let end = pods[pod].processor.serve(pods[pod].work * gaps.draw(bits), at: now, cores)
    schedule(.done(thread: UInt32(thread), life: threads[thread].life), at: end)
  }

  mutating func finish(_ thread: Int) {
    let now = now.nanoseconds
    let pod = Int(threads[thread].pod)
    processors.leave(arrival: threads[thread].returned, at: now)
    check(thread, pod, at: now)
    write(threads[thread].record, pod)
    takeNext(thread, pod)
  }

  /// The thread is free: it takes what waits, or rests.
  @inline(__always)
  mutating func takeNext(_ thread: Int, _ pod: Int) {
    threads[thread].isBusy = false
    if pods[pod].hasQueued {
      pods[pod].hasQueued = false
      threads[thread].journey = pods[pod].queuedJourney
      start(thread, pods[pod].queued, at: max(now.nanoseconds, pods[pod].submitted))
      return
    }
    if isImmediate, let record = pull(pod) {
      threads[thread].journey = journey(of: record, pod, at: now.nanoseconds)
      start(thread, record, at: now.nanoseconds)
      return
    }
    threads[thread].nextIdle = pods[pod].idle
    pods[pod].idle = UInt32(thread)
    pods[pod].idleCount &+= 1
  }

  @inline(__always)
  private mutating func check(_ thread: Int, _ pod: Int, at now: Int64) {
    let record = threads[thread].record
    let seen = threads[thread].rows
    let count = min(seen, rowLimit)
    pods[pod].counts.checked &+= 1
    totals.checked &+= 1
    if record.isOutlier { totals.outliers &+= 1 }
    var (hasRun, isAnomaly) = (false, false)
    if count >= UInt32(settings.pod.leastRows) {
      hasRun = true
      pods[pod].counts.run &+= 1
      totals.run &+= 1
      pods[pod].counts.lastRecords = Int64(count) + 1
      // A constant window never fires: its deviation is zero, and the comparison is strict.
      if record.isOutlier || rows.isMixed(record.id),
        rows.isAnomaly(record, count: seen, limit: settings.pod.rowLimit)
      {
        isAnomaly = true
        pods[pod].counts.anomalies &+= 1
        totals.anomalies &+= 1
      }
    } else {
      pods[pod].counts.lastRecords = 0
    }
    let latency = now &- record.produced
    pods[pod].counts.lastSincePoll = now &- record.polled
    pods[pod].counts.lastEndToEnd = latency
    endToEnd.add(latency)
    service.add(now &- threads[thread].started)
    if threads[thread].journey >= 0 {
      endJourney(thread, hasRows: true, checked: now, ran: hasRun, anomaly: isAnomaly)
    }
  }

  /// Where the journey of a message that is handed over is kept; -1 for most.
  @inline(__always)
  mutating func journey(of record: CheckRecord, _ pod: Int, at time: Int64) -> Int32 {
    untilJourney &-= 1
    return untilJourney == 0 ? beginJourney(record, pod, at: time) : -1
  }

  @inline(__always)
  mutating func countBytes(_ count: Int64, from source: ZoneID, to destination: ZoneID) {
    bytes[Int(source.index) &* zoneCount &+ Int(destination.index)] &+= count
  }

  @inline(__always)
  mutating func schedule(_ event: PipelineEvent, at time: Int64) {
    queue.insert(event, at: time)
  }
}
