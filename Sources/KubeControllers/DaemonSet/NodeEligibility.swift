public import KubernetesObjects

/// Whether a DaemonSet's pod belongs on a node.
///
/// Follows `NodeShouldRunDaemonPod` of pkg/controller/daemon/daemon_controller.go, 1.36.
public struct NodeEligibility: Sendable, Hashable {
  /// A pod is wanted here.
  public var shouldRun: Bool
  /// A pod that is here may stay.
  public var mayContinue: Bool

  public init(_ spec: PodSpec, on node: Node) {
    if let name = spec.nodeName, name != node.name {
      (shouldRun, mayContinue) = (false, false)
      return
    }
    guard Self.matches(spec, node) else {
      (shouldRun, mayContinue) = (false, false)
      return
    }
    let tolerations = spec.tolerations + Self.automaticTolerations(for: spec)
    let untolerated = node.taints.filter { taint in
      taint.effect != .preferNoSchedule && !tolerations.contains { $0.tolerates(taint) }
    }
    shouldRun = untolerated.isEmpty
    mayContinue = !untolerated.contains { $0.effect == .noExecute }
  }

  /// Whether a node's change to this is worth a look at the DaemonSet: a pod has come to be wanted
  /// there, or may no longer stay. `old` is nil for a new node.
  ///
  /// A pod that may stay where none would be made any more wakes nobody: the status counts it as
  /// misscheduled at the next occasion (recorded with 1.36).
  public func needsSync(after old: NodeEligibility?) -> Bool {
    (shouldRun && !(old?.shouldRun ?? false)) || (!mayContinue && old?.mayContinue ?? false)
  }

  private static func matches(_ spec: PodSpec, _ node: Node) -> Bool {
    guard node.metadata.labels.contains(spec.nodeSelector) else { return false }
    guard let terms = spec.affinity?.requiredNodeTerms else { return true }
    var fields = Labels()
    fields["metadata.name"] = node.name
    return terms.contains { term in
      (!term.matchExpressions.isEmpty || !term.matchFields.isEmpty)
        && term.matchExpressions.allSatisfy { $0.matches(node.metadata.labels) }
        && term.matchFields.allSatisfy { $0.matches(fields) }
    }
  }

  /// What every DaemonSet's pod tolerates beside what its template says.
  ///
  /// `AddOrUpdateDaemonPodTolerations` of daemonset_util.go, 1.36; 1.11 is the same but for
  /// pid-pressure.
  public static func automaticTolerations(
    for spec: PodSpec, release: KubernetesRelease = .v1_36
  ) -> [Toleration] {
    func exists(_ key: String, _ effect: Taint.Effect) -> Toleration {
      Toleration(key: key, operator: .exists, effect: effect)
    }
    var tolerations = [
      exists(Taint.Key.notReady, .noExecute), exists(Taint.Key.unreachable, .noExecute),
      exists(Taint.Key.diskPressure, .noSchedule), exists(Taint.Key.memoryPressure, .noSchedule),
    ]
    if release != .v1_11 { tolerations.append(exists(Taint.Key.pidPressure, .noSchedule)) }
    tolerations.append(exists(Taint.Key.unschedulable, .noSchedule))
    if spec.hostNetwork { tolerations.append(exists(Taint.Key.networkUnavailable, .noSchedule)) }
    return tolerations
  }
}
