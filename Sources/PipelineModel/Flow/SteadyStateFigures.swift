/// Pods that are all alike, as the steady state needs them.
public struct SteadyPods: Sendable, Hashable {
  /// How many, at least 1.
  public var pods: Int
  /// Detector threads of each: customers of a closed network, at least 1.
  public var threads: Int
  /// Cores granted to each, with a fraction, above 0.
  public var cores: Double
  /// How fast each core is, 0 … 1. The default is 1.
  public var speed = 1.0
  /// The CPU limit in cores; nil, the default, for none. It bounds the rate; what its periods of
  /// 100 ms add to the latency below that is left out.
  public var limit: Double?
  /// The mean round trip to Cassandra in seconds, at least 0.
  public var roundTrip: Double
  /// Mean seconds that a thread is without a message before the next check, the hand-over z_h. The
  /// default is 0, which holds for the immediate one.
  public var handOver = 0.0
  /// Messages a second offered to each pod; nil for more than it can take, which is what a backlog
  /// is. The default is nil.
  public var offered: Double?

  public init(
    pods: Int, threads: Int, cores: Double, roundTrip: Double, offered: Double? = nil
  ) {
    precondition(pods > 0 && threads > 0 && cores > 0 && roundTrip >= 0, "a pod can work")
    self.pods = pods
    self.threads = threads
    self.cores = cores
    self.roundTrip = roundTrip
    self.offered = offered
  }

  /// Cores at full speed, under the limit.
  var effectiveCores: Double { min(cores, limit ?? .infinity) * speed }
}

/// What a check asks for; the defaults are those of `PipelineSettings`.
public struct CheckDemands: Sendable, Hashable {
  /// CPU seconds of a check in its pod, d_p. The default is 0.5 ms; assumed.
  public var check = 0.0005
  /// Core seconds of a read at a replica, d_r. The default is 0.5 ms; assumed.
  public var read = 0.0005
  /// Core seconds of a write at each replica, d_w. The default is 0.09 ms; assumed.
  public var write = 0.00009
  /// Replicas that write. The default is 3.
  public var replicationFactor = 3
  /// Replicas that read. The default is 1 (`ONE`).
  public var readsRequired = 1
  /// β: how much more a node's work takes for each connection. The default is 0; assumed.
  public var perConnection = 0.0
  /// Connections of a pod to each node. The default is 1.
  public var connectionsPerPod = 1
  /// η: how much more a node's work takes for each waiting request per core. The default is 0;
  /// assumed.
  public var perWaiting = 0.0
  /// ε: how much more a check takes for each thread per core above one. The default is 0; assumed.
  public var threadOverhead = 0.0

  public init() {}

  /// The demands of a pipeline.
  public init(_ settings: PipelineSettings) {
    check = settings.pod.checkCPU
    read = settings.costs.read
    write = settings.costs.write
    replicationFactor = settings.replicationFactor
    readsRequired = settings.readsRequired
    perConnection = settings.costs.perConnection
    connectionsPerPod = settings.connectionsPerPod
    perWaiting = settings.costs.perWaiting
    threadOverhead = settings.pod.threadOverhead
  }
}

/// The Cassandra nodes that are up, all alike.
public struct SteadyNodes: Sendable, Hashable {
  /// Nodes that answer, at least 1.
  public var nodes: Int
  /// Cores of each, at least 1.
  public var cores: Int
  /// How fast each core is, 0 … 1: compaction takes its share. The default is 1.
  public var speed = 1.0

  public init(nodes: Int, cores: Int) {
    precondition(nodes > 0 && cores > 0, "a node can work")
    self.nodes = nodes
    self.cores = cores
  }
}

/// What pods that are alike do in the steady state, each.
public struct SteadyPodState: Sendable, Hashable {
  /// X: checks a second.
  public var throughput: Double
  /// X_max: checks a second if its messages never ran out and all else stayed as it is.
  public var greatestThroughput: Double
  /// W(pod): mean seconds at the pod's CPU, waiting and work.
  public var podResidence: Double
  /// W(cassandra): mean seconds at the node that reads, waiting and work.
  public var cassandraResidence: Double
  /// R: mean seconds from a thread's message to its next one, z + z_h + W(pod) + W(cassandra).
  public var cycleTime: Double
  /// ρ_p: the share of the granted cores that works.
  public var podUtilization: Double
  /// Whether all threads are busy: more is offered than X_max.
  public var isSaturated: Bool
}
