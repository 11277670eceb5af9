/// A topic as somebody asks for it, on a cluster of so many brokers.
public struct TopicSpec: Hashable, Sendable {
  /// Kafka's default is 1 (`num.partitions`).
  public var partitions: Int
  /// Kafka's default is 1 (`default.replication.factor`); the pipeline's managed cluster had 3,
  /// recollected and so *assumed*.
  public var replicationFactor: Int
  /// `min.insync.replicas`; Kafka's default is 1.
  public var minInSyncReplicas: Int
  public var brokers: Int

  public init(
    partitions: Int, replicationFactor: Int = 3, minInSyncReplicas: Int = 1, brokers: Int
  ) {
    self.partitions = partitions
    self.replicationFactor = replicationFactor
    self.minInSyncReplicas = minInSyncReplicas
    self.brokers = brokers
  }

  /// All that is wrong with it.
  public var problems: [TopicProblem] {
    var found: [TopicProblem] = []
    if partitions <= 0 { found.append(.noPartitions) }
    if replicationFactor <= 0 { found.append(.noReplicas) }
    if replicationFactor > brokers {
      found.append(.tooManyReplicas(replicationFactor, brokers: brokers))
    }
    if minInSyncReplicas < 1 { found.append(.minInSyncTooSmall(minInSyncReplicas)) }
    if replicationFactor > 0, minInSyncReplicas > replicationFactor {
      found.append(.minInSyncTooLarge(minInSyncReplicas, replicas: replicationFactor))
    }
    return found
  }
}

/// Something wrong with a topic.
public enum TopicProblem: Hashable, Sendable {
  case noPartitions
  case noReplicas
  case tooManyReplicas(Int, brokers: Int)
  case minInSyncTooSmall(Int)
  case minInSyncTooLarge(Int, replicas: Int)

  /// Whether Kafka refuses to create the topic. It accepts one that no producer with acks=all can
  /// write to.
  public var isRefused: Bool {
    switch self {
    case .noPartitions, .noReplicas, .tooManyReplicas, .minInSyncTooSmall: true
    case .minInSyncTooLarge: false
    }
  }
}

extension TopicProblem: CustomStringConvertible {
  /// What Kafka 2.1 answers (`AdminUtils.scala`, `ConfigDef.java`), or would at the first write.
  public var description: String {
    switch self {
    case .noPartitions: "Number of partitions must be larger than 0."
    case .noReplicas: "Replication factor must be larger than 0."
    case .tooManyReplicas(let replicas, let brokers):
      "Replication factor: \(replicas) larger than available brokers: \(brokers)."
    case .minInSyncTooSmall(let count):
      "Invalid value \(count) for configuration min.insync.replicas: Value must be at least 1"
    case .minInSyncTooLarge(let count, let replicas):
      "min.insync.replicas is \(count), but a partition has \(replicas) replicas: every write "
        + "with acks=all would be refused"
    }
  }
}
