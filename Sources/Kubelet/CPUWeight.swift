public import KubernetesObjects

/// A cgroup's CPU weight by the rules of a release: `cpu.shares` of cgroup v1 on Kubernetes 1.11,
/// `cpu.weight` of v2 today.
public enum CPUWeight {
  /// By the container runtime.
  public static func ofContainer(milliCPU: Int64, _ release: KubernetesRelease) -> Double {
    let shares = CPUShares.shares(milliCPU: milliCPU)
    return Double(release == .v1_11 ? shares : CPUShares.curvedWeight(shares: shares))
  }

  /// By the kubelet: a pod's, and that of all pods.
  public static func ofPod(milliCPU: Int64, _ release: KubernetesRelease) -> Double {
    let shares = CPUShares.shares(milliCPU: milliCPU)
    return Double(release == .v1_11 ? shares : CPUShares.weight(shares: shares))
  }

  /// What a cgroup has that nobody set: `system.slice`.
  public static func unset(_ release: KubernetesRelease) -> Double {
    release == .v1_11 ? 1_024 : 100
  }
}
