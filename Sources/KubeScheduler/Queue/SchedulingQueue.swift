public import TimeUnits

/// The pods that wait to be scheduled: ready, backing off, or unschedulable until something
/// happens.
///
/// A value without a clock: every operation is told the time, which must not run backward.
/// Follows `pkg/scheduler/backend/queue` of kube-scheduler 1.36. Equal pods come out in the order
/// in which they went in; the real order of equals is arbitrary.
public struct SchedulingQueue: Sendable {
  /// Where a pod waits.
  public enum Place: Sendable, Hashable {
    case active
    case backoff
    case unschedulable
    /// Held back by its scheduling gates.
    case gated
    /// Popped, and neither requeued nor done yet.
    case inFlight
  }

  struct Entry: Sendable {
    var priority: Int32
    /// Of the last failure, or of the arrival.
    var timestamp: SimulationTime
    var place: Place
    /// The item that stands for this entry in a heap; others of the same key are stale.
    var ticket: UInt64 = 0
    var attempts = 0
    var unschedulableCount = 0
    var errorCount = 0
    var rejectedBy: [PluginName] = []
    /// In flight: how many events had happened when it was popped.
    var firstEvent = 0
  }

  public let options: QueueOptions
  var entries: [UInt32: Entry] = [:]
  var active = QueueHeap()
  var backoff = QueueHeap()
  var errorBackoff = QueueHeap()
  var unschedulable = UnschedulableList()
  var tickets: UInt64 = 0
  var inFlightCount = 0
  /// What has happened since the oldest pod in flight was popped.
  var events: [ClusterEvent] = []
  var eventsDropped = 0
  private var counts = PlaceCounts()
  private var rejections = RejectionCounts()

  public init(_ options: QueueOptions = .kubernetes1_36) { self.options = options }

  // MARK: Reading

  /// Whether a pod is between `pop` and its requeueing or `done`.
  public var hasInFlight: Bool { inFlightCount > 0 }

  /// How many pods are ready.
  public var activeCount: Int { counts.active }
  /// How many pods back off.
  public var backoffCount: Int { counts.backoff }
  /// How many pods wait for something to happen, gated ones included.
  public var unschedulableCount: Int { counts.unschedulable }

  /// Where a pod waits; nil if it is not here.
  public func place(of key: UInt32) -> Place? { entries[key]?.place }

  /// How often a pod has been popped.
  public func attempts(of key: UInt32) -> Int { entries[key]?.attempts ?? 0 }

  /// The plugins that rejected a pod at its last attempt.
  public func rejectingPlugins(of key: UInt32) -> [PluginName] { entries[key]?.rejectedBy ?? [] }

  /// When `pop` may next return a pod without anything else happening; nil: not by itself.
  public mutating func nextWakeUp(after now: SimulationTime) -> SimulationTime? {
    if counts.active > 0 { return now }
    var next: SimulationTime?
    dropStale(\.backoff)
    dropStale(\.errorBackoff)
    if let item = backoff.top {
      if options.popsFromBackoff { return now }
      next = Self.tick(
        atOrAfter: max(SimulationTime(nanoseconds: item.first), now), options.backoffPeriod)
    }
    if let item = errorBackoff.top {
      let end = max(SimulationTime(nanoseconds: item.first), now)
      next = earliest(next, Self.tick(atOrAfter: end, options.backoffPeriod))
    }
    if let limit = options.unschedulableLimit, let oldest = oldestUnschedulable() {
      let due = max(oldest.timestamp.advanced(by: limit).advanced(byNanoseconds: 1), now)
      next = earliest(next, Self.tick(atOrAfter: due, options.unschedulablePeriod))
    }
    return next
  }

  private mutating func oldestUnschedulable() -> Entry? {
    let entries = entries
    return unschedulable.first { key, ticket in
      entries[key].map { $0.place == .unschedulable && $0.ticket == ticket } ?? false
    }.flatMap { entries[$0] }
  }

  // MARK: Coming and going

  /// Adds a new pod; one with scheduling gates waits for `ungate`.
  public mutating func add(
    _ key: UInt32, priority: Int32, gated: Bool = false, now: SimulationTime
  ) {
    delete(key)
    let entry = Entry(priority: priority, timestamp: now, place: .gated)
    entries[key] = entry
    counts.change(.gated, by: 1)
    if gated {
      entries[key]?.rejectedBy = [.schedulingGates]
    } else {
      moveToActive(key)
    }
  }

