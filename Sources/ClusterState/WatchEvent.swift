public import KubernetesObjects
public import TimeUnits

/// What a change looks like to a watcher: the kind of change and the object after it.
public enum WatchEvent: Sendable {
  case pod(WatchChange, PodID, Pod)
  case node(WatchChange, NodeID, Node)
  case lease(NodeID, SimulationTime)
  case deployment(WatchChange, DeploymentID, Deployment)
  case replicaSet(WatchChange, ReplicaSetID, ReplicaSet)
  case daemonSet(WatchChange, DaemonSetID, DaemonSet)
  case service(WatchChange, ServiceID, Service)
  /// Added or changed.
  case storage(StorageObject)
  case namespace(Namespace)
}

/// What pods' volumes are made of.
public enum StorageObject: Sendable {
  case volume(PersistentVolume)
  case claim(PersistentVolumeClaim)
  case storageClass(StorageClass)
  case csiNode(CSINode)
}

public enum WatchChange: String, Sendable, Hashable {
  case added = "ADDED"
  case modified = "MODIFIED"
  case deleted = "DELETED"
}

public typealias PodID = ObjectID<Pod>
public typealias NodeID = ObjectID<Node>
public typealias DeploymentID = ObjectID<Deployment>
public typealias ReplicaSetID = ObjectID<ReplicaSet>
public typealias DaemonSetID = ObjectID<DaemonSet>
public typealias ServiceID = ObjectID<Service>
