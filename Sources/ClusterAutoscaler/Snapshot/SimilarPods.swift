import KubernetesObjects

/// Which kinds of pods found no place in this round: their like need not be tried.
///
/// At most ten kinds of each controller are remembered; more make the controller overflow.
/// Follows `simulator/scheduling/similar_pods.go` of cluster-autoscaler 1.36.
struct SimilarPods: Sendable {
  static let kindsPerController = 10

  private struct Kind: Sendable {
    var labels: Labels
    var spec: Shared<PodBlueprint>
  }

  private var unschedulable: [UID: [Kind]] = [:]
  private var overflowing: Set<UID> = []

  var overflowingControllers: Int { overflowing.count }

  func isUnschedulable(_ pod: Pod) -> Bool {
    guard let owner = pod.metadata.owner, let kinds = unschedulable[owner.uid] else {
      return false
    }
    return kinds.contains {
      $0.labels == pod.metadata.labels
        && ($0.spec.isIdentical(to: pod.spec) || $0.spec.value.spec == pod.spec.value.spec)
    }
  }

  mutating func noteUnschedulable(_ pod: Pod) {
    guard let owner = pod.metadata.owner, !pod.isDaemonSetPod else { return }
    if unschedulable[owner.uid, default: []].count >= Self.kindsPerController {
      overflowing.insert(owner.uid)
      return
    }
    unschedulable[owner.uid, default: []].append(
      Kind(labels: pod.metadata.labels, spec: pod.spec))
  }
}
