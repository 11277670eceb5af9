public import KubernetesObjects

/// What the kubelet writes to `oom_score_adj`: who dies first when the machine is out of memory.
///
/// Follows `pkg/kubelet/qos/policy.go` of Kubernetes 1.36.
public enum OOMScore {
  static let guaranteed: Int64 = -997
  static let bestEffort: Int64 = 1000

  /// The adjustment for one container, from -997 (last) to 1000 (first).
  ///
  /// A burstable container's is the larger the less of the machine it asks for; a sidecar's is not
  /// above that of the container that asks for least. In 1.11 guaranteed pods had -998 and
  /// burstable ones 2 at least.
  public static func adjustment(
    for container: Container, of spec: PodSpec, memoryCapacity: Int64,
    release: KubernetesRelease = .v1_36
  ) -> Int64 {
    let lowest = release == .v1_36 ? guaranteed : -998
    if isNodeCritical(spec), release == .v1_36 { return lowest }
    switch QOSClass(of: spec) {
    case .guaranteed: return lowest
    case .bestEffort: return bestEffort
    case .burstable: break
    }
    guard memoryCapacity > 0 else { return bestEffort - 1 }
    func score(_ bytes: Int64) -> Int64 {
      // Wide enough for any amount a manifest may hold.
      Int64(clamping: 1000 - Int128(bytes) * 1000 / Int128(memoryCapacity))
    }
    let share = podLevelShare(of: spec)
    var adjustment = score(memoryRequest(of: container) &+ share)
    if container.isSidecar, spec.initContainers.contains(where: { $0.name == container.name }) {
      let least = spec.containers.map(memoryRequest).min() ?? 0
      adjustment = min(adjustment, score(least &+ share))
    }
    // Burstable stays between the other two classes.
    return min(max(adjustment, 1000 + lowest), bestEffort - 1)
  }

  private static func memoryRequest(of container: Container) -> Int64 {
    container.resources.requests[ResourceName.memory]?.value ?? 0
  }

  /// Critical by priority, and by the class that marks the node's own pods
  /// ([36] `pkg/kubelet/types/pod_update.go`).
  private static func isNodeCritical(_ spec: PodSpec) -> Bool {
    spec.priorityClassName == "system-node-critical"
      && (spec.priority ?? 0) >= PriorityClass.systemClusterCritical
  }

  /// What pod-level memory requests leave over, split evenly over the containers.
  private static func podLevelShare(of spec: PodSpec) -> Int64 {
    guard let request = spec.resources?.requests[ResourceName.memory], !request.isZero else {
      return 0
    }
    let claimed =
      EffectiveResources.containerRequests(of: spec)[ResourceName.memory]?.value ?? 0
    let containers = Int64(spec.containers.count + spec.initContainers.count)
    return containers > 0 ? (request.value &- claimed) / containers : 0
  }
}
