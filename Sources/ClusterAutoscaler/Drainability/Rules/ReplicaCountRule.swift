import KubernetesObjects

/// A pod whose controller is gone, or is to have too few pods, stays (`rules/replicacount` 1.36).
///
/// A pod of a DaemonSet that is gone would block too; here such a pod goes with its node.
struct ReplicaCountRule: DrainabilityRule {
  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    guard context.options.skipNodesWithCustomControllerPods,
      let controllers = context.controllers, let owner = pod.metadata.owner,
      !pod.isDaemonSetPod
    else { return .undefined }
    switch owner.kind {
    case .replicaSet, .replicationController:
      guard let replicas = controllers[owner.uid] else { return .block(.controllerNotFound) }
      let isTooSmall = replicas.target < context.options.minReplicaCount
      return isTooSmall ? .block(.minReplicasReached) : .undefined
    case .job, .statefulSet:
      return controllers[owner.uid] == nil ? .block(.controllerNotFound) : .undefined
    case .deployment, .daemonSet, .node, .other: return .undefined
    }
  }
}
