import Glibc
import TimeUnits

// When consumers last committed: what is not committed when a pod ends comes again.
extension FlowMachine {
  /// Auto-commits come at the first poll after the interval: a consumer's last one, and how
  /// uncertain that is by now.
  struct CommitPhase {
    /// Seconds since the last commit, and how probable each is.
    var ages: [(age: Double, weight: Double)]

    init(_ ages: [(age: Double, weight: Double)]) {
      let total = ages.reduce(0) { $0 + $1.weight }
      self.ages = ages.map { ($0.age, $0.weight / total) }
    }
  }

  /// Follows the commits of consumers whose rates have held until now.
  ///
  /// Without a backlog a poll waits for a message, so each period takes an interval and an
  /// exponential rest; with one it takes whole polls.
  mutating func followCommits() {
    let now = now.nanoseconds
    let interval = settings.pod.autoCommitInterval.nanoseconds
    for consumer in consumers.indices where pods[consumers[consumer].pod].isAlive {
      let rate = rate(of: consumer)
      defer { consumers[consumer].ratesSince = now }
      guard rate > 0 else { continue }
      let since = consumers[consumer].ratesSince
      guard let last = consumers[consumer].committedAt else {
        consumers[consumer].committedAt = since
        continue
      }
      // After a rest the first poll commits.
      if consumers[consumer].isResting, since - last >= interval {
        consumers[consumer].committedAt = since
        consumers[consumer].commitSpread = 0
      }
      consumers[consumer].isResting = false
      if consumers[consumer].isLagging {
        // So many messages do not take the same time each time.
        let dispersion = pods[consumers[consumer].pod].figures.dispersion
        consumers[consumer].commitSpread += dispersion * Double(now - since) / 1e9 / rate
      }
      if consumers[consumer].isFluid {
        followPolls(of: consumer, rate, from: since)
        continue
      }
      if consumers[consumer].isLagging { continue }
      let period = commitPeriod(consumer, rate)
      let count = (Double(now - consumers[consumer].committedAt!) / 1e9 / period).rounded(.down)
      consumers[consumer].committedAt! += Int64(count * period * 1e9)
      let gap = pollGap(consumer, rate)
      consumers[consumer].commitSpread += count * gap * gap
    }
    // One that pauses with messages in hand has them before it polls again.
    for consumer in consumers.indices where rate(of: consumer) == 0 {
      consumers[consumer].isResting = consumers[consumer].batch.isEmpty
    }
  }

  /// Full polls since a time at a constant rate, and the commits among them.
  private mutating func followPolls(of consumer: Int, _ rate: Double, from since: Int64) {
    let most = Double(settings.pod.maxPollRecords)
    let gap = most / rate
    let passed = Double(now.nanoseconds - since) / 1e9
    // Seconds from `since`.
    let first = consumers[consumer].untilPoll / rate
    guard first <= passed else {
      consumers[consumer].untilPoll -= passed * rate
      return
    }
    let polls = ((passed - first) / gap).rounded(.down) + 1
    consumers[consumer].untilPoll += polls * most - passed * rate
    let last = consumers[consumer].committedAt ?? .min / 2
    let interval = settings.pod.autoCommitInterval
    let due = max(-1e9, Double(last - since) / 1e9 + interval.secondsValue)
    let commit = first + max(0, ((due - first) / gap).rounded(.up)) * gap
    guard commit <= passed else { return }
    let period = commitPeriod(consumer, rate)
    let count = ((passed - commit) / period).rounded(.down)
    consumers[consumer].committedAt = since + Int64((commit + count * period) * 1e9)
  }

  /// A poll that is counted: it commits if the interval has passed.
  mutating func notePoll(of consumer: Int) {
    let interval = settings.pod.autoCommitInterval.nanoseconds
    if let last = consumers[consumer].committedAt, now.nanoseconds - last < interval { return }
    consumers[consumer].committedAt = now.nanoseconds
  }

  /// - Parameter ahead: so many seconds from now.
  func commitPhase(of consumer: Int, _ rate: Double, ahead: Double = 0) -> CommitPhase {
    let period = commitPeriod(consumer, rate)
    let last = consumers[consumer].committedAt ?? now.nanoseconds
    let passed = Double(now.nanoseconds - last) / 1e9 + ahead
    let deviation = min(consumers[consumer].commitSpread.squareRoot(), 2 * period)
    var ages: [(age: Double, weight: Double)] = []
    let gap = pollGap(consumer, rate)
    if consumers[consumer].isLagging, deviation > Self.sureOfCommits,
      gap < 0.999 * Double(settings.pod.maxPollRecords) / rate
    {
      // Polls bring what has come since the last one, ever more or ever less: the interval ends
      // anywhere between two of them.
      let interval = settings.pod.autoCommitInterval.secondsValue
      for step in 0..<96 {
        let age = (Double(step) + 0.5) / 96 * (interval + gap)
        ages.append((age, age < interval ? 1 : (interval + gap - age) / gap))
      }
      return CommitPhase(ages)
    }
    for step in -48...48 {
      let place = Double(step) / 16
      var age = passed + place * deviation
      age -= (age / period).rounded(.down) * period
      ages.append((age, exp(-place * place / 2)))
    }
    return CommitPhase(ages)
  }

  func rate(of consumer: Int) -> Double {
    readers.owned[consumer].reduce(0) { $0 + partitions[Int($1)].rate }
  }

  /// Seconds between polls: a buffer's worth with a backlog, a message's without.
  func pollGap(_ consumer: Int, _ rate: Double) -> Double {
    let owned = readers.owned[consumer]
    let content = owned.reduce(0.0) { $0 + self.content(Int($1)) }
    let most = Double(settings.pod.maxPollRecords)
    return (consumers[consumer].isLagging ? max(1, min(most, content)) : 1) / rate
  }

  /// Seconds between commits.
  private func commitPeriod(_ consumer: Int, _ rate: Double) -> Double {
    let gap = pollGap(consumer, rate)
    let interval = settings.pod.autoCommitInterval.secondsValue
    return consumers[consumer].isLagging ? gap * (interval / gap).rounded(.up) : interval + gap
  }
}
