public import ClusterSimulation
import KubernetesObjects
import Scenarios
public import Statistics
import Traces

/// One scenario at the points of a design, each many times over.
public struct DesignedExperiment: Sendable {
  /// A design point: a setup of its own, and what it differs in.
  public struct Point: Sendable {
    public var setup: ClusterSetup
    /// By factor, as reports write it.
    public var values: [String]
    /// By factor the number of a range, on the scale on which it was sampled; nil for a level.
    public var numbers: [Double?]

    public init(setup: ClusterSetup, values: [String], numbers: [Double?] = []) {
      self.setup = setup
      self.values = values
      self.numbers = numbers
    }
  }

  /// How many replications a point gets.
  public enum Replications: Sendable, Hashable {
    case fixed(Int)
    /// As many as the interval of a response (by its place) needs, at each point by itself. With
    /// antithetic pairs the rule counts pairs.
    case sequential(response: Int, StoppingRule)
  }

  /// A figure of each run that the experiment asks for.
  public struct Response: Sendable, Hashable {
    public var name: String
    /// As `summary.json` writes it.
    public var metric: String
    /// Whether a run may lack it, which then counts as 0; otherwise some run must have it.
    public var mayBeAbsent: Bool

    public init(name: String, metric: String, mayBeAbsent: Bool = false) {
      self.name = name
      self.metric = metric
      self.mayBeAbsent = mayBeAbsent
    }
  }

  public var name: String
  /// The seed that all replications' seeds derive from.
  public var seed: UInt64
  /// Their names.
  public var factors: [String]
  public var points: [Point]
  /// The point that others are compared with.
  public var baseline: Int?
  public var replications: Replications
  /// Whether replications come in pairs, of which the second draws the first's mirror image.
  public var isAntithetic = false
  /// Rows of each matrix, where the points are those of Saltelli's design; otherwise nil.
  public var sobolRows: Int?
  public var responses: [Response]
  public var claims: [ResponseClaim] = []

  public init(
    name: String, seed: UInt64, factors: [String], points: [Point], replications: Replications,
    responses: [Response]
  ) {
    self.name = name
    self.seed = seed
    self.factors = factors
    self.points = points
    self.replications = replications
    self.responses = responses
  }

  /// A point in words: `replicas=3, heap=512Mi`; `the scenario` where nothing is varied.
  public func label(of point: Int) -> String {
    factors.isEmpty
      ? "the scenario"
      : zip(factors, points[point].values).map { "\($0)=\($1)" }.joined(separator: ", ")
  }

  /// The run of a replication at a point, to be assembled: the same luck at every point.
  public func setup(point: Int, replication: Int) -> ClusterSetup {
    var setup = points[point].setup
    setup.scenario.seed = seed(of: replication)
    setup.isAntithetic = isAntithetic && replication % 2 == 1
    return setup
  }

  /// The seed of a replication, from 0; both of an antithetic pair have the same.
  public func seed(of replication: Int) -> UInt64 {
    ReplicationRunner.seed(of: isAntithetic ? replication / 2 : replication, from: seed)
  }

  /// What of a run can be a response: its figures, but for those of single nodes, whose names
  /// differ from one replication to the next, and of each expectation whether it held (1 or 0).
  static func figures(of summary: RunSummary) -> [(name: String, value: Double)] {
    summary.metrics.filter { $0.name.labels["node"] == nil }
      .map { ($0.name.description, $0.value) }
      + summary.expectations.map { (expectationMetric($0.text), $0.passed ? 1 : 0) }
  }

  /// The figure that is 1 where an expectation held.
  public static func expectationMetric(_ text: String) -> String {
    "seatrial_expectation_held{text=\"\(text)\"}"
  }
}
