public import TimeUnits

/// What a run came to: everything that a report, `summary.json` or a terminal tells of it.
public struct RunSummary: Sendable {
  public struct CheckedExpectation: Sendable, Hashable {
    public var text: String
    public var passed: Bool
    public var actual: String

    public init(text: String, passed: Bool, actual: String) {
      self.text = text
      self.passed = passed
      self.actual = actual
    }
  }

  public struct CostLine: Sendable, Hashable {
    /// Such as `3 x m5.large`.
    public var item: String
    /// Such as `6.00 h at $0.096/h (published)`.
    public var detail: String
    public var usd: Double

    public init(item: String, detail: String, usd: Double) {
      self.item = item
      self.detail = detail
      self.usd = usd
    }
  }

  /// How a workload stands at the end.
  public struct WorkloadState: Sendable, Hashable {
    /// `deployment.apps/web`.
    public var name: String
    public var ready: Int64
    public var wanted: Int64
    /// Why pods are missing, in the real program's words; empty if none is.
    public var reason: String

    public init(name: String, ready: Int64, wanted: Int64, reason: String) {
      self.name = name
      self.ready = ready
      self.wanted = wanted
      self.reason = reason
    }
  }

  /// How full a node is at the end, by what its pods ask for.
  public struct NodeState: Sendable, Hashable {
    public var name: String
    public var isReady: Bool
    public var pods: Int64
    public var maxPods: Int64
    /// Shares of allocatable, from 0 to 1.
    public var cpuShare: Double
    public var memoryShare: Double

    /// The larger share.
    public var fullness: Double { max(cpuShare, memoryShare) }

    public init(
      name: String, isReady: Bool, pods: Int64, maxPods: Int64, cpuShare: Double,
      memoryShare: Double
    ) {
      self.name = name
      self.isReady = isReady
      self.pods = pods
      self.maxPods = maxPods
      self.cpuShare = cpuShare
      self.memoryShare = memoryShare
    }
  }

  public var workloads: [WorkloadState] = []
  public var nodes: [NodeState] = []
  /// How full all nodes together are at the end.
  public var allocation = AllocationSample(placed: 0, waiting: 0)
  public var scenario: String
  public var seed: UInt64
  public var version: String
  public var era: String
  public var digest: String
  public var start: CalendarTime
  public var simulated: Duration
  public var wallSeconds = 0.0
  public var events: Int
  /// What became of the pipeline's messages, one sentence each; empty without a pipeline.
  public var pipeline: [String] = []
  public var costLines: [CostLine] = []
  public var metrics: [(name: MetricName, value: Double)] = []
  public var expectations: [CheckedExpectation] = []
  public var story: Story
  public var warnings: [String] = []
  public var advice: [String] = []

  public init(
    scenario: String, seed: UInt64, version: String, era: String, digest: String,
    start: CalendarTime, simulated: Duration, events: Int, story: Story
  ) {
    self.scenario = scenario
    self.seed = seed
    self.version = version
    self.era = era
    self.digest = digest
    self.start = start
    self.simulated = simulated
    self.events = events
    self.story = story
  }

  public var costUSD: Double { costLines.reduce(0) { $0 + $1.usd } }
  public var passed: Bool { expectations.allSatisfy(\.passed) }
}
