import ServiceModel
import TimeUnits

// What a state comes to: rates, times, and how many messages are where.
extension FlowCellRun {
  /// Plays and counts.
  ///
  /// - Parameters:
  ///   - checks: how many to count.
  ///   - expected: about how many a second come of all pods of the state.
  ///   - cycle: about how many seconds a check takes.
  mutating func measured(checks: Int, expected: Double, cycle: Double) -> FlowCell {
    let share = Double(pods.count) / Double(max(1, state.pods.count))
    let rate = max(1e-3, expected * share)
    // What began together has to part; the published hand-over sleeps whole milliseconds. Where
    // many come in a second, fewer seconds have as many of them.
    let least = min(max(0.5, 30 * cycle), max(60_000 / rate, 8 * cycle))
    let span = max(Double(checks) / rate, least)
    let warmUp = max(min(max(0.3, 30 * cycle), max(20_000 / rate, 4 * cycle)), 0.2 * span)
    let first = min(warmUp, 4 * cycle)
    let atFirst = places.map { machine.counts(of: $0).checked }
    machine.advance(to: machine.now + .rounded(seconds: first))
    let begun = zip(places, atFirst).map { machine.counts(of: $0).checked - $1 }
    machine.advance(to: machine.now + .rounded(seconds: warmUp - first))
    machine.endToEnd.reset()
    machine.service.reset()
    let before = places.map { machine.counts(of: $0).checked }
    for place in places { _ = machine.lookAtProcessor(of: place, at: machine.now) }
    let worked = machine.nodes.indices.reduce(0) { $0 + machine.usedCoreSeconds(ofNode: $1) }
    let start = machine.now
    var messages = places.map { _ in Messages() }
    var handed = [handedOver()]
    var checked = [places.map { machine.counts(of: $0).checked }]
    for look in 1...Self.looks {
      machine.advance(to: start + .rounded(seconds: span * Double(look) / Double(Self.looks)))
      for index in places.indices { messages[index].add(self.messages(of: index)) }
      if look % (Self.looks / Self.batches) == 0 { handed.append(handedOver()) }
      if look % (Self.looks / Self.checkBatches) == 0 {
        checked.append(places.map { machine.counts(of: $0).checked })
      }
    }
    var cell = FlowCell()
    cell.endToEnd = machine.endToEnd.below(Self.backlogAge)
    cell.service = machine.service
    let counts = places.indices.map { machine.counts(of: places[$0]).checked - before[$0] }
    cell.checks = counts.reduce(0, +)
    let used = machine.nodes.indices.reduce(0) { $0 + machine.usedCoreSeconds(ofNode: $1) }
    cell.nodeSeconds = cell.checks > 0 ? (used - worked) / Double(cell.checks) : 0
    let looked = places.map { machine.lookAtProcessor(of: $0, at: machine.now) }
    cell.podSeconds =
      cell.checks > 0 ? looked.reduce(0) { $0 + $1.used } * span / Double(cell.checks) : 0
    cell.pods = averages(counts, messages, looked, span: span)
    addHeadStarts(&cell, begun, first)
    addDispersions(&cell, handed)
    addDispersions(&cell, checks: checked)
    return cell
  }

  private func addHeadStarts(_ cell: inout FlowCell, _ begun: [Int64], _ seconds: Double) {
    let lagging = pods.indices.filter { pods[$0].consumers.contains(where: \.isLagging) }
    guard !lagging.isEmpty else { return }
    let extra = lagging.reduce(0.0) {
      $0 + Double(begun[$1]) - cell.pods[$1].throughput * seconds
    }
    for index in lagging {
      cell.pods[index].headStart = extra / Double(lagging.count)
      cell.pods[index].isLagging = true
    }
  }

  /// Into how many parts the run is divided to see how counts vary.
  private static let batches = 16

  /// Messages that each consumer of a pod has handed over.
  private func handedOver() -> [[Int64]] {
    zip(pods, places).map { pod, place in
      zip(pod.consumers, machine.pods[Int(place.index)].consumerRange).map { consumer, number in
        consumer.partitions.reduce(
          Int64(machine.consumers[number].next - machine.consumers[number].end)
        ) { $0 + machine.partitions[Int($1)].position.offset }
      }
    }
  }

  /// All consumers with a backlog are looked at together.
  private func addDispersions(_ cell: inout FlowCell, _ handed: [[[Int64]]]) {
    var series: [[Double]] = []
    for pod in pods.indices {
      for consumer in pods[pod].consumers.indices where pods[pod].consumers[consumer].isLagging {
        series.append(
          (1...Self.batches).map {
            Double(handed[$0][pod][consumer] - handed[$0 - 1][pod][consumer])
          })
      }
    }
    let dispersion = Self.dispersion(of: series)
    for index in cell.pods.indices { cell.pods[index].dispersion = dispersion }
  }

