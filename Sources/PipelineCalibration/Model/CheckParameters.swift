/// What a check asks of the pipeline: the parameters that nobody has published.
///
/// All are *assumed*; `experiments/anomalia-machina-10/design.md` has their ranges.
public struct CheckParameters: Hashable, Sendable {
  /// CPU seconds of a check in its pod, d_p; without the overhead of threads.
  public var podWork: Double
  /// Core seconds of a check in Cassandra, D: a read and three writes, without overheads.
  public var cassandraWork: Double
  /// The part of `cassandraWork` that is writing, w.
  public var writeShare: Double
  /// How much more Cassandra works for each connection of a node, β.
  public var perConnection: Double
  /// How much more Cassandra works for each read's work that waits per core, η.
  public var perWaiting: Double
  /// How much more a pod works for each thread per core above one, ε.
  public var perThread: Double
  /// Seconds of a cycle that no station takes: round trips, driver, hand-over; z + z_h.
  public var delay: Double

  public init(
    podWork: Double, cassandraWork: Double, writeShare: Double, perConnection: Double,
    perWaiting: Double, perThread: Double, delay: Double
  ) {
    self.podWork = podWork
    self.cassandraWork = cassandraWork
    self.writeShare = writeShare
    self.perConnection = perConnection
    self.perWaiting = perWaiting
    self.perThread = perThread
    self.delay = delay
  }

  /// Core seconds of a read at a replica, d_r.
  public var readWork: Double { cassandraWork * (1 - writeShare) }

  /// Core seconds of a write at each of three replicas, d_w.
  public var writeWork: Double { cassandraWork * writeShare / 3 }
}

/// The parameters by name, in the order in which tables list them.
public enum CalibratedParameter: String, Hashable, Sendable, CaseIterable {
  case podWork = "d_p"
  case cassandraWork = "D"
  case writeShare = "w"
  case perConnection = "beta"
  case perWaiting = "eta"
  case perThread = "epsilon"
  case delay = "Z"

  /// Where the value is.
  public var path: any WritableKeyPath<CheckParameters, Double> & Sendable {
    switch self {
    case .podWork: \.podWork
    case .cassandraWork: \.cassandraWork
    case .writeShare: \.writeShare
    case .perConnection: \.perConnection
    case .perWaiting: \.perWaiting
    case .perThread: \.perThread
    case .delay: \.delay
    }
  }
}

extension CalibratedParameter {
  /// Whether it is a time, in seconds.
  public var isTime: Bool {
    switch self {
    case .podWork, .cassandraWork, .delay: true
    case .writeShare, .perConnection, .perWaiting, .perThread: false
    }
  }

  /// Why a value is impossible; nil if it is not.
  public func problem(with value: Double) -> String? {
    switch self {
    case .podWork, .cassandraWork, .delay:
      value > 0 && value < 3_600
        ? nil : "a time above 0 and below an hour is wanted, not \(value) s"
    case .writeShare:
      value >= 0 && value < 1 ? nil : "a share from 0 to below 1 is wanted, not \(value)"
    case .perConnection, .perWaiting, .perThread:
      value >= 0 ? nil : "must not be negative, and is \(value)"
    }
  }
}
