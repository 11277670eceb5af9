/// Settings of the DataStax Java driver 3.5.1 that decide where requests go and how long they wait.
public struct DriverOptions: Hashable, Sendable {
  /// How long a request waits for one host, in nanoseconds, before the next of its plan is tried.
  /// Default 12 s (`SocketOptions.DEFAULT_READ_TIMEOUT_MILLIS`); from source code.
  public var readTimeout: Int64 = 12_000_000_000
  /// The timer's tick in nanoseconds: a timeout fires on the first one after it. Default 100 ms
  /// (`SocketOptions.getReadTimeoutMillis`: up to 100 ms late); published.
  public var timerTick: Int64 = 100_000_000
  /// How long the driver gathers events of nodes going and coming before it acts, in nanoseconds.
  /// Default 1 s (`QueryOptions.DEFAULT_REFRESH_NODE_INTERVAL_MILLIS`); from source code.
  public var eventDelay: Int64 = 1_000_000_000
  /// Whether statements may be sent twice. Default false (`QueryOptions.DEFAULT_IDEMPOTENCE`); from
  /// source code. Then a request that timed out is an error at once and no other host is tried:
  /// since 3.1.0 the driver does not retry statements that are not idempotent on timeouts and
  /// closed connections (driver API, deprecation of `IdempotenceAwareRetryPolicy`).
  public var isIdempotent = false
  /// Settings of `LatencyAwarePolicy`; nil without that policy.
  public var latencyAware: LatencyAwareOptions? = LatencyAwareOptions()
  public var localPool = ConnectionPool.local
  public var remotePool = ConnectionPool.remote

  public init() {}

  /// The instant at which a request sent to a host that never answers is given up.
  @inlinable
  public func timeout(ofRequestSentAt instant: Int64) -> Int64 {
    let due = instant + readTimeout
    guard timerTick > 1 else { return due }
    return (due + timerTick - 1) / timerTick * timerTick
  }
}

/// Settings of `LatencyAwarePolicy` (driver 3.5.1, `LatencyAwarePolicy.Builder`); all defaults from
/// source code.
public struct LatencyAwareOptions: Hashable, Sendable {
  /// A host whose average is above so many times the best one's is tried last. Default 2.
  public var exclusionThreshold = 2.0
  /// How fast old latencies lose weight, in nanoseconds. Default 100 ms.
  public var scale: Int64 = 100_000_000
  /// A host without a measurement for so long is tried again, in nanoseconds. Default 10 s.
  public var retryPeriod: Int64 = 10_000_000_000
  /// How often the best average is looked up, in nanoseconds. Default 100 ms.
  public var updateRate: Int64 = 100_000_000
  /// Measurements of a host before it can be excluded. Default 50; the first 30 % do not count.
  public var minimumMeasurements: Int64 = 50

  public init() {}
}

/// The connections of one driver to one host (driver 3.5.1, `PoolingOptions`, protocol V3 and up).
public struct ConnectionPool: Hashable, Sendable {
  /// Connections that are always open. Default 1.
  public var core: Int
  /// Connections at most. Default 1; the published runs had 100 for local and 50 for remote hosts.
  public var max: Int
  /// Requests in flight on a connection at most. Default 1 024, remote 256.
  public var requestsPerConnection: Int
  /// Requests in flight on the last connection at which another is opened. Default 800, remote 200.
  public var newConnectionThreshold: Int
  /// Requests that may wait for a place. Default 256; the next one tries another host.
  public var queue = 256
  /// How long they wait, in nanoseconds. Default 5 s.
  public var queueTimeout: Int64 = 5_000_000_000

  public init(core: Int, max: Int, requestsPerConnection: Int, newConnectionThreshold: Int) {
    precondition(core >= 1 && max >= core, "a pool has 1 to max connections")
    self.core = core
    self.max = max
    self.requestsPerConnection = requestsPerConnection
    self.newConnectionThreshold = newConnectionThreshold
  }

  /// The driver's defaults for hosts of the own data center; published.
  public static let local = ConnectionPool(
    core: 1, max: 1, requestsPerConnection: 1024, newConnectionThreshold: 800)
  /// The driver's defaults for other hosts; published.
  public static let remote = ConnectionPool(
    core: 1, max: 1, requestsPerConnection: 256, newConnectionThreshold: 200)
  /// What the anomaly detector's published client sets for hosts of the own data center;
  /// from source code.
  public static let publishedLocal = ConnectionPool(
    core: 1, max: 100, requestsPerConnection: 1024, newConnectionThreshold: 800)
  /// The same for other hosts.
  public static let publishedRemote = ConnectionPool(
    core: 1, max: 50, requestsPerConnection: 256, newConnectionThreshold: 200)

  /// The connections that are open once so many requests were in flight at the same time.
  ///
  /// A connection is added when all but the last one are full and the last is above the threshold.
  @inlinable
  public func connections(inFlight: Int) -> Int {
    let beyond = inFlight - newConnectionThreshold
    guard beyond > 0 else { return core }
    let wanted = 1 + (beyond + requestsPerConnection - 1) / requestsPerConnection
    return Swift.min(max, Swift.max(core, wanted))
  }

  /// Requests that can be in flight to the host at once.
  public var capacity: Int { max * requestsPerConnection }
}
