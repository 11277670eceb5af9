/// What is kept of one run: enough to compare, to report, and to play it again.
public struct StoredRun: Sendable, Hashable {
  /// The place of the design point, from 0.
  public var point: Int
  /// From 0.
  public var replication: Int
  /// To be given to `seatrial run --seed` to see the run alone.
  public var seed: UInt64
  /// The fingerprint of its trace.
  public var digest: String
  /// Events that the engine handled.
  public var events: Int
  /// Seconds on the wall. Differs from one time to the next, so no table of results has it.
  public var wallSeconds: Double
  /// Figures at the end, by name as `summary.json` writes it.
  public var metrics: [Figure]

  public struct Figure: Sendable, Hashable {
    public var name: String
    public var value: Double

    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  public init(
    point: Int, replication: Int, seed: UInt64, digest: String, events: Int,
    wallSeconds: Double = 0, metrics: [Figure]
  ) {
    self.point = point
    self.replication = replication
    self.seed = seed
    self.digest = digest
    self.events = events
    self.wallSeconds = wallSeconds
    self.metrics = metrics
  }
}