  /// Frees a pod whose gates are gone.
  public mutating func ungate(_ key: UInt32, now: SimulationTime) {
    guard entries[key]?.place == .gated else { return }
    entries[key]?.rejectedBy = []
    entries[key]?.timestamp = now
    moveToActive(key)
  }

  /// Takes the next pod, if one is ready: the highest priority, and of those the first. It is in
  /// flight until `requeue…` or `done`.
  public mutating func pop(now: SimulationTime) -> UInt32? {
    flush(now: now)
    while let item = active.pop() {
      if isLive(item, .active) { return takeOff(item.key) }
    }
    while options.popsFromBackoff, let item = backoff.pop() {
      if isLive(item, .backoff) { return takeOff(item.key) }
    }
    return nil
  }

  private mutating func takeOff(_ key: UInt32) -> UInt32 {
    set(key, .inFlight)
    entries[key]?.attempts += 1
    entries[key]?.rejectedBy = []
    entries[key]?.firstEvent = eventsDropped + events.count
    inFlightCount += 1
    return key
  }

  /// The pod is bound, or gone for good.
  public mutating func done(_ key: UInt32) { delete(key) }

  /// Forgets a pod wherever it is.
  public mutating func delete(_ key: UInt32) {
    guard let entry = entries.removeValue(forKey: key) else { return }
    counts.change(entry.place, by: -1)
    if entry.place == .inFlight { landed() }
    if entry.place == .unschedulable { rejections.count(entry.rejectedBy, by: -1) }
  }

  private mutating func landed() {
    inFlightCount -= 1
    guard inFlightCount == 0 else { return }
    eventsDropped += events.count
    events.removeAll(keepingCapacity: true)
  }

  // MARK: Failing

  /// Puts a pod back that no node would take.
  ///
  /// - Parameters:
  ///   - plugins: those that rejected it. None: nothing about the pod is wrong, so that it only
  ///     backs off, as when there are no nodes.
  ///   - helps: whether an event that happened while the pod was in flight can help it.
  public mutating func requeueUnschedulable(
    _ key: UInt32, rejectedBy plugins: [PluginName], now: SimulationTime,
    helps: (ClusterEvent, [PluginName]) -> Bool
  ) {
    guard let entry = entries[key], entry.place == .inFlight else { return }
    entries[key]?.rejectedBy = plugins
    entries[key]?.timestamp = now
    if plugins.isEmpty {
      entries[key]?.errorCount += 1
    } else {
      entries[key]?.unschedulableCount += 1
      entries[key]?.errorCount = 0
    }
    let missed = events[max(0, entry.firstEvent - eventsDropped)...]
    let isMoved =
      plugins.isEmpty || missed.contains { options.asksPlugins ? helps($0, plugins) : true }
    // In 1.11 an error too waits for the next event.
    if isMoved && (options.asksPlugins || !missed.isEmpty) {
      moveOn(key, now: now)
    } else {
      set(key, .unschedulable)
      tickets += 1
      entries[key]?.ticket = tickets
      unschedulable.append(key, ticket: tickets)
      rejections.count(plugins, by: 1)
    }
    landed()
  }

  /// Puts a pod back after a failure that was not the pod's, such as of the binding: it backs
  /// off by the number of such failures in a row.
  public mutating func requeueAfterError(_ key: UInt32, now: SimulationTime) {
    requeueUnschedulable(key, rejectedBy: [], now: now) { _, _ in true }
  }

  // MARK: Moving on

  /// Tells the queue that something happened: the unschedulable pods it can help are moved on.
  ///
  /// - Parameter helps: whether the event can help a pod, given what rejected it. Not asked in
  ///   1.11, where every event helps every pod.
  /// - Complexity: linear in the number of unschedulable pods.
  public mutating func moveOnEvent(
    _ event: ClusterEvent, now: SimulationTime, helps: (UInt32, [PluginName]) -> Bool
  ) {
    if inFlightCount > 0 { events.append(event) }
    if options.asksPlugins, let concerned = event.concerned, !rejections.contains(concerned) {
      return
    }
    let asksPlugins = options.asksPlugins
    move(now: now) { key, entry in asksPlugins ? helps(key, entry.rejectedBy) : true }
  }

