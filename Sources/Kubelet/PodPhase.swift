public import KubernetesObjects

/// A pod's phase from its containers' states.
///
/// Follows `getPhase` in `pkg/kubelet/kubelet_pods.go`, Kubernetes 1.36.
public enum PodPhase {
  public static func decide(_ status: PodStatus, spec: PodSpec) -> PodStatus.Phase {
    let initialized = zip(spec.initContainers, status.initContainers).allSatisfy { spec, status in
      if spec.isSidecar { return isStarted(status) }
      guard case .terminated(let end) = status.state else { return false }
      return end.exitCode == 0
    }
    if spec.restartPolicy == .never, hasFailedInit(status, spec) { return .failed }
    guard initialized, status.containers.count == spec.containers.count else { return .pending }
    var running = 0
    var succeeded = 0
    var failed = 0
    for container in status.containers {
      switch container.state {
      case .running: running += 1
      case .terminated(let end): if end.exitCode == 0 { succeeded += 1 } else { failed += 1 }
      case .waiting:
        // Waiting to be started again counts as running, waiting for the first start does not.
        guard container.lastTermination != nil else { return .pending }
        running += 1
      }
    }
    if running > 0 { return .running }
    switch spec.restartPolicy {
    case .always: return .running
    case .onFailure: return failed > 0 ? .running : .succeeded
    case .never: return failed > 0 ? .failed : .succeeded
    }
  }

  private static func isStarted(_ status: ContainerStatus) -> Bool {
    if case .waiting = status.state { status.lastTermination != nil } else { true }
  }

  private static func hasFailedInit(_ status: PodStatus, _ spec: PodSpec) -> Bool {
    zip(spec.initContainers, status.initContainers).contains { spec, status in
      guard case .terminated(let end) = status.state else { return false }
      return !spec.isSidecar && end.exitCode != 0
    }
  }
}
