public import TimeUnits

extension ConsumerGroup {
  /// When something happens next if nobody calls; nil if nothing ever will. At times it is only a
  /// look at who has polled, and nothing is reported.
  ///
  /// - Complexity: O(dead members).
  public var nextTime: SimulationTime? {
    let next = min(pollCheck, removals, notices.last?.time ?? .distantFuture, stateDeadline)
    return next == .distantFuture ? nil : max(next, now)
  }

  /// Lets time pass. A time before the present one does nothing.
  ///
  /// What falls on one instant happens in this order: removals of dead members, then of those that
  /// do not poll, then heartbeats, then the end of a phase.
  ///
  /// - Complexity: O(events × members).
  public mutating func advance(to time: SimulationTime) {
    while let next = nextTime, next <= time {
      now = max(now, next)
      step()
    }
    now = max(now, time)
  }

  /// Handles one event that is due.
  private mutating func step() {
    if removals <= now {
      guard let member = dead.first(where: { sessionDeadline(of: $0) <= now }) else { return }
      remove(member, .sessionTimeout)
      endIfAllJoined()
    } else if pollCheck <= now {
      checkPolls()
      endIfAllJoined()
    } else if let notice = notices.last, notice.time <= now {
      notices.removeLast()
      guard table[notice.member].phase == .stable, table[notice.member].isAlive else { return }
      setPhase(.noticed, of: notice.member)
      report(.noticed(member: notice.member))
    } else if case .completing = state {
      distribute()
      endIfAllJoined()
    } else {
      joinDeadlineReached()
    }
  }

  /// The end of the phase that the group is in.
  private var stateDeadline: SimulationTime {
    switch state {
    case .empty, .stable: .distantFuture
    case .preparing(_, let deadline, _): deadline
    case .completing(_, let end): end ?? .distantFuture
    }
  }

  /// When the next dead member is noticed.
  private var removals: SimulationTime {
    dead.reduce(.distantFuture) { min($0, sessionDeadline(of: $1)) }
  }

  private func sessionDeadline(of member: Int) -> SimulationTime {
    // A request that waits in the join phase keeps its sender alive.
    table[member].phase == .joining
      ? .distantFuture : table[member].contact + settings.sessionTimeout
  }

  /// Puts those out whose last poll is too old, and finds when the next could be.
  private mutating func checkPolls() {
    for member in members where table[member].hasPollDeadline {
      if table[member].lastPoll + settings.maxPollInterval <= now { remove(member, .pollTimeout) }
    }
    pollCheck = .distantFuture
    for member in members where table[member].hasPollDeadline {
      pollCheck = min(pollCheck, table[member].lastPoll + settings.maxPollInterval)
    }
  }
}
