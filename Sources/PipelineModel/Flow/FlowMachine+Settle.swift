import NetworkModel
import TimeUnits

// The rates from now on, and when they change next.
extension FlowMachine {
  /// Messages that came to a partition and have not left.
  func content(_ partition: Int) -> Double {
    max(0, curve.expected(at: now.nanoseconds) - partitions[partition].done)
  }

  /// Messages a second that come to each partition.
  var arrivals: Double { curve.perSecond / Double(settings.partitions) }

  mutating func settle() {
    nextChange = .max
    flush()
    followCommits()
    if readers.totals.rebalances > rebalances {
      rebalances = readers.totals.rebalances
      part()
    }
    askReaders()
    dropOld()
    for partition in partitions.indices {
      partitions[partition].rate = 0
      partitions[partition].mode = .blocked
    }
    for pod in pods.indices { pods[pod].rate = 0 }
    var reading = readable()
    guard !reading.isEmpty, arrivals > 0 || reading.contains(where: \.isLagging) else {
      cell = nil
      solution = nil
      return
    }
    let figures = solve(&reading)
    for reader in reading {
      pods[consumers[reader.consumer].pod].figures =
        figures[consumers[reader.consumer].pod] ?? FlowCell.Pod()
      consumers[reader.consumer].isLagging = reader.isLagging
    }
    beginSurges(reading)
    followChance(reading)
    share(reading)
    for pod in pods.indices where pods[pod].isAlive {
      pods[pod].rate = pods[pod].consumers.reduce(0) { sum, consumer in
        sum + readers.owned[consumer].reduce(0) { $0 + partitions[Int($1)].rate }
      }
    }
    let work = pods.reduce(0) { $0 + $1.rate } * (cell?.nodeSeconds ?? 0)
    nodesAreBusy = work > Self.busyNodes * nodes.upCores(settings.nodeCores)
    hang()
  }

  /// Nodes that work so much of their time are what all wait for. Assumed.
  private static let busyNodes = 0.9

  /// The rates change at a time that so many seconds lie ahead, rounded up.
  mutating func change(after seconds: Double) {
    guard seconds.isFinite, seconds < 9e9 else { return }
    let at = now.nanoseconds + max(1, Int64((seconds * 1e9).rounded(.up)))
    nextChange = min(nextChange, at)
  }

  // MARK: Who can read

  /// A consumer that can read, its partitions, and what they hold.
  struct Reader {
    var consumer: Int
    var partitions: [Int]
    var content: Double
    var isLagging: Bool
  }

