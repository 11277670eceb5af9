import KubernetesObjects

/// A static pod goes with its kubelet (`rules/mirror` 1.36).
struct MirrorRule: DrainabilityRule {
  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    pod.isMirror ? .skip : .undefined
  }
}
