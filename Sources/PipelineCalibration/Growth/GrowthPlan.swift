/// The same application at other sizes: what is bought, what it costs, and what is tried.
public struct GrowthPlan: Sendable {
  /// Dollars; those of one day and region.
  public struct Prices: Hashable, Sendable {
    public var cassandraHour: Double
    public var brokerHour: Double
    public var workerHour: Double
    public var controlPlaneHour: Double
    /// A GB between zones, both ends together.
    public var zoneGB: Double

    public init(
      cassandraHour: Double, brokerHour: Double, workerHour: Double, controlPlaneHour: Double,
      zoneGB: Double
    ) {
      self.cassandraHour = cassandraHour
      self.brokerHour = brokerHour
      self.workerHour = workerHour
      self.controlPlaneHour = controlPlaneHour
      self.zoneGB = zoneGB
    }
  }

  public var name: String
  /// Where the costs of a check come from.
  public var calibration: CalibrationPlan
  /// Kept draws that are looked at, evenly thinned.
  public var draws: Int
  /// Checks a second, ascending.
  public var rates: [Double]
  /// Sizes of pods in cores, each a study of its own.
  public var podCores: [Double]
  /// Cassandra nodes at least and at most.
  public var nodes: ClosedRange<Int>
  /// Thread counts that are tried, ascending.
  public var threadCounts: [Int]
  /// Cores of a worker.
  public var workerCores: Double
  /// Messages a second that brokers must take, by checks a second.
  public var burstRatio: Double
  public var prices: Prices

  public init(
    name: String, calibration: CalibrationPlan, draws: Int, rates: [Double], podCores: [Double],
    nodes: ClosedRange<Int>, threadCounts: [Int], workerCores: Double, burstRatio: Double,
    prices: Prices
  ) {
    self.name = name
    self.calibration = calibration
    self.draws = draws
    self.rates = rates
    self.podCores = podCores
    self.nodes = nodes
    self.threadCounts = threadCounts
    self.workerCores = workerCores
    self.burstRatio = burstRatio
    self.prices = prices
  }

  /// Bytes that a check moves between zones where everything is spread over three.
  ///
  /// Sizes are those of the event model (`MessageSizes`, *assumed*): a record of 90 bytes written
  /// and read, 40 of it copied to two brokers; a read of 100 bytes with 100 + 50 rows × 40 in
  /// answer; three writes of 120, each to another zone's replica. Two of three partners are in
  /// another zone.
  public static let crossingBytes: Double = {
    let toOnePartner = 90.0 + 90.0 + 100.0 + 100.0 + 2_000.0
    return toOnePartner * 2 / 3 + copies
  }()

  /// The same where reads stay in their zone, which has a copy of every row.
  public static let crossingBytesWithLocalReads: Double = 180.0 * 2 / 3 + copies

  private static let copies: Double = 2 * 40.0 + 2 * 120.0
}

/// What is cheapest for a rate with the costs of one draw.
public struct GrowthDesign: Hashable, Sendable {
  public var nodes: Int
  public var pods: Int
  /// Threads a pod.
  public var threads: Int
  public var workers: Int
  public var brokers: Int
  /// Dollars an hour of each.
  public var cassandraCost: Double
  public var workerCost: Double
  public var brokerCost: Double
  /// With the control plane.
  public var cost: Double
  /// What connections make of Cassandra's work, as a factor: 1 + βP.
  public var connectionFactor: Double
  /// Connections of each Cassandra node.
  public var connections: Int { pods }
  /// Two consumers a pod, each with a partition.
  public var partitions: Int { 2 * pods }

  /// Dollars for a million checks at a rate.
  public func costPerMillion(rate: Double) -> Double { cost / (rate * 3_600) * 1e6 }
}
