import AnomalyDetector
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
    threads[thread].record = record
    threads[thread].started = time
    threads[thread].isBusy = true
    threads[thread].isInProcessor = false
    threads[thread].entered = now.nanoseconds
    reads.enter(at: now.nanoseconds)
    guard let node = chooseReplica(of: record.id, bits) else { return refuse(thread, bits) }
    let trip = network.roundTrip(from: zone, to: nodeZones[node], bits)
    transfer.add(settings.sizes.readRequest, from: zone, to: nodeZones[node])
    let out = trip >> 1
    threads[thread].node = UInt32(node)
    threads[thread].back = trip - out
    let arrival = max(time &+ out, cutUntil(zone, nodeZones[node]))
    guard arrival <= deadline(of: thread) else {
      serveWrite(thread)
      return awaitTimeout(thread)
    }
    schedule(.request(thread: UInt32(thread), life: threads[thread].life), at: arrival)
  }

  mutating func serveRequest(_ thread: Int) {
    if threads[thread].hasWrite { write(thread) }
    let now = now.nanoseconds
    let pod = Int(threads[thread].pod)
    let node = Int(threads[thread].node)
    let id = threads[thread].record.id
    threads[thread].arrived = now
    guard nodes[node].isUp else { return awaitTimeout(thread) }
    let count = rows.count(of: id)
    threads[thread].rows = count
    transfer.add(
      settings.sizes.readAnswer + settings.sizes.row * Int64(min(count, rowLimit)),
      from: nodeZones[node], to: pods[pod].zone)
    var bits = pods[pod].stream.next()
    var done = serve(readWork, bits, at: node)
    if settings.readsRequired > 1 {
      guard let last = readDigests(of: id, at: node, &bits) else {
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
    let bits = pods[pod].stream.next()
    let end = pods[pod].processor.serve(pods[pod].work * gaps.draw(bits), at: now)
    schedule(.done(thread: UInt32(thread), life: threads[thread].life), at: end)
  }

  mutating func finish(_ thread: Int) {
    let now = now.nanoseconds
    let pod = Int(threads[thread].pod)
    processors.leave(arrival: threads[thread].returned, at: now)
    check(thread, pod, at: now)
    threads[thread].hasWrite = true
    threads[thread].written = threads[thread].record.id
    threads[thread].writtenIsOutlier = threads[thread].record.isOutlier
    takeNext(thread, pod)
  }

  /// The thread is free: it takes what waits, or rests.
  @inline(__always)
  mutating func takeNext(_ thread: Int, _ pod: Int) {
    threads[thread].isBusy = false
    if !pods[pod].queue.isEmpty {
      let (record, submitted) = pods[pod].queue.removeFirst()
      start(thread, record, at: max(now.nanoseconds, submitted))
      return
    }
    if settings.pod.handOver == .immediate, let record = pull(pod) {
      start(thread, record, at: now.nanoseconds)
      return
    }
    pods[pod].idle.append(UInt32(thread))
    if threads[thread].hasWrite {
      let node = Int(replicas[firstReplica(of: threads[thread].written)])
      // Halfway through the law: nobody waits for it.
      let out = network.roundTrip(from: pods[pod].zone, to: nodeZones[node], 1 << 63) >> 1
      schedule(
        .write(thread: UInt32(thread), life: threads[thread].life), at: now.nanoseconds + out)
    }
  }

  @inline(__always)
  private mutating func check(_ thread: Int, _ pod: Int, at now: Int64) {
    let record = threads[thread].record
    let seen = threads[thread].rows
    let count = min(seen, rowLimit)
    pods[pod].counts.checked &+= 1
    totals.checked &+= 1
    if record.isOutlier { totals.outliers &+= 1 }
    if count >= UInt32(settings.pod.leastRows) {
      pods[pod].counts.run &+= 1
      totals.run &+= 1
      pods[pod].counts.lastRecords = Int64(count) + 1
      // A constant window never fires: its deviation is zero, and the comparison is strict.
      if record.isOutlier || rows.isMixed(record.id), isAnomaly(record, seen) {
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
  }

  /// The published detector on the rows read and the new value.
  func isAnomaly(_ record: CheckRecord, _ seen: UInt32) -> Bool {
    var window = rows.values(of: record.id, count: seen, limit: settings.pod.rowLimit)
    window.append(Double(record.id) * (record.isOutlier ? 1_000 : 1))
    return PublishedCUSUM().check(window: window).isAnomaly
  }

  @inline(__always)
  mutating func schedule(_ event: PipelineEvent, at time: Int64) {
    queue.insert(event, at: time)
  }
}
