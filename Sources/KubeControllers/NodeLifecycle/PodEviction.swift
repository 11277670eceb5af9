public import KubernetesObjects
public import TimeUnits

/// How Kubernetes 1.11 empties dead nodes: the node controller deletes their pods itself, by the
/// same zone queues through which 1.36 only taints.
///
/// Follows `monitorNodeStatus` and `doEvictionPass` of pkg/controller/nodelifecycle, 1.11, with
/// TaintBasedEvictions off, as it was by default.
public enum PodEviction {
  /// Whether a node's pods are to be deleted now: not Ready for `pod-eviction-timeout`.
  ///
  /// A node that says itself it is not ready is counted from that change, a silent one from its
  /// last sign of life.
  public static func isDue(
    _ ready: ConditionStatus, health: NodeHealth, options: NodeLifecycleOptions,
    at now: SimulationTime
  ) -> Bool {
    let since: SimulationTime
    switch ready {
    case .true: return false
    case .false: since = health.readyTransition
    case .unknown: since = health.probe
    }
    return since.advanced(byNanoseconds: options.podEvictionTimeout) < now
  }

  /// Whether the controller deletes this pod of such a node; those of DaemonSets and those that are
  /// being deleted it leaves alone.
  public static func takes(_ pod: Pod) -> Bool {
    !pod.metadata.isTerminating && pod.metadata.owner?.kind != .daemonSet
  }

  /// Whether the Node object itself goes: it is not Ready, and the cloud does not know its instance
  /// as running. The AWS provider of 1.11 says so of any state but `running`; from 1.13 on only a
  /// terminated instance counts as gone, and a stopped one is tainted.
  public static func deletesNode(
    _ ready: ConditionStatus, instanceIsRunning: Bool, instanceIsTerminated: Bool,
    release: KubernetesRelease
  ) -> Bool {
    guard ready != .true else { return false }
    return release == .v1_11 ? !instanceIsRunning : instanceIsTerminated
  }

  public static func marking(pod: String, node: String) -> ReportedEvent {
    ReportedEvent(
      reason: "NodeControllerEviction",
      message: "Marking for deletion Pod \(pod) from Node \(node)")
  }

  public static func deletingNode(_ node: String) -> ReportedEvent {
    ReportedEvent(
      reason: "DeletingNode",
      message: "Node \(node) event: Deleting Node \(node) because it's not present according to "
        + "cloud provider")
  }
}
