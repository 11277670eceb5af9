public import TimeUnits

/// What a queue does by itself.
enum Happening {
  case nothing
  case completion
  case throttling
  case unthrottling
}

/// Nanoseconds below which two instants are one: so much later than a whole nanosecond is still
/// that one, and a request that is done as the quota ends is done.
///
/// Far above the rounding of a double for a busy period of hours, far below anything to be seen.
let hair = 0x1p-10

extension ServiceQueue {
  /// Lets time pass under the present grant. The past traps.
  ///
  /// - Complexity: O(log *n*) for each completion by then, O(1) for each throttling and its end;
  ///   O(1) if nothing happens.
  public mutating func advance(to time: SimulationTime) {
    precondition(time >= now, "a queue cannot go back in time")
    while due <= time.nanoseconds { happen() }
    now = time
  }

  /// The node grants so many cores from `now` on, on which work goes on at `speed`; the speed stays
  /// as it is by default. Both from 0; cores may be infinite.
  ///
  /// - Complexity: O(1).
  public mutating func grant(cores: Double, speed: Double? = nil) {
    let speed = speed ?? self.speed
    precondition(cores >= 0, "granted cores are a number from 0")
    precondition(speed >= 0 && speed.isFinite, "a speed is a finite number from 0")
    guard cores != self.cores || speed != self.speed else { return }
    moveAnchor()
    self.cores = cores
    self.speed = speed
    foresee()
    throttleIfEmpty()
  }

  /// The next happening takes place.
  private mutating func happen() {
    switch next {
    case .completion:
      moveAnchor(by: span)
      let first = serving[0]
      withdraw(at: 0)
      // Exactly, so that those done at the same level are done at the same instant.
      attained = first.work
      finished.append(first)
      completed += 1
      admit()
    case .throttling:
      moveAnchor(by: span)
      bandwidth?.throttle()
    case .unthrottling:
      moveAnchor(by: span, to: due, fraction: 0)
      bandwidth?.unthrottle(isBusy: !serving.isEmpty)
    case .nothing:
      break
    }
    foresee()
  }

  /// A container without runtime left stops at once.
  mutating func throttleIfEmpty() {
    if next == .throttling, due <= now.nanoseconds { happen() }
  }
}

// MARK: The anchor

extension ServiceQueue {
  /// Moves the anchor to `now`, before a change.
  mutating func moveAnchor() {
    let span = sinceAnchor
    if span > 0 { moveAnchor(by: span, to: now.nanoseconds, fraction: 0) }
  }

  private mutating func moveAnchor(by span: Double) {
    // A conversion is cheaper than `rounded`, which is a call into the mathematical library.
    let offset = fraction + span
    let whole = Int64(offset)
    moveAnchor(by: span, to: anchor + whole, fraction: offset - Double(whole))
  }

  private mutating func moveAnchor(by span: Double, to instant: Int64, fraction: Double) {
    attained += rate * span
    used += usage * span
    anchor = instant
    self.fraction = fraction
    bandwidth?.pass(
      span, usage: usage, isBusy: !serving.isEmpty, until: instant, fraction: fraction)
  }

  /// Sets the rates from the anchor on, and what happens next under them.
  mutating func foresee() {
    rate = 0
    usage = 0
    next = .nothing
    span = .infinity
    if isThrottled, let end = bandwidth?.end {
      next = .unthrottling
      span = Double(end - anchor) - fraction
      due = end
      return
    }
    if !serving.isEmpty {
      let threads = Double(serving.count)
      usage = min(threads, cores)
      rate = cores >= threads ? speed : cores / threads * speed
      if rate > 0 {
        next = .completion
        span = max(0, (serving[0].work - attained) / rate)
      }
      if usage > 0,
        let limit = bandwidth?.spanUntilEmpty(usage: usage, from: anchor, fraction: fraction),
        limit + hair < span
      {
        next = .throttling
        span = limit
      }
    }
    due = Self.whole(after: fraction + span - hair, from: anchor)
    if due == .max { next = .nothing }
  }

  /// The first whole nanosecond at or after so many; the greatest if there is none.
  private static func whole(after offset: Double, from anchor: Int64) -> Int64 {
    guard offset < 0x1p62 else { return .max }
    let whole = Int64(offset)
    let (sum, overflow) = anchor.addingReportingOverflow(Double(whole) < offset ? whole + 1 : whole)
    return overflow ? .max : sum
  }
}
