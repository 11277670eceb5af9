import KubernetesObjects

/// A DaemonSet's pod does not keep its node (`rules/daemonset` 1.36).
struct DaemonSetRule: DrainabilityRule {
  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    pod.isDaemonSetPod ? .drain : .undefined
  }
}
