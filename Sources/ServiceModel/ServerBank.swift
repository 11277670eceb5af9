/// Equal servers with one line in front of them, first come first served, each job's end known as
/// soon as it arrives.
///
/// The bank keeps only when each server is free next (Kiefer and Wolfowitz 1955; with one server
/// Lindley's recursion of 1952): a job starts at the later of its arrival and the earliest such
/// instant. Arrivals come in the order of time. A capacity of k cores that is no whole number is
/// ⌈k⌉ servers, each at k/⌈k⌉ of full speed. All instants and spans are whole nanoseconds, work at
/// full speed.
public struct ServerBank: Sendable {
  /// What has happened, in exact whole numbers.
  public struct Totals: Hashable, Sendable {
    /// Jobs that came.
    public var jobs: Int64 = 0
    /// What they asked for, at full speed.
    public var work: Int64 = 0
    /// Σ of the spans between arrival and start.
    public var waited: Int64 = 0
    /// Σ of the spans between arrival and end. By Little's law the integral of the number of jobs
    /// present, once all that came have left.
    public var stayed: Int64 = 0
  }

  /// Cores; 0 while stopped.
  public private(set) var capacity: Double
  /// When each server is free next, ascending: which server it is does not matter.
  @usableFromInline var free: ContiguousArray<Int64>
  /// Nanoseconds of a server for one of work; 1 at full speed.
  @usableFromInline var stretch: Double
  @usableFromInline var sums = Totals()
  /// Server time taken, also what lies in the future.
  @usableFromInline var taken: Int64 = 0
  /// Server time there was until `changed`, and the instant of the last change of capacity.
  private var provided: Int64 = 0
  private var changed: Int64

  /// A bank of `capacity` cores, above 0, from an instant on.
  public init(capacity: Double, at start: Int64 = 0) {
    precondition(capacity > 0 && capacity < 65_536, "a capacity lies above 0 and below 65 536")
    self.capacity = capacity
    let count = capacity.rounded(.up)
    free = ContiguousArray(repeating: start, count: Int(count))
    stretch = count / capacity
    changed = start
  }

  /// Servers; none while stopped.
  public var servers: Int { free.count }

  public var totals: Totals { sums }

  /// Whether there is capacity.
  @inlinable
  public var isRunning: Bool { !free.isEmpty }

  /// Takes in a job of so much work and gives the instant at which it is done.
  ///
  /// Whoever serves a stopped bank has made a mistake.
  ///
  /// - Complexity: O(servers).
  @inlinable
  public mutating func serve(arrival: Int64, work: Int64) -> Int64 {
    let span = stretch == 1 ? work : Int64(Double(work) * stretch + 0.5)
    sums.jobs &+= 1
    sums.work &+= work
    taken &+= span
    let start = free.withUnsafeMutableBufferPointer { free -> Int64 in
      precondition(free.count > 0, "a stopped bank serves nobody")
      let start = max(arrival, free[0])
      let end = start &+ span
      // Out goes the first, in goes the end: each place takes the middle one of its neighbors and
      // the end. No branch, as where it belongs cannot be foreseen, and no step waits for another.
      let last = free.count - 1
      var before = Int64.min
      for place in 0..<last {
        let next = free[place + 1]
        let least = next < end ? next : end
        free[place] = before > least ? before : least
        before = next
      }
      free[last] = before > end ? before : end
      return start
    }
    sums.waited &+= start &- arrival
    sums.stayed &+= start &- arrival &+ span
    return start &+ span
  }

  /// When a job that arrived at an instant would start.
  public func start(ofArrivalAt arrival: Int64) -> Int64 { max(arrival, free.first ?? arrival) }

  /// Server time that is taken beyond an instant, which is not before the last arrival.
  public func backlog(at instant: Int64) -> Int64 {
    free.reduce(0) { $0 + max(0, $1 - instant) }
  }

  /// Server time used by an instant that is not before the last arrival.
  public func busy(by instant: Int64) -> Int64 { taken - backlog(at: instant) }

  /// Server time there was by an instant that is not before the last change of capacity.
  public func provided(by instant: Int64) -> Int64 {
    provided + Int64(free.count) * (instant - changed)
  }

  /// The share of the servers' time used since the start; 0 before any time has passed.
  public func utilization(by instant: Int64) -> Double {
    let whole = provided(by: instant)
    return whole > 0 ? Double(busy(by: instant)) / Double(whole) : 0
  }

  /// Changes the capacity, in cores above 0.
  ///
  /// Work that is still to be done is kept: what each server has before it takes longer or shorter
  /// by the change of speed, and what a server that goes had before it goes to the one with the
  /// least. Ends that were given out stay as they were, so a job in the bank at a change may end
  /// too early or too late by at most the change of its own stay.
  public mutating func setCapacity(_ cores: Double, at instant: Int64) {
    precondition(cores > 0 && cores < 65_536, "a capacity lies above 0 and below 65 536")
    guard cores != capacity else { return }
    let before = backlog(at: instant)
    provided = provided(by: instant)
    changed = instant
    let count = cores.rounded(.up)
    let ratio = count / cores / stretch
    var spans = free.map { max(0, Int64((Double($0 - instant) * ratio).rounded())) }
    spans.sort(by: >)
    while spans.count > Int(count) {
      let leftover = spans.removeLast()
      spans[spans.count - 1] += leftover
      spans.sort(by: >)
    }
    while spans.count < Int(count) { spans.append(0) }
    free = ContiguousArray(spans.reversed().map { instant + $0 })
    capacity = cores
    stretch = count / cores
    taken += backlog(at: instant) - before
  }

  /// Stops: what is still to be done is lost.
  ///
  /// - Returns: The server time that was taken and will not be used.
  @discardableResult
  public mutating func stop(at instant: Int64) -> Int64 {
    let lost = backlog(at: instant)
    provided = provided(by: instant)
    changed = instant
    taken -= lost
    free = []
    capacity = 0
    stretch = 1
    return lost
  }
}
