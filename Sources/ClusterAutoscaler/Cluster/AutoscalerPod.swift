public import KubeScheduler
public import KubernetesObjects

/// A pod under the small number that stands for it in snapshots.
public struct AutoscalerPod: Sendable {
  public var key: UInt32
  public var pod: Pod

  public init(key: UInt32, _ pod: Pod) {
    self.key = key
    self.pod = pod
  }

  public var reference: PodRef { PodRef(key: key, pod) }
}

extension Pod {
  /// Whether the pod was made by a kubelet from a file: `kubernetes.io/config.mirror`.
  public var isMirror: Bool { metadata.annotations["kubernetes.io/config.mirror"] != nil }

  /// Whether a DaemonSet owns the pod, or it says so itself (`utils/pod/pod.go` 1.36).
  public var isDaemonSetPod: Bool {
    metadata.owner?.kind == .daemonSet
      || metadata.annotations["cluster-autoscaler.kubernetes.io/daemonset-pod"] == "true"
  }

  /// Whether something makes the pod anew once it is gone from a node.
  public var isRecreatable: Bool { !isMirror && !isDaemonSetPod }
}
