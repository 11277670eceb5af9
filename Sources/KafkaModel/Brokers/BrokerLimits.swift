import TimeUnits

/// What a broker can take, and how long a write to it takes.
///
/// Costs are sums of costs for each message and each replica; the busiest of processor, network
/// and disk limits a broker. Only one figure is published, so one cost is derived from it and the
/// others are ratios to it.
public struct BrokerLimits: Hashable, Sendable {
  /// Core seconds of a message produced to a leader; default 1.42e-5. *Derived*: the published
  /// peak of 2.3 million messages/s is what 9 brokers of 8 cores can do with three replicas and
  /// `peakPartitions` partitions, (72 - 3 · peakPartitions · replicaCores) / (2.3e6 · (1 + 2 ·
  /// (followShare + copyShare))); the shape of the cluster is recollected, so *assumed*.
  public var produceCores: Double
  /// A follower's work on a message, of `produceCores`; default 0.5: it appends without a
  /// producer's request; no source; *assumed*.
  public var followShare = 0.5
  /// A leader's work to hand a message to a follower, of `produceCores`; default 0.1, as for
  /// consumers; *assumed*.
  public var copyShare = 0.1
  /// The work of reading a message, of `produceCores`; default 0.1. *Published* is only that
  /// consumers load brokers far less than producers (final blog of the series); the figure is
  /// *assumed*.
  public var consumeShare = 0.1
  /// Cores that a replica takes by itself (fetches, requests, files); default 2e-4, a core for
  /// 5 000 replicas; no source; *assumed*.
  public var replicaCores = 2e-4
  /// Bytes of a message on the wire and on disk; default 40: key and value of 8 bytes each
  /// (published source of the pipeline), 8 of record, and the 61 of the batch shared by 4
  /// (`DefaultRecord.java`, `DefaultRecordBatch.java`, Kafka 2.1); the batch's size is *assumed*.
  public var messageBytes = 40.0
  /// Seconds of a write to an idle broker; default 3 ms; no source; *assumed*.
  public var idleLatency = 0.003
  /// Seconds that each unit of u/(1-u) adds to a write; default 2 ms. *Derived*: the mean is then
  /// 15 ms at 86 % of the limit and 30 ms at 93 %, the *published* range under load (quoted of the
  /// partition benchmark); at which load it was measured is not said, so *assumed*.
  public var queueLatency = 0.002

  /// The partitions for which `produceCores` is derived; *assumed*. With three times as many it
  /// would be less by 0.2 %.
  public static let peakPartitions = 100

  /// The costs that make the published cluster's limit the published peak.
  public init() {
    self.init(
      peak: 2.3e6, brokers: 9, hardware: .published, replicationFactor: 3,
      partitions: Self.peakPartitions)
  }

  /// The costs that make `peak` messages a second the most that a cluster's processors can take.
  public init(
    peak: Double, brokers: Int, hardware: BrokerHardware, replicationFactor: Int, partitions: Int
  ) {
    produceCores = 1
    let load = BrokerLoad.even(
      produced: peak, consumed: 0, partitions: 0, replicationFactor: replicationFactor,
      brokers: brokers)
    precondition(peak > 0, "a peak is above zero")
    let overhead = replicaCores * Double(partitions * replicationFactor) / Double(brokers)
    precondition(overhead < hardware.cores, "partitions alone are too much for these brokers")
    produceCores = (hardware.cores - overhead) / cores(of: load)
  }

  /// The cores that a load takes.
  public func cores(of load: BrokerLoad) -> Double {
    produceCores
      * (load.led + followShare * load.followed + copyShare * load.copied
        + consumeShare * load.consumed)
      + replicaCores * load.replicas
  }

  /// How much of its busiest part a load takes: from 0, above 1 if it is too much.
  public func utilization(of load: BrokerLoad, on hardware: BrokerHardware) -> BrokerUtilization {
    let (incoming, outgoing) = (load.led + load.followed, load.copied + load.consumed)
    return BrokerUtilization(
      processor: cores(of: load) / hardware.cores,
      network: max(incoming, outgoing) * messageBytes / hardware.network,
      disk: incoming * messageBytes / hardware.disk)
  }

  /// The most that a cluster can take where all is spread evenly, in messages a second for each
  /// broker: produced while `consumed` are read of it, and read while `produced` are written.
  public func capacity(
    of hardware: BrokerHardware, brokers: Int, partitions: Int, replicationFactor: Int,
    produced: Double = 0, consumed: Double = 0
  ) -> (produce: Double, consume: Double) {
    func room(_ produced: Double, _ consumed: Double, _ p: Double, _ c: Double) -> Double {
      let base = BrokerLoad.even(
        produced: produced * Double(brokers), consumed: consumed * Double(brokers),
        partitions: partitions, replicationFactor: replicationFactor, brokers: brokers)
      let one = BrokerLoad.even(
        produced: p * Double(brokers), consumed: c * Double(brokers), partitions: 0,
        replicationFactor: replicationFactor, brokers: brokers)
      // Each way of the network by itself, as the two may not be busiest together.
      let rooms = [
        (hardware.cores - cores(of: base)) / cores(of: one),
        (hardware.disk / messageBytes - base.led - base.followed) / (one.led + one.followed),
        (hardware.network / messageBytes - base.led - base.followed) / (one.led + one.followed),
        (hardware.network / messageBytes - base.copied - base.consumed)
          / (one.copied + one.consumed),
      ]
      return max(0, rooms.filter { !$0.isNaN }.min() ?? 0)
    }
    return (room(0, consumed, 1, 0), room(produced, 0, 0, 1))
  }

  /// The mean time of a write at a utilization: that of an idle broker, and a part that grows as
  /// u/(1-u), as the waiting of a queue with one server does. Nil at the limit and above: there
  /// producers wait for room in their buffers, and the limit, not the latency, is the model.
  public func produceLatency(utilization: Double) -> Duration? {
    guard utilization < 1 else { return nil }
    let busy = max(utilization, 0)
    return .rounded(seconds: idleLatency + queueLatency * busy / (1 - busy))
  }
}

/// How busy the parts of a broker are: 1 is the most they can do.
public struct BrokerUtilization: Hashable, Sendable {
  public var processor: Double
  /// Of the busier way.
  public var network: Double
  public var disk: Double

  public init(processor: Double, network: Double, disk: Double) {
    self.processor = processor
    self.network = network
    self.disk = disk
  }

  /// Of the busiest part.
  public var busiest: Double { max(processor, network, disk) }
}
