public import KubernetesObjects
import TimeUnits

/// Everything that can change in a cluster: the closed list behind the one door.
public enum Mutation: Sendable {
  case createPod(Pod)
  /// The scheduler's binding: refused if the pod has a node.
  case bindPod(PodID, nodeName: String)
  case setPodStatus(PodID, PodStatus)
  /// Replaces the conditions of the same types; transition times move only with the status.
  case setPodConditions(PodID, [PodCondition])
  case setPodAnnotations(PodID, Labels)
  /// What is left of the gates that hold a pod back.
  case setSchedulingGates(PodID, [String])
  case nominate(PodID, nodeName: String?)
  /// A DELETE: graceful unless the pod was never bound, is terminal, or `graceSeconds` is 0.
  /// Nil takes the pod's own grace.
  case deletePod(PodID, graceSeconds: Int64?)
  case createNode(Node)
  /// Replaces metadata, taints, cordon and status at once.
  case updateNode(NodeID, Node)
  case setNodeConditions(NodeID, [NodeCondition])
  /// Adds and removes taints by key and effect.
  case patchNodeTaints(NodeID, add: [Taint], remove: [Taint])
  /// `kubectl cordon` and `uncordon`.
  case setUnschedulable(NodeID, Bool)
  case deleteNode(NodeID)
  case renewLease(NodeID)
  case createDeployment(Deployment)
  case updateDeployment(DeploymentID, Deployment, precondition: Precondition)
  /// The scale subresource: a new generation if the number changes.
  case scaleDeployment(DeploymentID, replicas: Int64)
  case deleteDeployment(DeploymentID)
  case createReplicaSet(ReplicaSet)
  case updateReplicaSet(ReplicaSetID, ReplicaSet, precondition: Precondition)
  case deleteReplicaSet(ReplicaSetID)
  case createDaemonSet(DaemonSet)
  case updateDaemonSet(DaemonSetID, DaemonSet, precondition: Precondition)
  case deleteDaemonSet(DaemonSetID)
  case createService(Service)
  case deleteService(ServiceID)
  case putPriorityClass(PriorityClass)
  case putLimitRange(LimitRange)
  case putResourceQuota(ResourceQuota)
  case putPodDisruptionBudget(PodDisruptionBudget)
  case putStorage(StorageObject)
  case createNamespace(Namespace)
}

/// Whether an update minds that the object changed since it was read.
public enum Precondition: Sendable, Hashable {
  case none
  /// Refused with 409 Conflict unless the stored resourceVersion is this one.
  case resourceVersion(UInt64)
}

/// Which object a mutation made or changed.
public enum AppliedObject: Sendable, Hashable {
  case pod(PodID)
  case node(NodeID)
  case deployment(DeploymentID)
  case replicaSet(ReplicaSetID)
  case daemonSet(DaemonSetID)
  case service(ServiceID)
  case other
}
