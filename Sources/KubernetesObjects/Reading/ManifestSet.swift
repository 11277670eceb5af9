public import Documents

/// One object of a manifest that the cluster knows.
public enum ManifestObject: Sendable {
  case pod(Pod)
  case deployment(Deployment)
  case replicaSet(ReplicaSet)
  case daemonSet(DaemonSet)
  case node(Node)
  case namespace(Namespace)
  case service(Service)
  case priorityClass(PriorityClass)
  case limitRange(LimitRange)
  case resourceQuota(ResourceQuota)
  case podDisruptionBudget(PodDisruptionBudget)
  case persistentVolume(PersistentVolume)
  case persistentVolumeClaim(PersistentVolumeClaim)
  case storageClass(StorageClass)
  case csiNode(CSINode)

  public var metadata: ObjectMeta {
    switch self {
    case .pod(let object): object.metadata
    case .deployment(let object): object.metadata
    case .replicaSet(let object): object.metadata
    case .daemonSet(let object): object.metadata
    case .node(let object): object.metadata
    case .namespace(let object): object.metadata
    case .service(let object): object.metadata
    case .priorityClass(let object): object.metadata
    case .limitRange(let object): object.metadata
    case .resourceQuota(let object): object.metadata
    case .podDisruptionBudget(let object): object.metadata
    case .persistentVolume(let object): object.metadata
    case .persistentVolumeClaim(let object): object.metadata
    case .storageClass(let object): object.metadata
    case .csiNode(let object): object.metadata
    }
  }

  /// The kind as manifests spell it.
  public var kind: String {
    switch self {
    case .pod: "Pod"
    case .deployment: "Deployment"
    case .replicaSet: "ReplicaSet"
    case .daemonSet: "DaemonSet"
    case .node: "Node"
    case .namespace: "Namespace"
    case .service: "Service"
    case .priorityClass: "PriorityClass"
    case .limitRange: "LimitRange"
    case .resourceQuota: "ResourceQuota"
    case .podDisruptionBudget: "PodDisruptionBudget"
    case .persistentVolume: "PersistentVolume"
    case .persistentVolumeClaim: "PersistentVolumeClaim"
    case .storageClass: "StorageClass"
    case .csiNode: "CSINode"
    }
  }
}

/// Where an object stands in its file.
public struct ManifestPlace: Sendable, Hashable {
  public var file: String
  /// Counted from 1.
  public var line: Int
}

/// What a set of manifests says: its objects in order, what bears on nothing, and what is wrong.
public struct ManifestSet: Sendable {
  /// How many objects of a kind were read and left aside.
  public struct KindCount: Sendable, Hashable {
    public var kind: String
    public var count: Int
  }

  public internal(set) var objects: [ManifestObject] = []
  /// Where each of `objects` stands, index by index.
  public internal(set) var places: [ManifestPlace] = []
  /// Kinds that change neither scheduling nor scaling, in byte order.
  public internal(set) var irrelevantKinds: [KindCount] = []
  public var diagnostics: [Diagnostic] = []

  public init() {}

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  mutating func countIrrelevant(_ kind: String) {
    let index = irrelevantKinds.firstIndex { $0.kind >= kind } ?? irrelevantKinds.endIndex
    if index < irrelevantKinds.endIndex, irrelevantKinds[index].kind == kind {
      irrelevantKinds[index].count += 1
    } else {
      irrelevantKinds.insert(KindCount(kind: kind, count: 1), at: index)
    }
  }
}
