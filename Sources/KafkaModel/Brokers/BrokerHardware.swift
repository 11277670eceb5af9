/// What a broker's machine has.
public struct BrokerHardware: Hashable, Sendable {
  public var cores: Double
  /// Bytes a second of the network, each way.
  public var network: Double
  /// Bytes a second that its disk writes.
  public var disk: Double

  public init(cores: Double, network: Double, disk: Double) {
    precondition(cores > 0 && network > 0 && disk > 0, "a broker has some of everything")
    self.cores = cores
    self.network = network
    self.disk = disk
  }

  /// The broker of the published peak: 8 cores, 10 Gbit/s at best, 1 700 Mbit/s to EBS. The shape
  /// (r4.2xlarge) is recollected, so *assumed*; the figures are those of the EC2 user guide.
  public static let published = BrokerHardware(cores: 8, network: 1.25e9, disk: 212.5e6)

  /// The broker of the published scaling runs, of which only the 4 cores are *published*: half of
  /// the other's EBS bandwidth; *assumed*.
  public static let small = BrokerHardware(cores: 4, network: 1.25e9, disk: 106.25e6)
}

/// What a broker does each second.
public struct BrokerLoad: Hashable, Sendable {
  /// Messages a second that producers append to the partitions it leads.
  public var led: Double
  /// Messages a second that it copies from other leaders.
  public var followed: Double
  /// Messages a second that followers copy from it.
  public var copied: Double
  /// Messages a second that consumers read from it.
  public var consumed: Double
  /// How many replicas of partitions it holds.
  public var replicas: Double

  public init(
    led: Double = 0, followed: Double = 0, copied: Double = 0, consumed: Double = 0,
    replicas: Double = 0
  ) {
    self.led = led
    self.followed = followed
    self.copied = copied
    self.consumed = consumed
    self.replicas = replicas
  }

  /// A broker's part of a cluster where all is spread evenly.
  ///
  /// - Parameters:
  ///   - produced, consumed: Messages a second of the whole cluster.
  ///   - partitions: Of all topics, without their replicas.
  public static func even(
    produced: Double, consumed: Double, partitions: Int, replicationFactor: Int, brokers: Int
  ) -> BrokerLoad {
    let (brokers, extra) = (Double(brokers), Double(replicationFactor - 1))
    return BrokerLoad(
      led: produced / brokers, followed: produced * extra / brokers,
      copied: produced * extra / brokers, consumed: consumed / brokers,
      replicas: Double(partitions * replicationFactor) / brokers)
  }
}