  /// The places of each pod's readers, which are neighbors.
  func byPod(_ reading: [Reader]) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    for index in 1..<(reading.count + 1) {
      let isNext =
        index < reading.count
        && consumers[reading[index].consumer].pod == consumers[reading[start].consumer].pod
      if isNext { continue }
      groups.append(start..<index)
      start = index
    }
    return groups
  }

  private mutating func readable() -> [Reader] {
    var found: [Reader] = []
    for pod in pods.indices where pods[pod].isAlive {
      if pods[pod].stuckUntil > now.nanoseconds {
        nextChange = min(nextChange, pods[pod].stuckUntil)
        continue
      }
      for consumer in pods[pod].consumers where readers.consumers[consumer].isAlive {
        let owned = readers.owned[consumer].map { Int($0) }
          .filter { !readers.partitions[$0].isOffline }
        guard !owned.isEmpty else { continue }
        let content = owned.reduce(0.0) { $0 + self.content($1) }
        guard isPast(pauseOf: consumer, content: content, owned) else { continue }
        found.append(
          Reader(
            consumer: consumer, partitions: owned, content: content,
            isLagging: isBehind(consumer, owned, content)))
      }
    }
    return found
  }

  /// Whether a consumer has a backlog. One that has had one polls when its last messages are in
  /// threads, and has none any more when little is left to poll.
  private mutating func isBehind(_ consumer: Int, _ owned: [Int], _ content: Double) -> Bool {
    let pod = consumers[consumer].pod
    let figures = pods[pod].figures
    let rate = figures.isLagging ? figures.throughput : greatestRate(pod)
    let little = max(1, Self.moment * rate)
    guard consumers[consumer].isLagging || !consumers[consumer].batch.isEmpty else {
      let base = owned.reduce(0.0) { $0 + max(underWay, partitions[$1].base) }
      return content > base + little
    }
    return keepsUp(consumer, owned, threads: threadShare(of: consumer), little: little)
  }

  /// A backlog that is worked off in this time, in seconds, is none.
  static let moment = 0.02

  /// Threads that have a consumer's messages while there is a backlog.
  func threadShare(of consumer: Int) -> Double {
    let pod = pods[consumers[consumer].pod]
    let lagging = pod.consumers.count { consumers[$0].isLagging }
    return Double(pod.threads) / Double(max(1, lagging))
  }

  /// After its first message a consumer pauses: whether it has.
  private mutating func isPast(pauseOf consumer: Int, content: Double, _ partitions: [Int]) -> Bool
  {
    let pause = settings.pod.firstRecordPause.nanoseconds
    guard pause > 0 else { return true }
    guard let end = consumers[consumer].pausedUntil else {
      let missing = 1 - content
      if missing > 1e-9 {
        change(after: missing / (arrivals * Double(partitions.count)))
      } else {
        // All that pause together poll together.
        consumers[consumer].hasTurn = true
        poll(consumer, partitions)
        consumers[consumer].pausedUntil = now.nanoseconds + pause
        nextChange = min(nextChange, now.nanoseconds + pause)
      }
      return false
    }
    guard end > now.nanoseconds else { return true }
    nextChange = min(nextChange, end)
    return false
  }

  /// Messages of a partition that are under way without a backlog: by the last state's mean time,
  /// before the first by the bounds.
  var underWay: Double {
    let seconds = cell.map(\.meanEndToEnd).flatMap { $0 > 0 ? $0 : nil } ?? leastEndToEnd
    return arrivals * seconds
  }

  /// Messages under way of a partition whose reader is current while all threads of its pod are
  /// busy.
  func busyBase(_ pod: Int) -> Double {
    let cycles = Double(pods[pod].threads + 1) / max(1e-9, pods[pod].figures.throughput)
    return arrivals * (Double(readers.appendDelay) / 1e9 + cycles)
  }

  private var leastEndToEnd: Double {
    Double(readers.appendDelay) / 1e9 + settings.costs.read + settings.pod.checkCPU + 0.001
  }

  /// Checks a second that a pod cannot exceed.
  private func greatestRate(_ pod: Int) -> Double {
    let threads = Double(pods[pod].threads) / max(1e-9, settings.costs.read + settings.pod.checkCPU)
    let cores = min(pods[pod].cores, pods[pod].limit ?? .infinity) * pods[pod].speed
    return min(threads, cores / max(1e-9, settings.pod.checkCPU))
  }

  // MARK: States

  func state(_ reading: [Reader], lagging: (Int) -> Bool) -> FlowCellState {
    var cellPods: [FlowCellState.Pod] = []
    for readers in byPod(reading) {
      let pod = consumers[reading[readers.lowerBound].consumer].pod
      cellPods.append(
        FlowCellState.Pod(
          zone: pods[pod].zone, threads: pods[pod].threads, cores: pods[pod].cores,
          speed: pods[pod].speed, limit: pods[pod].limit,
          consumers: readers.map {
            FlowCellState.Consumer(
              partitions: reading[$0].partitions.map { UInt32($0) }, isLagging: lagging($0))
          }))
    }
    return FlowCellState(
      pods: cellPods, idlePods: pods.count(where: \.isAlive) - cellPods.count, rate: arrivals,
      appendDelay: readers.appendDelay,
      nodeSpeeds: nodes.speeds.indices.map { nodes.isKnownUp[$0] ? nodes.speeds[$0] : 0 },
      partitionZones: Array(readers.partitionZones))
  }

  /// Finds who has a backlog and what all do: first who could not take what comes if all had one,
  /// then, with only those and those that have one, whether they can after all.
  private mutating func solve(_ reading: inout [Reader]) -> [Int: FlowCell.Pod] {
    let before = reading.map(\.isLagging)
    let readers = reading.map(\.consumer)
    if let solution, solution.readers == readers, solution.before == before {
      for index in reading.indices { reading[index].isLagging = solution.lags[index] }
      return figures(of: solution, reading)
    }
    let flooded = run(reading, lagging: { _ in true })
    var lags = before
    let groups = byPod(reading)
    for group in groups {
      for index in group where !lags[index] {
        lags[index] = isOver(index, of: group, reading, lags, flooded.pods)
      }
    }
    var found = lags.contains(false) ? run(reading, lagging: { lags[$0] }) : flooded
    let first = lags
    // With less load on the nodes some may have room after all.
    for group in groups {
      for index in group where lags[index] && !reading[index].isLagging {
        if !isOver(index, of: group, reading, lags, found.pods) { lags[index] = false }
      }
    }
    if lags != first { found = run(reading, lagging: { lags[$0] }) }
    cell = found.cell
    for index in reading.indices { reading[index].isLagging = lags[index] }
    solution = FlowSolution(
      readers: readers, before: before, lags: lags, figures: found.pods, since: now.nanoseconds)
    return found.pods
  }

  /// Whether more comes to a reader than its part of its pod's rate.
  private func isOver(
    _ index: Int, of group: Range<Int>, _ reading: [Reader], _ lags: [Bool],
    _ figures: [Int: FlowCell.Pod]
  ) -> Bool {
    let pod = consumers[reading[index].consumer].pod
    guard let throughput = figures[pod]?.throughput else { return false }
    let mine = arrivals * Double(reading[index].partitions.count)
    // Those that ask for less than an even share leave the rest to the others.
    let asked = group.filter { $0 != index }.map {
      lags[$0] ? Double.infinity : arrivals * Double(reading[$0].partitions.count)
    }
    return mine > FlowShare.fair(of: throughput, asked: asked + [mine]).last! * (1 + 1e-9)
  }

  // MARK: Rates

  private mutating func share(_ reading: [Reader]) {
    for pod in pods.indices where pods[pod].wasLagging {
      for end in [pods[pod].surgesUntil, pods[pod].borrowsUntil] where end > now.nanoseconds {
        nextChange = min(nextChange, end)
      }
    }
    for group in byPod(reading) {
      let ofPod = reading[group]
      let pod = consumers[reading[group.lowerBound].consumer].pod
      let asked = ofPod.map {
        $0.isLagging ? Double.infinity : arrivals * Double($0.partitions.count)
      }
      let rates =
        ofPod.contains(where: \.isLagging)
        ? FlowShare.fair(of: throughput(of: pod), asked: asked) : asked
      for (reader, rate) in zip(ofPod, rates) {
        if reader.isLagging {
          drain(reader, rate)
        } else {
          keepUp(reader, pod)
        }
      }
    }
  }

  /// What comes leaves; first what is under way comes together, or what is too much goes.
  private mutating func keepUp(_ reader: Reader, _ pod: Int) {
    let base = pods[pod].figures.unread + pods[pod].figures.held
    if !consumers[reader.consumer].batch.isEmpty { release(reader.consumer) }
    consumers[reader.consumer].hasTurn = false
    // Polls look at all partitions and end where they began.
    let first = firstTurn(of: reader.consumer, reader.partitions.count)
    consumers[reader.consumer].rotation = first > 0 ? first : reader.partitions.count
    for partition in reader.partitions {
      let content = content(partition)
      partitions[partition].base = base
      if content < 0.98 * base {
        partitions[partition].mode = .filling
        change(after: (base - content) / arrivals)
        continue
      }
      if content > base {
        complete(content - base, of: partition, by: pod)
        borrow(content - base, by: pod)
      }
      partitions[partition].mode = .steady
      partitions[partition].rate = arrivals
    }
  }
}
