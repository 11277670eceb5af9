import KubernetesObjects
import TimeUnits

/// A pod of `kube-system` without a budget stays, for its first hour (`rules/system` 1.36).
struct SystemRule: DrainabilityRule {
  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    guard context.options.skipNodesWithSystemPods, pod.metadata.namespace == "kube-system",
      context.budgets.matching(pod).isEmpty
    else { return .undefined }
    // In 1.13 it stays for ever.
    guard context.options.release != .v1_13 else { return .block(.unmovableKubeSystemPod) }
    let age = context.now - pod.metadata.creationTime
    return age > context.options.blockingSystemPodDisruptionTimeout
      ? .drain : .block(.unmovableKubeSystemPod)
  }
}
