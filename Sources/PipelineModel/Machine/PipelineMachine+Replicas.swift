import NetworkModel
import ServiceModel
import SimulationKernel
import TimeUnits

// What the Cassandra nodes do: which of them read and write, and what happens to both in trouble.
extension PipelineMachine {
  /// One of the replicas that are up, at random, as the driver's token-aware policy does; nil if
  /// too few of them are up for the read.
  @inline(__always)
  func chooseReplica(from base: Int, _ bits: UInt64) -> Int? {
    let factor = replicationFactor
    if nodesKnownDown == 0 {
      return Int(replicas[base &+ Int(((bits & 0xFFFF) &* UInt64(factor)) >> 16)])
    }
    return nodes.chooseKnownUp(
      replicas[base..<(base + factor)], bits & 0xFFFF, least: settings.readsRequired)
  }

  /// Where the replicas of a key begin: by a hash, as Cassandra's partitioner has it, so that the
  /// keys of one Kafka partition lie on all nodes.
  @inline(__always)
  func firstReplica(of id: UInt32) -> Int {
    let hash = UInt64(id &* 0x9E37_79B1)
    return Int((hash &* UInt64(replicaSetCount)) >> 32) &* replicationFactor
  }

  /// A node does work of so many nanoseconds on average, now; returns when it is done.
  @inline(__always)
  mutating func serve(_ mean: Double, _ bits: UInt64, at node: Int) -> Int64 {
    let node = nodes.place(node)
    if perWaiting > 0 {
      node.pointee.inflate(perWaiting: perWaiting, read: readWork, at: now.nanoseconds, cores)
    }
    let work = mean * node.pointee.factor * node.pointee.inflation * gaps.draw(bits)
    return node.pointee.processor.serve(work, at: now.nanoseconds, cores)
  }

  /// The node that has the read asks other replicas for a digest, which is the same work without
  /// the rows; returns when the last has answered it, nil if one never does.
  ///
  /// The way there and back is put behind the work, so that a node's work stays in the order of
  /// time; speculative retry is left out.
  mutating func readDigests(of id: UInt32, at coordinator: Int, _ word: UInt64) -> Int64? {
    let base = firstReplica(of: id)
    let home = nodeZones[coordinator]
    var missing = settings.readsRequired - 1
    var last = now.nanoseconds
    var isAnswered = true
    var bits = word
    for index in base..<(base + replicationFactor) where missing > 0 {
      let node = Int(replicas[index])
      guard node != coordinator, nodes[node].isKnownUp else { continue }
      missing -= 1
      bits = bits >> UnitExponential.bits | bits << (64 - UnitExponential.bits)
      let zone = nodeZones[node]
      countBytes(settings.sizes.readRequest, from: home, to: zone)
      guard nodes[node].isUp, cutUntil(home, zone) <= now.nanoseconds else {
        isAnswered = false
        continue
      }
      countBytes(settings.sizes.readAnswer, from: zone, to: home)
      let hop = trips.draw(from: home, to: zone, bits &* 0x9E37_79B9_7F4A_7C15)
      last = max(last, serve(readWork, bits, at: node) + hop)
    }
    return isAnswered ? last : nil
  }

  // MARK: Writes

  /// A check's event is written at all its replicas: one of them passes it to the others.
  ///
  /// It is there at once: nobody waits for it, and the load is the same half a round trip earlier.
  @inline(__always)
  mutating func write(
    _ thread: UnsafeMutablePointer<ThreadState>, _ pod: UnsafeMutablePointer<PodState>
  ) {
    let now = now.nanoseconds
    let base = Int(thread.pointee.base)
    let zone = pod.pointee.zone
    var bits = pod.pointee.stream.next()
    let chosen =
      nodesKnownDown == 0
      ? Int(replicas[base &+ Int(((bits >> 48) &* UInt64(replicationFactor)) >> 16)])
      : nodes.chooseKnownUp(replicas[base..<(base + replicationFactor)], bits >> 48, least: 1)
    guard let coordinator = chosen, nodes[coordinator].isUp,
      cutUntil(zone, nodeZones[coordinator]) <= now
    else {
      // Nobody sends it again.
      totals.writesLost &+= 1
      return
    }
    let home = nodeZones[coordinator]
    countBytes(settings.sizes.write, from: zone, to: home)
    var index = base
    while index < base &+ replicationFactor {
      let node = Int(replicas[index])
      let other = nodeZones[node]
      if nodes[node].isUp, cutUntil(home, other) <= now {
        if node != coordinator { countBytes(settings.sizes.write, from: home, to: other) }
        _ = serve(writeWork, bits, at: node)
      } else {
        totals.hints &+= 1
      }
      bits = bits >> UnitExponential.bits | bits << (64 - UnitExponential.bits)
      index &+= 1
    }
    rows.append(thread.pointee.record.id, isOutlier: thread.pointee.record.isOutlier)
  }

  // MARK: Reads that fail

  /// When the client gives up a thread's read.
  @inline(__always)
  func deadline(of thread: Int) -> Int64 {
    threads[thread].started &+ readTimeout
  }

  /// The link is cut: TCP sends the rows again when it is whole, if the client still waits.
  mutating func holdUp(_ thread: Int, until cut: Int64) {
    guard cut <= deadline(of: thread), cut > now.nanoseconds else { return awaitTimeout(thread) }
    schedule(.response(thread: UInt32(thread), life: threads[thread].life), at: cut)
  }

  /// Nothing comes back: the client waits until its read times out, or until it is told by a node
  /// that gave up itself.
  mutating func awaitTimeout(_ thread: Int, from told: Int64 = .max) {
    schedule(
      .timeout(thread: UInt32(thread), life: threads[thread].life),
      at: max(min(deadline(of: thread), told), now.nanoseconds))
  }

  /// Too few replicas are up: any node says so (`UnavailableException`).
  mutating func refuse(_ thread: Int, _ bits: UInt64) {
    let base = Int(threads[thread].base)
    let zone = pods[Int(threads[thread].pod)].zone
    let trip = trips.draw(from: zone, to: nodeZones[Int(replicas[base])], bits)
    awaitTimeout(thread, from: threads[thread].started &+ max(trip, 1))
  }

  /// A statement that is not marked idempotent is not tried again (DataStax Java driver 3.x): the
  /// exception ends the task, and the message is lost.
  mutating func giveUp(_ thread: Int) {
    let pod = Int(threads[thread].pod)
    reads.leave(arrival: threads[thread].entered, at: now.nanoseconds)
    pods[pod].counts.failed &+= 1
    totals.lost &+= 1
    if threads[thread].journey >= 0 { endJourney(thread, hasRows: false) }
    takeNext(thread, pod)
  }

  /// Until when two zones do not reach each other, in nanoseconds.
  @inline(__always)
  func cutUntil(_ a: ZoneID, _ b: ZoneID) -> Int64 {
    cuts[Int(a.index) &* zoneCount &+ Int(b.index)]
  }
}
