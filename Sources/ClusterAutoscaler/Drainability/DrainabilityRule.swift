import KubernetesObjects

/// One reason for or against taking a pod off its node.
protocol DrainabilityRule: Sendable {
  func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome
}

/// The annotations by which a pod speaks for itself (`utils/drain/drain.go` 1.36).
enum DrainAnnotation {
  static let safeToEvict = "cluster-autoscaler.kubernetes.io/safe-to-evict"
  static let safeToEvictLocalVolumes =
    "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes"
}
