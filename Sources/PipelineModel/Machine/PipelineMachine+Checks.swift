import NetworkModel
import ServiceModel
import SimulationKernel
import TimeUnits

// A message's way through a detector thread: request, response, check.
extension PipelineMachine {
  /// A free thread takes a message at `time`, now or a little later.
  @inline(__always)
  mutating func start(_ thread: Int, _ record: CheckRecord, at time: Int64) {
    let state = threads.place(thread)
    let pod = pods.place(Int(state.pointee.pod))
    let bits = pod.pointee.stream.next()
    let zone = pod.pointee.zone
    rows.touch(record.id)
    state.pointee.record = record
    state.pointee.bits = bits
    state.pointee.started = time
    state.pointee.isBusy = true
    state.pointee.isInProcessor = false
    state.pointee.entered = now.nanoseconds
    reads.enter(at: now.nanoseconds)
    let base = firstReplica(of: record.id)
    state.pointee.base = UInt32(truncatingIfNeeded: base)
    guard let node = chooseReplica(from: base, bits) else { return refuse(thread, bits) }
    let home = nodeZones[node]
    let trip = trips.draw(from: zone, to: home, bits)
    countBytes(settings.sizes.readRequest, from: zone, to: home)
    let out = trip >> 1
    state.pointee.node = UInt32(truncatingIfNeeded: node)
    state.pointee.back = trip - out
    let arrival = max(time &+ out, cutUntil(zone, home))
    guard arrival <= deadline(of: thread) else { return awaitTimeout(thread) }
    schedule(
      .request(thread: UInt32(truncatingIfNeeded: thread), life: state.pointee.life), at: arrival)
  }

  mutating func serveRequest(_ thread: Int) {
    let now = now.nanoseconds
    let state = threads.place(thread)
    let node = Int(state.pointee.node)
    let id = state.pointee.record.id
    state.pointee.arrived = now
    guard nodes[node].isUp else { return awaitTimeout(thread) }
    let count = rows.count(of: id)
    state.pointee.rows = count
    state.pointee.isMixed = rows.isMixed(id)
    countBytes(
      settings.sizes.readAnswer &+ settings.sizes.row &* Int64(min(count, rowLimit)),
      from: nodeZones[node], to: pods[Int(state.pointee.pod)].zone)
    // Each part of the word is used once: 16 bits for the replica, 12 each for the work of the read
    // and of the check, 20 for the way.
    var done = serve(readWork, state.pointee.bits >> 16, at: node)
    if settings.readsRequired > 1 {
      let bits = pods[Int(state.pointee.pod)].stream.next()
      guard let last = readDigests(of: id, at: node, bits) else {
        return awaitTimeout(thread, from: now + settings.coordinatorTimeout.nanoseconds)
      }
      done = max(done, last)
    }
    state.pointee.answered = done
    schedule(
      .response(thread: UInt32(truncatingIfNeeded: thread), life: state.pointee.life),
      at: done &+ state.pointee.back)
  }

  mutating func processResponse(_ thread: Int) {
    let now = now.nanoseconds
    let state = threads.place(thread)
    let node = Int(state.pointee.node)
    // A node that died meanwhile never answered.
    let died = nodes[node].downSince
    if died >= state.pointee.arrived, died < state.pointee.answered {
      return awaitTimeout(thread)
    }
    let pod = pods.place(Int(state.pointee.pod))
    let cut = cutUntil(pod.pointee.zone, nodeZones[node])
    if cut > now || now > deadline(of: thread) { return holdUp(thread, until: cut) }
    reads.leave(arrival: state.pointee.entered, at: now)
    processors.enter(at: now)
    state.pointee.isInProcessor = true
    state.pointee.returned = now
    let work = pod.pointee.work * gaps.draw(state.pointee.bits >> 28)
    let end = pod.pointee.processor.serve(work, at: now, cores)
    schedule(
      .done(thread: UInt32(truncatingIfNeeded: thread), life: state.pointee.life), at: end)
  }

  mutating func finish(_ thread: Int) {
    let now = now.nanoseconds
    let state = threads.place(thread)
    let pod = Int(state.pointee.pod)
    processors.leave(arrival: state.pointee.returned, at: now)
    check(thread, pods.place(pod), at: now)
    write(state, pods.place(pod))
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
  private mutating func check(_ thread: Int, _ pod: UnsafeMutablePointer<PodState>, at now: Int64) {
    let state = threads.place(thread)
    let record = state.pointee.record
    let seen = state.pointee.rows
    let count = min(seen, rowLimit)
    pod.pointee.counts.checked &+= 1
    totals.checked &+= 1
    if record.isOutlier { totals.outliers &+= 1 }
    var (hasRun, isAnomaly) = (false, false)
    if count >= leastRows {
      hasRun = true
      pod.pointee.counts.run &+= 1
      totals.run &+= 1
      pod.pointee.counts.lastRecords = Int64(count) &+ 1
      // A constant window never fires: its deviation is zero, and the comparison is strict.
      if record.isOutlier || state.pointee.isMixed,
        rows.isAnomaly(record, count: seen, limit: Int(rowLimit))
      {
        isAnomaly = true
        pod.pointee.counts.anomalies &+= 1
        totals.anomalies &+= 1
      }
    } else {
      pod.pointee.counts.lastRecords = 0
    }
    let latency = now &- record.produced
    pod.pointee.counts.lastSincePoll = now &- record.polled
    pod.pointee.counts.lastEndToEnd = latency
    endToEnd.add(latency)
    service.add(now &- state.pointee.started)
    if state.pointee.journey >= 0 {
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