  private static let checkBatches = 64

  /// All pods with a backlog are looked at one by one, and together.
  private func addDispersions(_ cell: inout FlowCell, checks: [[Int64]]) {
    let lagging = cell.pods.indices.filter { cell.pods[$0].isLagging }
    let perBatch = zip(checks, checks.dropFirst()).map { before, after in
      lagging.map { Double(after[$0] - before[$0]) }
    }
    let single = lagging.indices.map { pod in perBatch.map { $0[pod] } }
    let common = Self.dispersion(of: [perBatch.map { $0.reduce(0, +) }])
    let own = Self.dispersion(of: single)
    for index in lagging {
      cell.pods[index].checkDispersion = own
      cell.pods[index].commonDispersion = common
    }
  }

  /// The variance of counts as a share of their mean.
  private static func dispersion(of series: [[Double]]) -> Double {
    var (sum, squares) = (0.0, 0.0)
    for counts in series where counts.count > 1 {
      let mean = counts.reduce(0, +) / Double(counts.count)
      sum += mean * Double(counts.count - 1)
      squares += counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    return sum > 0 ? squares / sum : 0
  }

  /// How often messages are counted: so that chance puts less than 2 % into their mean.
  private static let looks = 4_096

  /// Messages of a pod, in sums over looks.
  private struct Messages {
    /// In buffers of its consumers, and in its threads.
    var buffered = 0
    var inHand = 0
    /// Of partitions without a backlog: in buffers, and returned by no poll.
    var buffersOfCurrent = 0
    var unread = 0

    mutating func add(_ other: Self) {
      buffered += other.buffered
      inHand += other.inHand
      buffersOfCurrent += other.buffersOfCurrent
      unread += other.unread
    }
  }

  private mutating func messages(of index: Int) -> Messages {
    let pod = machine.pods[Int(places[index].index)]
    var found = Messages(inHand: Int(pod.inHand))
    for (consumer, number) in zip(pods[index].consumers, pod.consumerRange) {
      let buffer = machine.consumers[number].end - machine.consumers[number].next
      found.buffered += buffer
      guard !consumer.isLagging else { continue }
      found.buffersOfCurrent += buffer
      for partition in consumer.partitions {
        found.unread += Int(machine.unread(of: Int(partition)))
      }
    }
    return found
  }

  /// Pods that are alike are looked at together.
  private func averages(
    _ counts: [Int64], _ messages: [Messages], _ looked: [(runnable: Double, used: Double)],
    span: Double
  ) -> [FlowCell.Pod] {
    var result = Array(repeating: FlowCell.Pod(), count: places.count)
    var index = 0
    while index < places.count {
      var end = index
      while end < places.count, signatures[end] == signatures[index] { end += 1 }
      let alike = Double(end - index)
      var pod = FlowCell.Pod()
      let rate = Double(counts[index..<end].reduce(0, +)) / span / alike
      pod.throughput = rate
      addMessages(&pod, messages[index..<end])
      if rate > 0 {
        pod.coreSeconds = looked[index..<end].reduce(0) { $0 + $1.used } / alike / rate
        pod.runnableSeconds = looked[index..<end].reduce(0) { $0 + $1.runnable } / alike / rate
      }
      for place in index..<end { result[place] = pod }
      index = end
    }
    return result
  }

  /// Means over alike pods and looks.
  private func addMessages(_ pod: inout FlowCell.Pod, _ messages: ArraySlice<Messages>) {
    var sum = Messages()
    for messages in messages { sum.add(messages) }
    let looks = Double(messages.count * Self.looks)
    pod.inFlight = Double(sum.buffered + sum.inHand) / looks
    let current = pods[messages.startIndex].consumers.filter { !$0.isLagging }
    let partitions = Double(current.reduce(0) { $0 + $1.partitions.count })
    guard partitions > 0, pod.throughput > 0 else { return }
    pod.unread = Double(sum.unread) / looks / partitions
    // Threads have messages of all consumers in proportion.
    let share = min(1, state.rate * partitions / pod.throughput)
    let held = Double(sum.buffersOfCurrent) + share * Double(sum.inHand)
    pod.held = held / looks / partitions
  }

  /// The figures of each pod by its signature.
  func bySignature(_ cell: FlowCell) -> [(signature: [UInt64], pod: FlowCell.Pod)] {
    Array(zip(signatures, cell.pods).map { ($0, $1) })
  }
}
