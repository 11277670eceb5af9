import KafkaModel
import TimeUnits

// Full polls in quick succession are taken together.
extension FlowMachine {
  /// Polls are counted one by one if they are rarer than this, in seconds.
  private static let rarePoll = 0.5

  /// If a turn through a consumer's partitions is shorter than this, in seconds, they are read side
  /// by side. Assumed: short beside what a backlog waits.
  private static let shortTurn = 1.0

  /// Messages of polls that a backlog needs for this, so that its last polls are counted.
  private static let pollsLeft = 4.0

  /// Messages of a partition that one fetch brings at most.
  var fetchRoom: Double { Double(readers.fetchRoom) }

  /// Whether a consumer's polls are to be taken together; in a rebalance the others wait for its
  /// next one.
  func isFluid(_ reader: Reader, _ rate: Double) -> Bool {
    guard !readers.group.isRebalancing else { return false }
    guard Double(settings.pod.maxPollRecords) < Self.rarePoll * rate else { return false }
    let content = reader.partitions.reduce(0.0) { $0 + self.content($1) }
    return content > (consumers[reader.consumer].isFluid ? 1 : 2) * lastPolls * (1 + 1e-6)
  }

  /// Rates of the partitions of a consumer whose polls are taken together.
  mutating func drainTogether(_ reader: Reader, _ rate: Double) {
    if !consumers[reader.consumer].isFluid { begin(reader.consumer, reader.partitions) }
    let turn = fetchRoom * Double(reader.partitions.count) / rate
    if turn < Self.shortTurn || reader.partitions.count == 1 {
      drainSideBySide(reader, rate, turn: turn)
    } else {
      drainInTurn(reader, rate)
    }
    let unread = reader.partitions.reduce(0.0) { $0 + content($1) } - lastPolls
    let excess = rate - arrivals * Double(reader.partitions.count)
    if excess > 0 { change(after: max(0, unread) / excess) }
  }

  /// An even share each, and what comes to those that are current.
  mutating func drainSideBySide(_ reader: Reader, _ rate: Double, turn: Double) {
    consumers[reader.consumer].turn = nil
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
  }

  /// One after the other: what a fetch brings of each, or all that it has.
  private mutating func drainInTurn(_ reader: Reader, _ rate: Double) {
    let consumer = reader.consumer
    for _ in 0...reader.partitions.count {
      let place = firstTurn(of: consumer, reader.partitions.count)
      let partition = reader.partitions[place]
      let done = partitions[partition].done
      let content = content(partition)
      if consumers[consumer].turn?.partition != partition {
        let amount = content < 1 ? 0 : fetchRoom - consumers[consumer].fetched
        consumers[consumer].turn = FlowConsumer.Part(partition: partition, upTo: done + amount)
      }
      // All that it has, if that is less; what comes may have changed since the turn began.
      let all = rate > arrivals ? content * rate / (rate - arrivals) : .infinity
      let left = min(all, consumers[consumer].turn!.upTo - done)
      if left > 1e-6 {
        partitions[partition].rate = rate
        change(after: left / rate)
        return
      }
      consumers[consumer].turn = nil
      consumers[consumer].fetched = 0
      consumers[consumer].rotation = place + 1
    }
  }

  /// Where a poll begins among so many partitions: after the last one that it has looked at, as the
  /// event machine has it.
  func firstTurn(of consumer: Int, _ count: Int) -> Int {
    consumers[consumer].rotation < count ? consumers[consumer].rotation : 0
  }

  /// What is left is counted poll by poll.
  var lastPolls: Double { Self.pollsLeft / 2 * Double(settings.pod.maxPollRecords) }

  /// Half of a poll's messages are under way on average, and those in threads.
  func underWayTogether(_ partition: Int, of consumer: Int) -> Double {
    let total = readers.owned[consumer].reduce(0.0) { $0 + partitions[Int($1)].rate }
    guard total > 0 else { return 0 }
    let held = Double(settings.pod.maxPollRecords) / 2 + threadShare(of: consumer)
    return min(content(partition), held * partitions[partition].rate / total)
  }

  private mutating func begin(_ consumer: Int, _ owned: [Int]) {
    let held = held(by: consumer) - threadShare(of: consumer)
    if held <= 0 { notePoll(of: consumer) }
    // The turn that polls have begun goes on.
    let partition = owned[firstTurn(of: consumer, owned.count)]
    let done = partitions[partition].done
    let polled = consumers[consumer].batch.last { $0.partition == partition }?.upTo ?? done
    let left = fetchRoom - consumers[consumer].fetched
    release(consumer)
    consumers[consumer].turn = FlowConsumer.Part(
      partition: partition, upTo: max(polled, done) + left)
    consumers[consumer].isFluid = true
    consumers[consumer].isResting = false
    consumers[consumer].hasTurn = true
    consumers[consumer].untilPoll = held > 0 ? held : Double(settings.pod.maxPollRecords)
  }

  /// From side by side to one poll after another: what is under way is the rest of a poll, and the
  /// turn goes on.
  mutating func gather(_ consumer: Int, _ owned: [Int]) {
    var fetched = 0.0
    if let turn = consumers[consumer].turn {
      fetched = max(0, fetchRoom - (turn.upTo - partitions[turn.partition].done))
    }
    consumers[consumer].isFluid = false
    consumers[consumer].turn = nil
    consumers[consumer].batch = []
    for partition in owned { partitions[partition].polled = 0 }
    var rest = consumers[consumer].untilPoll + threadShare(of: consumer)
    var turn = consumers[consumer].rotation
    for _ in owned where rest > 1e-9 {
      if turn >= owned.count { turn = 0 }
      let partition = owned[turn]
      let amount = min(content(partition), rest, fetchRoom - fetched)
      rest -= amount
      fetched += amount
      if amount > 1e-9 {
        partitions[partition].polled = partitions[partition].done + amount
        consumers[consumer].batch.append(
          FlowConsumer.Part(partition: partition, upTo: partitions[partition].polled))
      }
      if rest <= 1e-9, fetched < fetchRoom - 1e-9 { break }
      turn += 1
      fetched = 0
    }
    consumers[consumer].rotation = turn
    consumers[consumer].fetched = fetched
  }
}
