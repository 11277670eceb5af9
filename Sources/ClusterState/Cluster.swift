public import KubernetesObjects
public import TimeUnits

/// Every API object of one cluster, as one value with one door for writes.
///
/// A copy is a checkpoint, a what-if, or an informer's cache that lags behind. Tables are indexed
/// by small integers; names are looked up, never walked.
public struct Cluster: Sendable {
  public internal(set) var resourceVersion: UInt64 = 0
  public internal(set) var pods = ObjectTable<Pod>()
  public internal(set) var nodes = ObjectTable<Node>()
  public internal(set) var deployments = ObjectTable<Deployment>()
  public internal(set) var replicaSets = ObjectTable<ReplicaSet>()
  public internal(set) var daemonSets = ObjectTable<DaemonSet>()
  public internal(set) var services = ObjectTable<Service>()
  public internal(set) var priorityClasses: [PriorityClass] = []
  public internal(set) var limitRanges: [LimitRange] = []
  public internal(set) var resourceQuotas: [ResourceQuota] = []
  public internal(set) var podDisruptionBudgets: [PodDisruptionBudget] = []
  public internal(set) var persistentVolumes: [PersistentVolume] = []
  public internal(set) var persistentVolumeClaims: [PersistentVolumeClaim] = []
  public internal(set) var storageClasses: [StorageClass] = []
  public internal(set) var csiNodes: [CSINode] = []
  public internal(set) var namespaces: [String] = ["default", "kube-system"]

  /// The little that periodic looks at all nodes need, by node id: no copy of a Node is made for
  /// it.
  public internal(set) var nodeSummaries: [NodeSummary] = []

  /// The little that controllers ask of many pods at once, by pod id.
  public internal(set) var podSummaries: [PodSummary] = []

  /// When each node's lease was last renewed, by node id; nil before the first renewal.
  var leases: [SimulationTime?] = []

  // Indexes. Dictionaries are only ever looked up by key.
  var names = NameIndex()
  var podsByNode: [IDList<Pod>] = []
  var podsByOwner: [UID: OwnedPods] = [:]
  var replicaSetsByOwner: [UID: IDList<ReplicaSet>] = [:]

  struct OwnedPods: Sendable {
    var ids = IDList<Pod>()
    var census = PodCensus()
  }

  public init() {}
}

/// What a look at every node asks first.
public struct NodeSummary: Sendable, Hashable {
  public var exists = false
  public var isReady = false
  public var hasTaints = false
}

/// What a count over an owner's pods asks.
public struct PodSummary: Sendable, Hashable {
  /// Neither terminal nor being deleted.
  public var isActive = false
  /// Its resourceVersion; 0 for a pod that is gone.
  public var version: UInt64 = 0
  /// The node it is bound to; nil if there is none, or the node is not known.
  public var node: NodeID?
}

/// Names to ids, one map a kind.
struct NameIndex: Sendable {
  struct Key: Hashable, Sendable {
    var namespace: String
    var name: String
  }

  var pods: [Key: PodID] = [:]
  var nodes: [String: NodeID] = [:]
  var deployments: [Key: DeploymentID] = [:]
  var replicaSets: [Key: ReplicaSetID] = [:]
  var daemonSets: [Key: DaemonSetID] = [:]
  var services: [Key: ServiceID] = [:]
}

// MARK: - Reading

extension Cluster {
  public func podID(namespace: String, name: String) -> PodID? {
    names.pods[NameIndex.Key(namespace: namespace, name: name)]
  }

  public func nodeID(name: String) -> NodeID? { names.nodes[name] }

  public func deploymentID(namespace: String, name: String) -> DeploymentID? {
    names.deployments[NameIndex.Key(namespace: namespace, name: name)]
  }

  public func replicaSetID(namespace: String, name: String) -> ReplicaSetID? {
    names.replicaSets[NameIndex.Key(namespace: namespace, name: name)]
  }

  public func daemonSetID(namespace: String, name: String) -> DaemonSetID? {
    names.daemonSets[NameIndex.Key(namespace: namespace, name: name)]
  }

  public func serviceID(namespace: String, name: String) -> ServiceID? {
    names.services[NameIndex.Key(namespace: namespace, name: name)]
  }

  /// The pods bound to a node, oldest first.
  public func podIDs(onNode id: NodeID) -> [PodID] {
    Int(id.raw) < podsByNode.count ? podsByNode[Int(id.raw)].ids : []
  }

  public func podCount(onNode id: NodeID) -> Int {
    Int(id.raw) < podsByNode.count ? podsByNode[Int(id.raw)].count : 0
  }

  /// Renews a node's lease: a write so frequent that it goes past the door's list of changes.
  public mutating func renewLease(_ id: NodeID, at now: SimulationTime) {
    guard Int(id.raw) < nodeSummaries.count, nodeSummaries[Int(id.raw)].exists else { return }
    leases[Int(id.raw)] = now
  }

  /// The pods a controller owns, oldest first.
  public func podIDs(ownedBy uid: UID) -> [PodID] { podsByOwner[uid]?.ids.ids ?? [] }

  /// How many pods a controller owns, by state. Complexity: O(1).
  public func census(ownedBy uid: UID) -> PodCensus { podsByOwner[uid]?.census ?? PodCensus() }

  /// The ReplicaSets of a Deployment, oldest first.
  public func replicaSetIDs(ownedBy uid: UID) -> [ReplicaSetID] {
    replicaSetsByOwner[uid]?.ids ?? []
  }

  /// When a node's lease was last renewed.
  public func leaseRenewal(of id: NodeID) -> SimulationTime? {
    Int(id.raw) < leases.count ? leases[Int(id.raw)] : nil
  }
}
