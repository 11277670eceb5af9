import Probability
import TimeUnits

// How a backlog is worked off: one poll's messages after another, as consumers do.
extension FlowMachine {
  /// Messages that a consumer has and has not checked.
  func held(by consumer: Int) -> Double {
    var sum = 0.0
    var seen: [(partition: Int, upTo: Double)] = []
    for part in consumers[consumer].batch {
      let from =
        seen.last { $0.partition == part.partition }?.upTo ?? partitions[part.partition].done
      sum += max(0, part.upTo - from)
      seen.append((part.partition, part.upTo))
    }
    return sum
  }

  /// Rates of a consumer with a backlog that checks so many a second, and when they change.
  ///
  /// It polls when its last messages are in threads.
  mutating func drain(_ reader: Reader, _ rate: Double) {
    let consumer = reader.consumer
    for partition in reader.partitions { partitions[partition].mode = .lagging }
    consumers[consumer].isInThreads = false
    if isFluid(reader, rate) { return drainTogether(reader, rate) }
    if consumers[consumer].isFluid { gather(consumer, reader.partitions) }
    if isByChance(consumer) { return drainByChance(reader, rate) }
    let threads = threadShare(of: consumer)
    let content = reader.partitions.reduce(0.0) { $0 + self.content($1) }
    if content <= threads { return drainThreads(reader, rate, content: content, threads: threads) }
    prune(consumer)
    if held(by: consumer) <= threads + 1e-6 { poll(consumer, reader.partitions) }
    guard let head = consumers[consumer].batch.first, rate > 0 else { return }
    partitions[head.partition].rate = rate
    let held = held(by: consumer)
    change(after: max(0, head.upTo - partitions[head.partition].done) / rate)
    if held > threads + 1e-6 { change(after: (held - threads) / rate) }
  }

  /// All that a consumer has is in threads: they fill up, or empty.
  private mutating func drainThreads(
    _ reader: Reader, _ rate: Double, content: Double, threads: Double
  ) {
    let count = Double(reader.partitions.count)
    let coming = arrivals * count
    forget(reader.consumer)
    consumers[reader.consumer].isInThreads = true
    let least = coming * Double(readers.appendDelay) / 1e9
    let rate = content <= least * (1 + 1e-6) ? min(rate, coming) : rate
    for partition in reader.partitions { partitions[partition].rate = rate / count }
    if rate < coming { change(after: max(1e-6, (threads - content) / (coming - rate))) }
    if rate > coming { change(after: max(1e-6, (content - least) / (rate - coming))) }
  }

  /// A consumer with a backlog polls if it has to; returns whether there still is one.
  mutating func keepsUp(_ consumer: Int, _ owned: [Int], threads: Double, little: Double) -> Bool {
    if consumers[consumer].isFluid {
      if owned.reduce(0, { $0 + content($1) }) > lastPolls { return true }
      gather(consumer, owned)
    }
    prune(consumer)
    if pods[consumers[consumer].pod].chance?.isOver(little) == true {
      release(consumer)
      return false
    }
    if isByChance(consumer) { return true }
    guard held(by: consumer) <= threads + 1e-6 else { return true }
    if poll(consumer, owned) >= little { return true }
    // What is in threads takes its time: they end one after the other.
    let left = owned.reduce(0.0) { $0 + content($1) }
    let rest = busyBase(consumers[consumer].pod) * Double(owned.count)
    if left > rest + 1 { return true }
    release(consumer)
    return false
  }

  /// Consumers that were current take what has come by chance when a backlog begins; from then on
  /// their turns to poll differ. Here they differ evenly.
  private mutating func takeTurn(_ consumer: Int, available: Double) -> Double {
    guard !consumers[consumer].hasTurn, available > threadShare(of: consumer) else { return 1 }
    consumers[consumer].hasTurn = true
    // Nobody knows which turn it is in truth.
    consumers[consumer].commitSpread = .infinity
    return max(0.1, Self.place(consumer))
  }

  /// Takes off what is checked.
  private mutating func prune(_ consumer: Int) {
    while let head = consumers[consumer].batch.first,
      partitions[head.partition].done >= head.upTo - 1e-6
    {
      consumers[consumer].batch.removeFirst()
    }
  }

