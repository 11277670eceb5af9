import Documents

/// A machine at one moment, as a monitoring system would see it.
public struct NodeLoadSample: Sendable, Hashable {
  public var name: String
  /// MiB by the kubelet's `memory.available`.
  public var availableMiB: Int64
  /// The share of the programs' pages that is not in memory.
  public var missingPerMille: Int64
  /// How fast the node's daemons work; a million is full speed.
  public var daemonSpeedPerMillion: Int64
  /// Of the root volume.
  public var readsPerSecond: Int64
  /// Of the root volume's burst balance, in reads.
  public var credits: Int64
  /// Thousandths of a core in use.
  public var cpuMillis: Int64

  public init(
    name: String, availableMiB: Int64, missingPerMille: Int64, daemonSpeedPerMillion: Int64,
    readsPerSecond: Int64, credits: Int64, cpuMillis: Int64
  ) {
    self.name = name
    self.availableMiB = availableMiB
    self.missingPerMille = missingPerMille
    self.daemonSpeedPerMillion = daemonSpeedPerMillion
    self.readsPerSecond = readsPerSecond
    self.credits = credits
    self.cpuMillis = cpuMillis
  }

  func write(_ json: inout JSONWriter) {
    json.field("availableMiB", availableMiB)
    json.field("missingPerMille", missingPerMille)
    json.field("daemonSpeedPerMillion", daemonSpeedPerMillion)
    json.field("readsPerSecond", readsPerSecond)
    json.field("credits", credits)
    json.field("cpuMillis", cpuMillis)
  }
}

/// What a workload's containers use: memory now, CPU and throttling since the start.
public struct WorkloadSample: Sendable, Hashable {
  public var workload: String
  public var containers: Int64
  public var memoryMiB: Int64
  public var cpuMilliseconds: Int64
  /// Periods of CFS bandwidth control, and those in which a container was held up.
  public var periods: Int64
  public var throttledPeriods: Int64
  public var throttledMilliseconds: Int64

  public init(
    workload: String, containers: Int64, memoryMiB: Int64, cpuMilliseconds: Int64,
    periods: Int64, throttledPeriods: Int64, throttledMilliseconds: Int64
  ) {
    self.workload = workload
    self.containers = containers
    self.memoryMiB = memoryMiB
    self.cpuMilliseconds = cpuMilliseconds
    self.periods = periods
    self.throttledPeriods = throttledPeriods
    self.throttledMilliseconds = throttledMilliseconds
  }

  func write(_ json: inout JSONWriter) {
    json.field("containers", containers)
    json.field("memoryMiB", memoryMiB)
    json.field("cpuMilliseconds", cpuMilliseconds)
    json.field("periods", periods)
    json.field("throttledPeriods", throttledPeriods)
    json.field("throttledMilliseconds", throttledMilliseconds)
  }
}

/// How the requests to a workload fared in a span of time; latencies in nanoseconds.
public struct RequestWindow: Sendable, Hashable {
  public var workload: String
  public var seconds: Int64
  public var answered: Int64
  public var failed: Int64
  /// On their way at its end.
  public var inFlight: Int64
  public var p50: Int64
  public var p95: Int64
  public var p99: Int64

  public init(
    workload: String, seconds: Int64, answered: Int64, failed: Int64, inFlight: Int64, p50: Int64,
    p95: Int64, p99: Int64
  ) {
    self.workload = workload
    self.seconds = seconds
    self.answered = answered
    self.failed = failed
    self.inFlight = inFlight
    self.p50 = p50
    self.p95 = p95
    self.p99 = p99
  }

  func write(_ json: inout JSONWriter) {
    json.field("seconds", seconds)
    json.field("answered", answered)
    json.field("failed", failed)
    json.field("inFlight", inFlight)
    json.field("p50", p50)
    json.field("p95", p95)
    json.field("p99", p99)
  }
}
