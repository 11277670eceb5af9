import KafkaModel
import Testing
import TimeUnits

/// A group whose members poll as soon as they notice a rebalance, and every now and then.
struct GroupRun {
  var group: ConsumerGroup
  var log: [GroupOutcome] = []
  /// Members that do not poll.
  var silent: Set<Int> = []

  init(
    partitions: Int, _ strategy: AssignmentStrategy = .range,
    change: (inout ConsumerGroupSettings) -> Void = { _ in }
  ) {
    var settings = ConsumerGroupSettings()
    settings.strategy = strategy
    change(&settings)
    group = ConsumerGroup(partitions: TopicPartitions(count: partitions), settings: settings)
  }

  /// A group of so many members at rest: at 20 s everything is assigned.
  static func settled(
    members: Int, partitions: Int, _ strategy: AssignmentStrategy = .range
  ) -> GroupRun {
    var run = GroupRun(partitions: partitions, strategy)
    for member in 0..<members { run.group.join(member, at: .zero) }
    run.advance(to: .seconds(20))
    run.log = []
    return run
  }

  mutating func advance(to time: SimulationTime) {
    while let next = group.nextTime, next <= time {
      group.advance(to: next)
      collect()
    }
    group.advance(to: time)
    collect()
  }

  mutating func collect() {
    while let outcome = group.takeOutcome() {
      log.append(outcome)
      if case .noticed(let member) = outcome.change, !silent.contains(member) {
        _ = group.poll(member, at: outcome.time)
      }
    }
  }

  /// Everybody alive polls at a time.
  mutating func pollAll(_ members: [Int], at time: SimulationTime) {
    advance(to: time)
    for member in members where !silent.contains(member) { _ = group.poll(member, at: time) }
    collect()
  }

  /// A member polls, and gets this answer.
  mutating func expectPoll(
    _ member: Int, at time: SimulationTime, _ expected: PollAnswer,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    advance(to: time)
    let answer = group.poll(member, at: time)
    collect()
    #expect(answer == expected, sourceLocation: sourceLocation)
  }

  /// When rebalances ended.
  var ends: [SimulationTime] {
    log.compactMap { outcome in
      if case .rebalanceEnded = outcome.change { outcome.time } else { nil }
    }
  }

  /// When members were removed, and why.
  var removals: [(time: SimulationTime, member: Int, reason: RemovalReason)] {
    log.compactMap { outcome in
      guard case .removed(let member, _, let reason) = outcome.change else { return nil }
      return (outcome.time, member, reason)
    }
  }

  /// How long each partition had no owner, of the time that the log covers.
  func stalls(_ partitions: Int) -> [Duration] {
    var since: [SimulationTime?] = Array(repeating: nil, count: partitions)
    var result = Array(repeating: Duration.zero, count: partitions)
    for outcome in log {
      switch outcome.change {
      case .revoked(_, let lost), .removed(_, let lost, _):
        for partition in lost { since[partition] = outcome.time }
      case .assigned(_, let gained, _):
        for partition in gained {
          if let from = since[partition] { result[partition] += outcome.time - from }
          since[partition] = nil
        }
      default: break
      }
    }
    return result
  }
}

extension SimulationTime {
  static func milliseconds(_ count: Int64) -> SimulationTime {
    SimulationTime(nanoseconds: count * 1_000_000)
  }
}
