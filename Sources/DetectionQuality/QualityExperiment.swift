import AnomalyDetector
import SimulationKernel
import SyntheticStreams

/// Detectors against streams whose truth is known, and against series that people labeled.
public struct QualityExperiment: Sendable {
  /// How alarms are held against the truth.
  public struct Scoring: Hashable, Sendable {
    /// Values, from a change's first one on, in which an alarm has to find it; default 100.
    public var limit: Int
    /// Values after the end of a change in which alarms do not count; default 100.
    public var grace: Int
    /// Quiet values that end an episode of alarms; default 10.
    public var gap: Int

    /// Scoring as given.
    public init(limit: Int = 100, grace: Int = 100, gap: Int = 10) {
      self.limit = limit
      self.grace = grace
      self.gap = gap
    }
  }

  /// A series with its truth.
  public struct Series: Sendable {
    public var name: String
    public var values: [Double]
    public var truth: GroundTruth

    /// A series as given; each value has its place in the truth.
    public init(name: String, values: [Double], truth: GroundTruth) {
      precondition(values.count == truth.count, "each value has a truth")
      self.name = name
      self.values = values
      self.truth = truth
    }
  }

  /// Series of one origin.
  public struct Collection: Sendable {
    public var name: String
    public var series: [Series]

    /// A collection as given.
    public init(name: String, series: [Series]) {
      self.name = name
      self.series = series
    }
  }

  public var name: String
  public var seed: UInt64
  /// Runs of each stream.
  public var replications: Int
  /// Values of each run.
  public var observations: Int
  public var scoring: Scoring
  public var variants: [DetectorVariant]
  public var streams: [StreamRecipe]
  public var collections: [Collection]
  /// Random windows for each fact about the published detector; nil leaves them out.
  public var factDraws: Int?
  /// Runs and shifts for the run lengths; nil leaves them out.
  public var runLengths: (draws: Int, shifts: [Double])?

  /// An experiment as given.
  public init(
    name: String, seed: UInt64, replications: Int, observations: Int, scoring: Scoring,
    variants: [DetectorVariant], streams: [StreamRecipe], collections: [Collection],
    factDraws: Int?, runLengths: (draws: Int, shifts: [Double])?
  ) {
    self.name = name
    self.seed = seed
    self.replications = replications
    self.observations = observations
    self.scoring = scoring
    self.variants = variants
    self.streams = streams
    self.collections = collections
    self.factDraws = factDraws
    self.runLengths = runLengths
  }
}
