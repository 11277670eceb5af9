/// Which kube-controller-manager decides, where the two that are modeled differ.
public enum ControllerManagerVersion: Sendable, Hashable, CaseIterable {
  /// Kubernetes 1.11, early 2019: evicts pods itself, no taints by condition, exact pod ages.
  case v1_11
  /// Kubernetes 1.36: taint-based eviction, logarithmic pod ages, colocation, deletion cost.
  case v1_36
}
