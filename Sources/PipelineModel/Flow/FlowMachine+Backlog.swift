import TimeUnits

// How a backlog is worked off: a poll's messages after another, as the event machine's consumers do.
extension FlowMachine {
  /// Polls are counted one by one only if they are rarer than this, in seconds, or if they do not
  /// bring what they could; many full ones of one partition are one long part.
  private static let rarePoll = 0.5

  /// Messages that a consumer has and has not checked.
  func held(by consumer: Int) -> Double {
    var sum = 0.0
    var seen: [(partition: Int, upTo: Double)] = []
    for part in consumers[consumer].batch {
      let from = seen.last { $0.partition == part.partition }?.upTo
        ?? partitions[part.partition].done
      sum += max(0, end(of: part) - from)
      seen.append((part.partition, part.upTo))
    }
    return sum
  }

  /// Where a part ends; a long one reaches as far as polls have come on average.
  private func end(of part: FlowConsumer.Part) -> Double {
    guard part.isLong else { return part.upTo }
    let state = partitions[part.partition]
    let ahead = Double(settings.pod.maxPollRecords) / 2
    return min(state.done + ahead, curve.expected(at: now.nanoseconds))
  }

  /// Rates of a consumer with a backlog that checks so many a second, and when they change.
  ///
  /// It polls when its last messages are in threads.
  mutating func drain(_ reader: Reader, _ rate: Double) {
    let consumer = reader.consumer
    let threads = threadShare(of: consumer)
    for partition in reader.partitions { partitions[partition].mode = .lagging }
    prune(consumer)
    shorten(consumer, rate)
    if held(by: consumer) <= threads + 1e-6 { poll(consumer, reader.partitions) }
    lengthen(consumer, rate)
    guard let head = consumers[consumer].batch.first else { return }
    partitions[head.partition].rate = rate
    guard rate > 0 else { return }
    if head.isLong {
      let unread = content(head.partition) - Double(2 * settings.pod.maxPollRecords)
      if rate > arrivals { change(after: max(0, unread) / (rate - arrivals)) }
      return
    }
    let held = held(by: consumer)
    change(after: max(0, head.upTo - partitions[head.partition].done) / rate)
    if held > threads + 1e-6 { change(after: (held - threads) / rate) }
  }

  /// A consumer with a backlog polls if it has to; returns whether there still is one.
  mutating func keepsUp(_ consumer: Int, _ owned: [Int], threads: Double, little: Double) -> Bool {
    prune(consumer)
    guard held(by: consumer) <= threads + 1e-6 else { return true }
    if poll(consumer, owned) >= little { return true }
    release(consumer)
    return false
  }

  /// Takes off what is checked.
  private mutating func prune(_ consumer: Int) {
    while let head = consumers[consumer].batch.first, !head.isLong,
      partitions[head.partition].done >= head.upTo - 1e-6
    {
      consumers[consumer].batch.removeFirst()
    }
  }

  /// A poll: what the partitions have, in turn, until it is full; returns how many.
  @discardableResult
  mutating func poll(_ consumer: Int, _ owned: [Int]) -> Double {
    let available = now.nanoseconds - readers.appendDelay
    let expected = available > 0 ? curve.expected(at: available) : 0
    let most = Double(settings.pod.maxPollRecords)
    var count = 0.0
    var turn = consumers[consumer].rotation % owned.count
    for _ in owned {
      let partition = owned[turn]
      let from = max(partitions[partition].polled, partitions[partition].done)
      let amount = min(max(0, expected - from), most - count)
      if amount > 1e-9 {
        count += amount
        partitions[partition].polled = from + amount
        consumers[consumer].batch.append(
          FlowConsumer.Part(partition: partition, upTo: from + amount))
      }
      if count >= most - 1e-9 { break }
      turn = (turn + 1) % owned.count
    }
    consumers[consumer].rotation = turn
    return count
  }

  /// A long part ends where the next polls are not full of it.
  private mutating func shorten(_ consumer: Int, _ rate: Double) {
    guard let head = consumers[consumer].batch.first, head.isLong else { return }
    let most = Double(settings.pod.maxPollRecords)
    if content(head.partition) > 2 * most + 1, most < Self.rarePoll * rate { return }
    let upTo = end(of: head)
    consumers[consumer].batch = [FlowConsumer.Part(partition: head.partition, upTo: upTo)]
    partitions[head.partition].polled = upTo
  }

  /// A full poll of one partition that has many more of them becomes a long part.
  private mutating func lengthen(_ consumer: Int, _ rate: Double) {
    let batch = consumers[consumer].batch
    guard let last = batch.last, batch.allSatisfy({ $0.partition == last.partition }) else { return }
    let most = Double(settings.pod.maxPollRecords)
    guard !last.isLong, most < Self.rarePoll * rate, content(last.partition) > 4 * most else {
      return
    }
    consumers[consumer].batch = [
      FlowConsumer.Part(partition: last.partition, upTo: .infinity, isLong: true)
    ]
  }

  /// A consumer has nothing left that it would have to catch up with.
  mutating func release(_ consumer: Int) {
    for part in consumers[consumer].batch { partitions[part.partition].polled = 0 }
    consumers[consumer].batch = []
  }

  /// Consumers whose messages are all in threads poll, which tells them of rebalances; those that
  /// have more do not.
  mutating func askReaders() {
    // The memory is shared with copies until it is told that it will change.
    readers.advance(to: now)
    var hasPolled = false
    for consumer in consumers.indices where readers.consumers[consumer].isAlive {
      let wait = readers.consumers[consumer].wait
      guard !consumers[consumer].batch.isEmpty, consumers[consumer].isLagging else {
        if wait == .nothing, readers.consumers[consumer].hasJoined,
          consumers[consumer].batch.isEmpty, consumers[consumer].isBusy
        {
          consumers[consumer].isBusy = false
          readers.restart(consumer)
          hasPolled = true
        }
        continue
      }
      let state = consumers[consumer]
      let threads = threadShare(of: consumer)
      let isLong = state.batch.first?.isLong ?? false
      if isLong || held(by: consumer) <= threads + 1e-6 {
        guard state.isBusy else { continue }
        consumers[consumer].isBusy = false
        readers.restart(consumer)
        hasPolled = true
      } else if wait == .messages {
        // It is busy until then, and polls nothing.
        consumers[consumer].isBusy = true
        readers.consumers[consumer].life &+= 1
        readers.consumers[consumer].wait = .nothing
      }
    }
    guard hasPolled else { return }
    readers.advance(to: now)
    followReaders()
  }
}
