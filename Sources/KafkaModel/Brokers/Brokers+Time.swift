public import TimeUnits

extension Brokers {
  /// A broker's process dies.
  ///
  /// - Complexity: O(partitions).
  public mutating func brokerLost(_ broker: Int, at time: SimulationTime) {
    advance(to: time)
    guard isLive[broker] else { return }
    isLive[broker] = false
    epochs[broker] += 1
    guard isKnown[broker] else { return }
    plan(.lost, broker, after: settings.sessionTimeout + work(on: broker))
  }

  /// A broker is shut down in the controlled way: its partitions get other leaders first.
  ///
  /// - Complexity: O(partitions × replicas).
  public mutating func brokerStopped(_ broker: Int, at time: SimulationTime) {
    advance(to: time)
    guard isLive[broker] else { return }
    isLive[broker] = false
    epochs[broker] += 1
    if isKnown[broker] { remove(broker) }
  }

  /// A broker's process runs again.
  ///
  /// - Parameter catchUp: How long its replicas need to catch up with their leaders before they
  ///   are in sync, by default `catchUpTime`; it depends on what was written meanwhile.
  /// - Complexity: O(partitions).
  public mutating func brokerReturned(
    _ broker: Int, at time: SimulationTime, catchUp: Duration? = nil
  ) {
    advance(to: time)
    guard !isLive[broker] else { return }
    isLive[broker] = true
    epochs[broker] += 1
    // One that nobody has missed keeps its place among the replicas in sync, where it has one.
    let work = isKnown[broker] ? .zero : work(on: broker)
    if !isKnown[broker] { plan(.returned, broker, after: work) }
    plan(.caughtUp, broker, after: work + (catchUp ?? settings.catchUpTime))
  }

  /// When something happens next if nobody calls; nil if nothing ever will.
  ///
  /// - Complexity: O(1).
  public var nextTime: SimulationTime? {
    let next = min(tasks.last?.time ?? .max, imbalanceCheck ?? .max)
    return next == .max ? nil : SimulationTime(nanoseconds: next)
  }

  /// Lets time pass. A time before the present one does nothing.
  ///
  /// - Complexity: O(events × partitions × replicas).
  public mutating func advance(to time: SimulationTime) {
    while let next = nextTime, next <= time {
      if let task = tasks.last, task.time == next.nanoseconds {
        tasks.removeLast()
        now = task.time
        if task.epoch == epochs[task.broker] { finish(task) }
      } else {
        now = next.nanoseconds
        restorePreferredLeaders()
      }
    }
    now = max(now, time.nanoseconds)
  }

  private mutating func finish(_ task: Task) {
    switch task.kind {
    case .lost: remove(task.broker)
    case .returned: add(task.broker)
    case .caughtUp: joinInSync(task.broker)
    }
  }

  mutating func plan(_ kind: Task.Kind, _ broker: Int, after span: Duration) {
    guard
      !tasks.contains(where: {
        $0.kind == kind && $0.broker == broker && $0.epoch == epochs[broker]
          && $0.time >= now + span.nanoseconds
      })
    else { return }
    let task = Task(
      time: now + span.nanoseconds, kind: kind, broker: broker, epoch: epochs[broker])
    // Of tasks of one instant the first planned is the first done.
    let place = tasks.firstIndex { $0.time <= task.time } ?? tasks.endIndex
    tasks.insert(task, at: place)
  }

  /// The controller's work for all partitions of a broker.
  private func work(on broker: Int) -> Duration {
    let count = (0..<placement.partitionCount)
      .count { placement.replicas(of: $0).contains(broker) }
    return settings.electionTime * count
  }

  /// The next look at who leads, if it could change anything: on a grid from the start.
  private var imbalanceCheck: Int64? {
    guard settings.rebalancesLeaders, displaced > 0 else { return nil }
    let (start, interval) =
      (
        settings.imbalanceCheckStart.nanoseconds, settings.imbalanceCheckInterval.nanoseconds
      )
    return now < start ? start : start + ((now - start) / interval + 1) * interval
  }
}
