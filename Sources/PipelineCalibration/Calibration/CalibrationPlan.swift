/// The published rates, the shapes that they are read with, and how much is drawn.
public struct CalibrationPlan: Sendable {
  /// Rates that were published.
  public struct Published: Hashable, Sendable {
    /// Checks a second of the small clusters, A. The default is 18 000; *published*.
    public var smallRate = 18_000.0
    /// Checks a second of the tuned large one, B. The default is 220 000; *published*.
    public var tunedRate = 220_000.0
    /// Checks a day of the untuned one, U. The default is 7·10⁹; *published*.
    public var untunedPerDay = 7e9
    /// Tuned by untuned. The default is 2.5; *published*.
    public var gain = 2.5
    /// Messages a second into Kafka at the peak. The default is 2.3 million; *published*.
    public var peakRate = 2.3e6
    /// Seconds of a burst that is told as an example. The default is 60.
    public var burstSeconds = 60.0

    public init() {}

    /// Checks a second of U.
    public var untunedRate: Double { untunedPerDay / 86_400 }
  }

  /// Shapes of clusters; *assumed* but for the pods.
  public struct Shape: Hashable, Sendable {
    /// Pods of A. The default is 10; *published*.
    public var smallPods = 10
    /// Cores of a pod. The default is 2; *published* as an example, *assumed* for B and U.
    public var podCores = 2.0
    /// Cassandra nodes of A. The default is 3; *assumed* (recollected).
    public var smallNodes = 3
    /// Cores of a Cassandra node. The default is 8; *assumed* (recollected).
    public var nodeCores = 8
    /// Cassandra nodes of B. The default is 48; *published*.
    public var largeNodes = 48
    /// Cores of B's workers. The default is 118; *assumed* (recollected).
    public var workerCores = 118.0

    public init() {}
  }

  public var name: String
  public var seed: UInt64
  /// Draws from the prior.
  public var draws: Int
  /// How far A and B may be off, as a share. The default is 0.05.
  public var tolerance = 0.05
  /// Rates that differ by less than this share are as good. The default is 0.01.
  public var goodEnough = 0.01
  /// Node counts at which the untuned rate is told. The default is 12, 24, 48.
  public var nodeCounts = [12, 24, 48]
  /// Thread counts that people try, ascending.
  public var threadCounts = [
    1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 125, 150, 200,
  ]
  /// Steps of the number of pods of a tuned system. The default is 20.
  public var podSteps = 20
  /// Draws that share a set of streams. The default is 10 000.
  public var blockSize = 10_000
  public var published = Published()
  public var shape = Shape()
  public var prior: CalibrationPrior

  public init(name: String, seed: UInt64, draws: Int, prior: CalibrationPrior) {
    self.name = name
    self.seed = seed
    self.draws = draws
    self.prior = prior
  }

  /// Pods that go with so many nodes where pods grow with them.
  public func proportionalPods(nodes: Int) -> Int {
    max(1, Int((Double(shape.smallPods * nodes) / Double(shape.smallNodes)).rounded()))
  }

  /// Cores of the workers that go with so many nodes.
  public func workerCores(nodes: Int) -> Double {
    shape.workerCores * Double(nodes) / Double(shape.largeNodes)
  }
}
