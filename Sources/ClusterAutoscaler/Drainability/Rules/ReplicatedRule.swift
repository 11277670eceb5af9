import KubernetesObjects

/// A pod that nothing would make anew stays (`rules/replicated` 1.36).
struct ReplicatedRule: DrainabilityRule {
  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    guard let owner = pod.metadata.owner else { return .block(.notReplicated) }
    guard context.options.skipNodesWithCustomControllerPods else { return .undefined }
    switch owner.kind {
    case .replicationController, .job, .replicaSet, .statefulSet: return .undefined
    case .deployment, .daemonSet, .node, .other: return .block(.notReplicated)
    }
  }
}