  /// A poll: what the partitions have, in turn, until it is full; returns how many.
  @discardableResult
  mutating func poll(_ consumer: Int, _ owned: [Int]) -> Double {
    notePoll(of: consumer)
    let available = now.nanoseconds - readers.appendDelay
    let expected = available > 0 ? curve.expected(at: available) : 0
    let most = Double(settings.pod.maxPollRecords)
    let all = owned.reduce(0.0) {
      $0 + max(0, expected - max(partitions[$1].polled, partitions[$1].done))
    }
    let part = takeTurn(consumer, available: all)
    var count = 0.0
    var turn = consumers[consumer].rotation
    for _ in owned {
      if turn >= owned.count { turn = 0 }
      let partition = owned[turn]
      let from = max(partitions[partition].polled, partitions[partition].done)
      let room = fetchRoom - consumers[consumer].fetched
      let amount = min(part * max(0, expected - from), most - count, room)
      if amount > 1e-9 {
        count += amount
        partitions[partition].polled = from + amount
        consumers[consumer].batch.append(
          FlowConsumer.Part(partition: partition, upTo: from + amount))
      }
      consumers[consumer].fetched += max(0, amount)
      let isFull = count >= most - 1e-9
      if isFull, consumers[consumer].fetched < fetchRoom - 1e-9 { break }
      turn += 1
      consumers[consumer].fetched = 0
      if isFull { break }
    }
    consumers[consumer].rotation = turn
    return count
  }

  private mutating func forget(_ consumer: Int) {
    for part in consumers[consumer].batch { partitions[part.partition].polled = 0 }
    consumers[consumer].batch = []
  }

  /// A consumer has nothing left that it would have to catch up with.
  mutating func release(_ consumer: Int) {
    // The last polls bring less and less, and which one commits depends on some milliseconds.
    if consumers[consumer].commitSpread.squareRoot() > Self.sureOfCommits {
      consumers[consumer].commitSpread += Self.lastPollsSpread
    }
    forget(consumer)
    consumers[consumer].isInThreads = false
    consumers[consumer].isFluid = false
    consumers[consumer].turn = nil
    consumers[consumer].fetched = 0
  }

  /// If it is less sure than this when a consumer with a backlog polls, in seconds, nobody knows
  /// when it commits after its last polls. Assumed: a twentieth of the default interval.
  static let sureOfCommits = 0.05

  /// What the last polls of a backlog add to the variance of a commit's time, in s². Assumed: a
  /// tenth of the default interval, squared.
  private static let lastPollsSpread = 0.01

  /// A rebalance begins: consumers that began a backlog in step have parted meanwhile, as chance
  /// has it; the one with most left to hand over decides how long all wait. Here they part evenly,
  /// as far as a normal law of the variance that they have come to goes.
  mutating func part() {
    let lagging = consumers.indices.filter {
      consumers[$0].isLagging && readers.consumers[$0].isAlive && rate(of: $0) > 0
    }
    guard let chance = try? Normal(mean: 0, standardDeviation: 1) else { return }
    let most = Double(settings.pod.maxPollRecords)
    // In an order in which neighbors, which share a pod, are far apart.
    let order = lagging.indices.sorted { Self.place($0) < Self.place($1) }
    for (rank, index) in order.enumerated() {
      let consumer = lagging[index]
      let deviation = consumers[consumer].commitSpread.squareRoot() * rate(of: consumer)
      let threads = threadShare(of: consumer)
      let left =
        consumers[consumer].isFluid
        ? consumers[consumer].untilPoll : max(0, held(by: consumer) - threads)
      let share = (Double(rank) + 0.5) / Double(lagging.count)
      let shift = deviation < most ? deviation * chance.quantile(share) : most * share
      var new = (left + shift).truncatingRemainder(dividingBy: most)
      if new < 0 { new += most }
      consumers[consumer].untilPoll = new
      if consumers[consumer].isFluid { continue }
      gather(consumer, readers.owned[consumer].map { Int($0) })
    }
  }

  private static func place(_ number: Int) -> Double {
    let place = Double(number) * 0.618033988749895
    return place - place.rounded(.down)
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
      let threads = threadShare(of: consumer)
      if held(by: consumer) <= threads + 1e-6 {
        guard consumers[consumer].isBusy else { continue }
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
