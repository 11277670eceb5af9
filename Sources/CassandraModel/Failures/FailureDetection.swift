/// How long others take a dead node for alive, and a returned one for dead.
public struct FailureDetection: Hashable, Sendable {
  /// How a node goes.
  public enum Manner: String, Hashable, Sendable, CaseIterable {
    /// The process ends and its kernel closes the connections: drivers see it at once.
    case closed
    /// Machine or network fall silent: nothing says so.
    case silent
  }

  /// `phi_convict_threshold` of `cassandra.yaml` 3.11.3, without unit. Default 8; from source code.
  public var phiThreshold = 8.0
  /// The mean span between heartbeats as a node sees them, in nanoseconds. Default 1 s: gossip
  /// goes round every second (`Gossiper.intervalInMillis`); derived, for small clusters.
  public var heartbeat: Int64 = 1_000_000_000
  /// How long it takes until all know of a node that is back, in nanoseconds. Default 2 s, two
  /// rounds of gossip; assumed.
  public var recognition: Int64 = 2_000_000_000

  public init() {}

  /// How long the other nodes take a dead one for alive, in nanoseconds: 18.4 s by default.
  ///
  /// φ is (time since the last heartbeat)/(mean span) divided by ln 10, and a node is convicted
  /// when φ exceeds the threshold (`FailureDetector` and `ArrivalWindow`, 3.11): 8 ln 10 = 18.4
  /// mean spans. (Not 8 s: the division is there since thresholds kept their numbers.) Up to a
  /// heartbeat less if the last one was old when the node died; that is left out. A connection
  /// that closes does not convict: between nodes it is opened again.
  public var conviction: Int64 {
    Int64((phiThreshold * 2.302585092994046 * Double(heartbeat)).rounded())
  }

  /// How long drivers keep trying a dead node, in nanoseconds: until its connections are closed, or
  /// until a live node tells them and their event delay has passed.
  public func driverDelay(_ manner: Manner, _ driver: DriverOptions) -> Int64 {
    switch manner {
    case .closed: 0
    case .silent: conviction + driver.eventDelay
    }
  }

  /// How long drivers leave out a node that is back, in nanoseconds.
  public func driverReturn(_ driver: DriverOptions) -> Int64 { recognition + driver.eventDelay }
}
