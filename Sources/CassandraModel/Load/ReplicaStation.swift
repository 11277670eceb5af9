public import ServiceModel

/// One Cassandra node under load: its cores, what it costs them to serve, and whether it is up.
///
/// The caller plays the time: requests come in the order of their arrival, and `finish()` is called
/// at each end that was given out, for the requests in flight.
public struct ReplicaStation: Sendable {
  public let cores: Double
  public let costs: CassandraCosts
  public private(set) var bank: ServerBank
  /// Requests that came and have not been finished.
  public private(set) var inFlight = 0
  /// Open connections of all drivers: pods x connections of each.
  public private(set) var connections = 0
  /// The share of the cores that compaction, streaming and the like take; 0 … below 1.
  public private(set) var backgroundShare = 0.0
  /// 1 + βH.
  @usableFromInline var connectionFactor = 1.0

  /// A node that is up, with all its cores, from an instant on.
  public init(cores: Double, costs: CassandraCosts, at start: Int64 = 0) {
    precondition(costs.mistakes.isEmpty, "costs that cannot be")
    self.cores = cores
    self.costs = costs
    bank = ServerBank(capacity: cores, at: start)
  }

  public var isUp: Bool { bank.isRunning }

  /// Takes in a read of so many rows; gives the end of its work on a core. A read from the disk is
  /// answered `costs.coldWait` later.
  ///
  /// - Complexity: O(cores).
  public mutating func read(rows: Int, at arrival: Int64) -> Int64 {
    serve(costs.read(rows: rows), at: arrival)
  }

  /// Takes in a replica's write; gives its end.
  public mutating func write(at arrival: Int64) -> Int64 { serve(costs.write, at: arrival) }

  /// Takes in the work of sending a request to so many other nodes; gives its end.
  public mutating func coordinate(requests: Int, at arrival: Int64) -> Int64 {
    serve(costs.remoteRequest * Int64(requests), at: arrival)
  }

  /// A request whose end has come.
  public mutating func finish() {
    precondition(inFlight > 0, "a request that finishes has begun")
    inFlight -= 1
  }

  /// The core time of work on this node as it is now.
  @inlinable
  public func effectiveWork(_ work: Int64) -> Int64 {
    var factor = connectionFactor
    if costs.perInFlight > 0 {
      let queued = Double(inFlight) / cores - 1
      if queued > 0 { factor *= 1 + costs.perInFlight * queued }
    }
    return factor == 1 ? work : Int64(Double(work) * factor + 0.5)
  }

  private mutating func serve(_ work: Int64, at arrival: Int64) -> Int64 {
    let end = bank.serve(arrival: arrival, work: effectiveWork(work))
    inFlight += 1
    return end
  }

  /// Changes the number of open connections.
  public mutating func setConnections(_ count: Int) {
    connections = count
    connectionFactor = 1 + costs.perConnection * Double(count)
  }

  /// Gives a share of the cores to compaction or streaming, 0 … below 1.
  public mutating func setBackgroundShare(_ share: Double, at instant: Int64) {
    precondition(share >= 0 && share < 1, "background work leaves something over")
    backgroundShare = share
    if isUp { bank.setCapacity(cores * (1 - share), at: instant) }
  }

  /// The node stops: whatever was in flight is lost and will not be finished.
  ///
  /// - Returns: The number of those requests.
  @discardableResult
  public mutating func goDown(at instant: Int64) -> Int {
    bank.stop(at: instant)
    let lost = inFlight
    inFlight = 0
    return lost
  }

  /// The node is back, with nothing to do.
  public mutating func comeUp(at instant: Int64) {
    guard !isUp else { return }
    bank.setCapacity(cores * (1 - backgroundShare), at: instant)
  }
}
