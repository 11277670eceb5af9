public import KubernetesObjects

/// Whether the pods of a node may be taken off it.
///
/// Follows `simulator/drainability/rules/rules.go` and `simulator/drain.go` of
/// cluster-autoscaler 1.36; for 1.13 `utils/drain/drain.go` and `simulator/drain.go`.
public enum Drainability {
  private static let rules: [any DrainabilityRule] = [
    MirrorRule(), LongTerminatingRule(), ReplicaCountRule(), DaemonSetRule(), SafeToEvictRule(),
    TerminalRule(), OnCompletionRule(), ReplicatedRule(), SystemRule(), NotSafeToEvictRule(),
    LocalStorageRule(), DisruptionBudgetRule(),
  ]

  /// 1.13 looks at local storage before the annotation, and at budgets after all else.
  private static let rules113: [any DrainabilityRule] = [
    MirrorRule(), LongTerminatingRule(), ReplicaCountRule(), DaemonSetRule(), SafeToEvictRule(),
    TerminalRule(), ReplicatedRule(), SystemRule(), LocalStorageRule(), NotSafeToEvictRule(),
  ]

  /// What the first rule with an opinion says.
  public static func outcome(of pod: Pod, in context: DrainContext) -> DrainOutcome {
    for rule in context.options.release == .v1_13 ? rules113 : rules {
      let outcome = rule.outcome(of: pod, in: context)
      if outcome != .undefined { return outcome }
    }
    return .undefined
  }

  /// The pods that must move and the daemon pods, or the pod that blocks.
  public static func podsToMove(
    _ pods: [AutoscalerPod], in context: DrainContext
  ) -> Result<PodsToMove, BlockingPod> {
    var found = PodsToMove()
    for pod in pods {
      switch outcome(of: pod.pod, in: context) {
      case .undefined, .drain:
        if pod.pod.isDaemonSetPod {
          found.daemonPods.append(pod)
        } else {
          found.pods.append(pod)
        }
      case .wait: found.waitingPods.append(pod)
      case .skip: break
      case .block(let reason): return .failure(BlockingPod(pod, reason))
      }
    }
    if context.options.release == .v1_13,
      let pod = context.budgets.firstExhausted(of: found.pods)
    {
      return .failure(BlockingPod(pod, .notEnoughPdb))
    }
    return .success(found)
  }
}

/// What becomes of a node's pods when it goes.
public struct PodsToMove: Sendable {
  /// Those that need a place elsewhere.
  public var pods: [AutoscalerPod] = []
  /// Those that go with their node.
  public var daemonPods: [AutoscalerPod] = []
  /// Those that are left to run to their end first.
  public var waitingPods: [AutoscalerPod] = []

  public init() {}
}

/// The pod that keeps a node, and why.
public struct BlockingPod: Error, Sendable, Hashable {
  public var key: UInt32
  public var name: String
  public var namespace: String
  public var reason: BlockingReason

  public init(key: UInt32, name: String, namespace: String, reason: BlockingReason) {
    self.key = key
    self.name = name
    self.namespace = namespace
    self.reason = reason
  }

  init(_ pod: AutoscalerPod, _ reason: BlockingReason) {
    self.init(
      key: pod.key, name: pod.pod.metadata.name, namespace: pod.pod.metadata.namespace,
      reason: reason)
  }
}