  private mutating func move(now: SimulationTime, where isMoved: (UInt32, Entry) -> Bool) {
    for item in unschedulable.takeAll() {
      guard let entry = entries[item.key], entry.place == .unschedulable,
        entry.ticket == item.ticket
      else { continue }
      if isMoved(item.key, entry) {
        rejections.count(entry.rejectedBy, by: -1)
        moveOn(item.key, now: now)
      } else {
        unschedulable.append(item.key, ticket: item.ticket)
      }
    }
  }

  /// To the back-off queue while the pod's back-off runs, else to the ready ones.
  private mutating func moveOn(_ key: UInt32, now: SimulationTime) {
    guard let entry = entries[key] else { return }
    let end = backoffEnd(entry)
    if end <= Self.floor(now, options.backoffPeriod) {
      moveToActive(key)
      return
    }
    set(key, .backoff)
    let item = item(
      key, first: end.nanoseconds, second: -Int64(entry.priority),
      third: entry.timestamp.nanoseconds)
    if entry.errorCount > 0 { errorBackoff.push(item) } else { backoff.push(item) }
  }

  private mutating func moveToActive(_ key: UInt32) {
    guard let entry = entries[key] else { return }
    set(key, .active)
    active.push(
      item(
        key, first: -Int64(entry.priority), second: entry.timestamp.nanoseconds, third: 0))
  }

  /// Moves what the periodic flushes have moved by now; `pop` does so by itself.
  public mutating func flush(now: SimulationTime) {
    let tick = Self.floor(now, options.backoffPeriod)
    flushBackoff(\.backoff, tick)
    flushBackoff(\.errorBackoff, tick)
    guard let limit = options.unschedulableLimit else { return }
    let sweep = Self.floor(now, options.unschedulablePeriod)
    guard let oldest = oldestUnschedulable(), oldest.timestamp.advanced(by: limit) < sweep
    else { return }
    move(now: now) { _, entry in entry.timestamp.advanced(by: limit) < sweep }
  }

  private mutating func flushBackoff(
    _ heap: WritableKeyPath<SchedulingQueue, QueueHeap>, _ tick: SimulationTime
  ) {
    while let item = self[keyPath: heap].top {
      let isLive = isLive(item, .backoff)
      if isLive && item.first > tick.nanoseconds { return }
      self[keyPath: heap].pop()
      if isLive { moveToActive(item.key) }
    }
  }

  // MARK: Back-off

  /// When a pod's back-off ends, rounded down to a whole period.
  private func backoffEnd(_ entry: Entry) -> SimulationTime {
    let failures = entry.errorCount > 0 ? entry.errorCount : entry.unschedulableCount
    if failures == 0 || options.initialBackoff == .zero { return .zero }
    let longest = options.maxBackoff.nanoseconds
    var wait = options.initialBackoff.nanoseconds
    for _ in 1..<max(failures, 1) where wait < longest { wait *= 2 }
    return Self.floor(
      entry.timestamp.advanced(byNanoseconds: min(wait, longest)), options.backoffPeriod)
  }

  private static func floor(_ time: SimulationTime, _ period: Duration) -> SimulationTime {
    let nanoseconds = period.nanoseconds
    return SimulationTime(nanoseconds: time.nanoseconds / nanoseconds * nanoseconds)
  }

  private static func tick(
    atOrAfter time: SimulationTime, _ period: Duration
  ) -> SimulationTime {
    let floor = floor(time, period)
    return floor == time ? time : floor.advanced(by: period)
  }

  private func earliest(_ a: SimulationTime?, _ b: SimulationTime) -> SimulationTime {
    a.map { min($0, b) } ?? b
  }

  // MARK: Bookkeeping

  private mutating func set(_ key: UInt32, _ place: Place) {
    guard let old = entries[key]?.place else { return }
    counts.change(old, by: -1)
    counts.change(place, by: 1)
    entries[key]?.place = place
  }

  private mutating func item(
    _ key: UInt32, first: Int64, second: Int64, third: Int64
  ) -> QueueHeap.Item {
    tickets += 1
    entries[key]?.ticket = tickets
    return QueueHeap.Item(
      first: first, second: second, third: third, ticket: tickets, key: key)
  }

  private mutating func dropStale(_ heap: WritableKeyPath<SchedulingQueue, QueueHeap>) {
    while let item = self[keyPath: heap].top, !isLive(item, .backoff) {
      self[keyPath: heap].pop()
    }
  }

  private func isLive(_ item: QueueHeap.Item, _ place: Place) -> Bool {
    guard let entry = entries[item.key] else { return false }
    return entry.place == place && entry.ticket == item.ticket
  }

}
