import Glibc
import KafkaModel
public import TimeUnits

// A pod that ends without a word: what comes again, and when the group knows.
extension FlowMachine {
  /// A pod's process ends without a word; as of `PipelineMachine`, in expectation.
  ///
  /// What was polled since the last commit and is checked comes again; messages in threads and
  /// buffers are lost as far as they are committed.
  public mutating func removePod(_ pod: PipelinePod, at time: SimulationTime) {
    let index = Int(pod.index)
    guard pods[index].isAlive else { return }
    advance(to: time)
    followCommits()
    setNotice(of: index)
    for consumer in pods[index].consumers { forfeit(consumer, index) }
    pods[index].isAlive = false
    pods[index].rate = 0
    readers.removePod(pod, at: time)
    for consumer in pods[index].consumers {
      for partition in partitions.indices where partitions[partition].owner == consumer {
        partitions[partition].rate = 0
      }
    }
    followReaders()
    isStale = true
  }

  // MARK: Messages

  /// What a consumer holds, on average if nobody knows when it polled.
  private func expectedToHold(_ consumer: Int, _ owned: [Int], _ rate: Double) -> Double {
    let held = owned.reduce(0.0) { $0 + underWay(of: $1) }
    guard consumers[consumer].isLagging else { return held }
    let gap = pollGap(consumer, rate)
    guard consumers[consumer].commitSpread > gap * gap / 12 else { return held }
    let content = owned.reduce(0.0) { $0 + self.content($1) }
    let batch = min(content, Double(settings.pod.maxPollRecords))
    return min(content, batch / 2 + threadShare(of: consumer))
  }

  private mutating func forfeit(_ consumer: Int, _ pod: Int) {
    let owned = readers.owned[consumer].map { Int($0) }
    defer {
      for partition in owned { partitions[partition].polled = 0 }
      consumers[consumer].batch = []
      consumers[consumer].isFluid = false
      consumers[consumer].isLagging = false
    }
    let rate = rate(of: consumer)
    guard rate > 0, pods[pod].rate > 0 else { return }
    let held = expectedToHold(consumer, owned, rate)
    // A commit's poll finds nothing left to hand over: what was handed over since then and is
    // checked comes again, and what threads have from before it is lost.
    let inThreads = min(held, threadShare(of: consumer))
    var (lost, again) = (0.0, 0.0)
    for (age, weight) in commitPhase(of: consumer, rate).ages {
      let gone = max(0, inThreads - rate * age)
      lost += weight * gone
      again += weight * (rate * age - (inThreads - gone))
    }
    for partition in owned {
      let part = partitions[partition].rate / rate
      let gone = min(content(partition), lost * part).rounded(.down)
      let back = min(partitions[partition].done, again * part).rounded(.down)
      partitions[partition].done += gone - back
      ledger.lost += Int64(gone)
      ledger.redelivered += Int64(back)
    }
  }

  // MARK: The group

  /// Sets when the coordinator knows that a pod's consumers are gone, and when the others learn of
  /// it.
  ///
  /// Heartbeats and commits are signs of life, and the session ends some seconds after the last.
  /// The others learn with their next heartbeats, so a little more or less makes it seconds sooner
  /// or later: a flow that has one course takes the root mean square of that time, as the messages
  /// that wait times how long they wait grow with its square.
  private mutating func setNotice(of pod: Int) {
    let members = pods[pod].consumers.filter { readers.group.contains($0) }
    let others = readers.group.members.filter { !members.contains($0) }
    guard !members.isEmpty else { return }
    let timeout = readers.group.settings.sessionTimeout.secondsValue
    let quantiles = members.map { signAges(of: $0) }
    var (first, last, square, wait) = (0.0, 0.0, 0.0, 0.0)
    let count = 256
    for draw in 0..<count {
      // Evenly over all combinations (a lattice of rank 1).
      let ages = quantiles.enumerated().map { place, ages in
        let at =
          (Double(draw) + 0.5)
          * (place == 0 ? 1 / Double(count) : 0.618033988749895 * Double(place))
        return ages[Int((at - at.rounded(.down)) * Double(ages.count))]
      }
      let ended = timeout - ages.max()!
      let learned = others.map { nextBeat(of: $0, after: ended) }.max() ?? ended
      first += ended / Double(count)
      last += (timeout - ages.min()!) / Double(count)
      square += learned * learned / Double(count)
      wait += max(0, timeout - ages.min()! - learned) / Double(count)
    }

    let notice = max(first, square.squareRoot())
    // All wait for the last to be given up.
    let end = wait < 0.001 ? min(last, notice) : min(timeout, notice + wait)
    for (place, member) in members.enumerated() {
      let age = timeout - (place == 0 ? first : end)
      readers.group.commit(by: member, at: now.advanced(byNanoseconds: -Int64(age * 1e9)))
    }
    for member in others {
      readers.group.beat(member, at: now.advanced(byNanoseconds: Int64(notice * 1e9) + 1))
    }
  }

  /// Seconds from now to a member's first heartbeat that comes so many seconds from now or later.
  private func nextBeat(of member: Int, after seconds: Double) -> Double {
    let from = now.advanced(byNanoseconds: Int64(seconds * 1e9))
    let beat = readers.group.nextHeartbeat(of: member, after: from)
    return Double(beat.nanoseconds - now.nanoseconds) / 1e9
  }

  /// Seconds since a consumer's last sign of life, at equal steps of their probability.
  private func signAges(of consumer: Int) -> [Double] {
    let interval = readers.group.settings.heartbeatInterval.secondsValue
    let sinceBeat = interval - nextBeat(of: consumer, after: 0)
    let rate = rate(of: consumer)
    let steps = 64
    guard rate > 0 else {
      // It polls all the time.
      let interval = settings.pod.autoCommitInterval.secondsValue
      return (0..<steps).map { min(sinceBeat, (Double($0) + 0.5) / Double(steps) * interval) }
    }
    let ages = commitPhase(of: consumer, rate).ages.sorted { $0.age < $1.age }
    var found: [Double] = []
    var sum = 0.0
    for (age, weight) in ages {
      sum += weight
      while (Double(found.count) + 0.5) / Double(steps) <= sum, found.count < steps {
        found.append(min(sinceBeat, age))
      }
    }
    while found.count < steps { found.append(min(sinceBeat, ages.last?.age ?? 0)) }
    return found
  }
}
