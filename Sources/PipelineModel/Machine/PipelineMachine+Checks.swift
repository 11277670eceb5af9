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
    let node = chooseReplica(of: record.id, bits)
    let zone = pods[pod].zone
    let trip = network.roundTrip(from: zone, to: nodeZones[node], bits)
    transfer.add(settings.sizes.readRequest, from: zone, to: nodeZones[node])
    let out = trip >> 1
    threads[thread].record = record
    threads[thread].node = UInt32(node)
    threads[thread].started = time
    threads[thread].back = trip - out
    threads[thread].isBusy = true
    threads[thread].isInProcessor = false
    threads[thread].entered = now.nanoseconds
    reads.enter(at: now.nanoseconds)
    let cut = cutUntil(zone, nodeZones[node])
    schedule(
      .request(thread: UInt32(thread), life: threads[thread].life), at: max(time &+ out, cut))
  }

  /// One of the replicas that are up, at random, as the driver's token-aware policy does.
  @inline(__always)
  private func chooseReplica(of id: UInt32, _ bits: UInt64) -> Int {
    let factor = replicationFactor
    let base = firstReplica(of: id)
    var choice = Int(((bits & 0xFFFF) &* UInt64(factor)) >> 16)
    for _ in 0..<factor {
      let node = Int(replicas[base + choice])
      if nodes[node].isKnownUp { return node }
      choice = choice + 1 == factor ? 0 : choice + 1
    }
    return Int(replicas[base + choice])
  }

  /// Where the replicas of a key begin.
  @inline(__always)
  private func firstReplica(of id: UInt32) -> Int {
    Int(id % replicaSetCount) &* replicationFactor
  }

  mutating func serveRequest(_ thread: Int) {
    if threads[thread].hasWrite { write(thread) }
    let now = now.nanoseconds
    let pod = Int(threads[thread].pod)
    let node = Int(threads[thread].node)
    let id = threads[thread].record.id
    threads[thread].arrived = now
    guard nodes[node].isUp, now < deadline(of: thread) else { return awaitTimeout(thread) }
    let count = rows.count(of: id)
    threads[thread].rows = count
    transfer.add(
      settings.sizes.readAnswer + settings.sizes.row * Int64(min(count, rowLimit)),
      from: nodeZones[node], to: pods[pod].zone)
    let bits = pods[pod].stream.next()
    let work = readWork * nodes[node].factor * gaps.draw(bits)
    let done = nodes[node].processor.serve(work, at: now)
    schedule(
      .response(thread: UInt32(thread), life: threads[thread].life),
      at: done + threads[thread].back)
  }

  mutating func serveWrite(_ thread: Int) {
    if threads[thread].hasWrite { write(thread) }
  }

  /// The last check's event is written at all its replicas.
  @inline(__always)
  private mutating func write(_ thread: Int) {
    threads[thread].hasWrite = false
    let id = threads[thread].written
    let base = firstReplica(of: id)
    let coordinator = nodeZones[Int(replicas[base])]
    transfer.add(settings.sizes.write, from: pods[Int(threads[thread].pod)].zone, to: coordinator)
    var bits = pods[Int(threads[thread].pod)].stream.next()
    for index in base..<(base &+ replicationFactor) {
      let node = Int(replicas[index])
      if index > base {
        transfer.add(settings.sizes.write, from: coordinator, to: nodeZones[node])
      }
      if nodes[node].isUp {
        _ = nodes[node].processor.serve(
          writeWork * nodes[node].factor * gaps.draw(bits), at: now.nanoseconds)
      } else {
        totals.hints += 1
      }
      bits >>= UnitExponential.bits
    }
    rows.append(id, isOutlier: threads[thread].writtenIsOutlier)
  }

  mutating func processResponse(_ thread: Int) {
    let now = now.nanoseconds
    let node = Int(threads[thread].node)
    // A node that died meanwhile never answered.
    if nodes[node].downSince >= threads[thread].arrived { return awaitTimeout(thread) }
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
      let record = pods[pod].queue.removeFirst()
      start(thread, record, at: now.nanoseconds)
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
  private func isAnomaly(_ record: CheckRecord, _ seen: UInt32) -> Bool {
    var detector = PublishedCUSUM()
    var verdict = Detection.undecided
    let window = rows.values(of: record.id, count: seen, limit: settings.pod.rowLimit)
    for value in window {
      verdict = detector.observe(value)
    }
    verdict = detector.observe(Double(record.id) * (record.isOutlier ? 1_000 : 1))
    return verdict.isAnomaly
  }

  // MARK: Reads that fail

  @inline(__always)
  private func deadline(of thread: Int) -> Int64 {
    threads[thread].started &+ readTimeout
  }

  /// The link is cut: TCP sends the rows again when it is whole, if the client still waits.
  private mutating func holdUp(_ thread: Int, until cut: Int64) {
    guard cut <= deadline(of: thread), cut > now.nanoseconds else { return awaitTimeout(thread) }
    schedule(.response(thread: UInt32(thread), life: threads[thread].life), at: cut)
  }

  /// Nothing comes back: the client waits until its read times out.
  private mutating func awaitTimeout(_ thread: Int) {
    schedule(
      .timeout(thread: UInt32(thread), life: threads[thread].life),
      at: max(deadline(of: thread), now.nanoseconds))
  }

  /// A statement that is not marked idempotent is not tried again (DataStax Java driver 3.x): the
  /// exception ends the task, and the message is lost.
  mutating func giveUp(_ thread: Int) {
    let pod = Int(threads[thread].pod)
    reads.leave(arrival: threads[thread].entered, at: now.nanoseconds)
    pods[pod].counts.failed &+= 1
    totals.lost &+= 1
    threads[thread].hasWrite = false
    takeNext(thread, pod)
  }

  /// Until when two zones do not reach each other, in nanoseconds.
  @inline(__always)
  func cutUntil(_ a: ZoneID, _ b: ZoneID) -> Int64 {
    cuts[Int(a.index) &* zoneCount &+ Int(b.index)]
  }

  @inline(__always)
  mutating func schedule(_ event: PipelineEvent, at time: Int64) {
    queue.insert(event, at: time)
  }
}
