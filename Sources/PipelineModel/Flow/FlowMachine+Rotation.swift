import TimeUnits

// Full polls in quick succession: each takes another partition, so all are read side by side.
extension FlowMachine {
  /// Polls are counted one by one if a turn through the partitions takes longer than this, in
  /// seconds. Assumed: short beside what a backlog waits.
  private static let longTurn = 1.0

  /// Messages of polls that a backlog needs for this, so that its last polls are counted.
  private static let pollsLeft = 4.0

  /// Whether a consumer's polls are to be taken together.
  func isFluid(_ reader: Reader, _ rate: Double) -> Bool {
    let most = Double(settings.pod.maxPollRecords)
    guard most * Double(reader.partitions.count) < Self.longTurn * rate else { return false }
    let content = reader.partitions.reduce(0.0) { $0 + self.content($1) }
    return content > (consumers[reader.consumer].isFluid ? 1 : 2) * lastPolls * (1 + 1e-6)
  }

  /// Rates of the partitions: an even share each, and what comes to those that are current.
  mutating func drainSideBySide(_ reader: Reader, _ rate: Double) {
    let consumer = reader.consumer
    if !consumers[consumer].isFluid {
      begin(consumer)
    }
    let turn = Double(settings.pod.maxPollRecords * reader.partitions.count) / rate
    // What came since the last turn, on average.
    let current = arrivals * turn / 2
    var isBehind = reader.partitions.map { content($0) > current * (1 + 1e-6) + 1e-3 }
    if !isBehind.contains(true) { isBehind = isBehind.map { _ in true } }
    let asked = isBehind.map { $0 ? Double.infinity : arrivals }
    let rates = FlowShare.fair(of: rate, asked: asked)
    for (place, partition) in reader.partitions.enumerated() {
      partitions[partition].rate = rates[place]
      let excess = rates[place] - arrivals
      let ahead = content(partition) - current
      if isBehind[place], ahead > 0, excess > 0 { change(after: ahead / excess) }
    }
    let unread = reader.partitions.reduce(0.0) { $0 + content($1) } - lastPolls
    let excess = rate - arrivals * Double(reader.partitions.count)
    if excess > 0 { change(after: max(0, unread) / excess) }
  }

  /// What is left is counted poll by poll.
  var lastPolls: Double { Self.pollsLeft / 2 * Double(settings.pod.maxPollRecords) }

  /// Half of a poll's messages are under way on average, and those in threads.
  func underWaySideBySide(_ partition: Int, of consumer: Int) -> Double {
    let total = readers.owned[consumer].reduce(0.0) { $0 + partitions[Int($1)].rate }
    guard total > 0 else { return 0 }
    let held = Double(settings.pod.maxPollRecords) / 2 + threadShare(of: consumer)
    return min(content(partition), held * partitions[partition].rate / total)
  }

  private mutating func begin(_ consumer: Int) {
    let held = held(by: consumer) - threadShare(of: consumer)
    if held <= 0 { notePoll(of: consumer) }
    release(consumer)
    consumers[consumer].isFluid = true
    consumers[consumer].isResting = false
    consumers[consumer].hasTurn = true
    consumers[consumer].untilPoll = held > 0 ? held : Double(settings.pod.maxPollRecords)
  }

  /// From side by side to one poll after another: what is under way is the rest of a poll.
  mutating func gather(_ consumer: Int, _ owned: [Int]) {
    consumers[consumer].isFluid = false
    consumers[consumer].batch = []
    for partition in owned { partitions[partition].polled = 0 }
    var rest = consumers[consumer].untilPoll + threadShare(of: consumer)
    var turn = consumers[consumer].rotation % owned.count
    for _ in owned where rest > 0 {
      let partition = owned[turn]
      let amount = min(content(partition), rest)
      turn = (turn + 1) % owned.count
      guard amount > 1e-9 else { continue }
      rest -= amount
      partitions[partition].polled = partitions[partition].done + amount
      consumers[consumer].batch.append(
        FlowConsumer.Part(partition: partition, upTo: partitions[partition].polled))
    }
    consumers[consumer].rotation = turn
  }
}
