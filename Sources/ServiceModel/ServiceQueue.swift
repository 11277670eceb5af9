public import TimeUnits

/// The requests inside one container: processor sharing under the CPU it is granted and its quota.
///
/// Every request is one thread, so each of *n* in service runs on min(1, cores/*n*) of a core: what
/// Linux' fair scheduler gives threads of one cgroup on average. A container with a quota is
/// throttled besides (see `CPUBandwidth`).
///
/// ```swift
/// var queue = ServiceQueue(quotaCores: 0.5)
/// queue.arrive(1, cpuSeconds: 0.08, at: .zero)
/// while let time = queue.nextTime {   // throttled at 50 ms, on again at 100 ms
///   queue.advance(to: time)
///   while let (id, arrived) = queue.takeFinished() { … }   // request 1, at 130 ms
/// }
/// ```
///
/// Whoever owns the queue tells it the time: `advance(to:)` before every change and at `nextTime`,
/// takes what has finished, and looks at `nextTime` and `demand` again after each change. Who comes
/// late misses nothing, and looking changes nothing: how often the queue is advanced moves no
/// completion. A value: a copy continues identically.
///
/// The queue moves in closed form from change to change, by the service that each request has
/// attained. Its own instants are not rounded; only what it reports is, once, up to the next
/// nanosecond. A double tells a nanosecond apart until a busy period has lasted 2⁵³ ns, 104 days.
public struct ServiceQueue: Sendable {
  /// How many requests are worked on at once; the others wait, first in, first out.
  let workers: Int
  /// CPU seconds' worth of work that a core does in a second: 1 on the machine of reference.
  public internal(set) var speed: Double
  /// What the node grants; without bound before the first `grant`.
  public internal(set) var cores = Double.infinity
  /// The time advanced to.
  public internal(set) var now: SimulationTime

  // All below holds at the anchor, the instant of the last change: `anchor` + `fraction`
  // nanoseconds. CPU time and work are in nanoseconds too, so that whole ones stay exact.
  var anchor: Int64
  var fraction = 0.0
  /// What each request would have been given that was here since the queue was last empty.
  var attained = 0.0
  /// Work per nanosecond for each request in service, and the cores that all of them use.
  var rate = 0.0
  var usage = 0.0
  var used = 0.0
  var bandwidth: CPUBandwidth?

  // What happens next by itself, `span` nanoseconds after the anchor, reported at `due`.
  var next = Happening.nothing
  var span = Double.infinity
  var due = Int64.max

  /// A binary heap: the first to finish is the first.
  var serving: [Request] = []
  var line = Ring<Request>()
  var finished = Ring<Request>()
  var arrivals: UInt64 = 0

  /// The requests that were completed since the start.
  public internal(set) var completed = 0

  /// An empty container, made at `start`.
  ///
  /// - Parameters:
  ///   - workers: requests worked on at once, at least 1; by default all.
  ///   - quotaCores: the CPU limit in cores, above 0; none by default. A quota below 1 ms a period
  ///     is raised to it, as the kubelet does ([36] `MinQuotaPeriod`, `pkg/kubelet/cm`).
  ///   - periodSeconds: the quota's period, at least 1 ms; the kubelet's is 100 ms.
  ///   - speed: work per core and second, 1 by default.
  ///   - start: from which the periods are counted; the start of the run by default.
  public init(
    workers: Int? = nil, quotaCores: Double? = nil, periodSeconds: Double = 0.1,
    speed: Double = 1, start: SimulationTime = .zero
  ) {
    precondition(workers ?? 1 >= 1, "a container works on at least one request")
    precondition(speed >= 0 && speed.isFinite, "a speed is a finite number from 0")
    self.workers = workers ?? .max
    self.speed = speed
    self.now = start
    self.anchor = start.nanoseconds
    self.bandwidth = quotaCores.map {
      CPUBandwidth(quotaCores: $0, periodSeconds: periodSeconds, start: start.nanoseconds)
    }
  }
}

// MARK: What it shows

extension ServiceQueue {
  /// Cores it would use now if nobody else ran: one for each request in service, 0 while throttled.
  public var demand: Double { isThrottled ? 0 : Double(serving.count) }

  /// The next completion, throttling or end of it under the present grant; nil if nothing happens
  /// by itself. Never before `now`, and after `advance(to:)` never `now`.
  public var nextTime: SimulationTime? {
    due == .max ? nil : SimulationTime(nanoseconds: due)
  }

  /// The requests that are worked on.
  public var inService: Int { serving.count }

  /// The requests that wait for a worker.
  public var waiting: Int { line.count }

  /// Whether the quota of this period is used up and the container stands still.
  public var isThrottled: Bool { bandwidth?.isThrottled ?? false }

  /// CPU seconds used since the start, as `cpu.stat` counts them: cores times seconds, whatever
  /// their speed.
  public var cpuSeconds: Double { (used + usage * sinceAnchor) / 1e9 }

  /// The quota's periods that ended and in which there was something to run; 0 without a quota.
  public var periods: Int {
    bandwidth?.periods(by: now.nanoseconds, isBusy: !serving.isEmpty) ?? 0
  }

  /// Those of the periods that ended throttled.
  public var throttledPeriods: Int { bandwidth?.throttledPeriods ?? 0 }

  /// How long the container stood throttled, in seconds of time and not of its threads.
  public var throttledSeconds: Double {
    guard let bandwidth else { return 0 }
    return (bandwidth.throttledTime + (bandwidth.isThrottled ? sinceAnchor : 0)) / 1e9
  }

  /// CPU seconds of work still to do for all that are here, those in line included.
  ///
  /// - Complexity: O(n).
  public var backlogSeconds: Double {
    let level = attained + rate * sinceAnchor
    let begun = serving.reduce(0) { $0 + max(0, $1.work - level) }
    return (begun + line.reduce(0) { $0 + $1.work }) / 1e9
  }

  /// Nanoseconds from the anchor to `now`; the anchor may be a hair later.
  var sinceAnchor: Double { max(0, Double(now.nanoseconds &- anchor) - fraction) }
}
