import KubeScheduler
import KubernetesObjects

/// Finds places for pods, first where they were found last time.
///
/// Follows `simulator/scheduling/hinting_simulator.go` of cluster-autoscaler 1.36.
struct HintingSimulator: Sendable {
  private var hints = Hints()

  struct Placement: Sendable {
    /// The index of the pod among those given.
    var pod: Int
    var node: NodeIndex
  }

  /// Places what can be placed and leaves it in the snapshot.
  ///
  /// - Parameters:
  ///   - breaksOnFailure: whether the first pod without a place ends the search.
  mutating func place(
    _ pods: [AutoscalerPod], in snapshot: inout ClusterSnapshot, breaksOnFailure: Bool,
    where accepts: (NodeIndex) -> Bool
  ) -> (placed: [Placement], overflowingControllers: Int) {
    var similar = SimilarPods()
    var placed: [Placement] = []
    for (index, pod) in pods.enumerated() {
      if let hint = hints[pod.key], let node = snapshot.node(named: hint), accepts(node),
        snapshot.schedule(pod.reference, on: node)
      {
        hints[pod.key] = hint
        placed.append(Placement(pod: index, node: node))
        continue
      }
      if similar.isUnschedulable(pod.pod) {
        if breaksOnFailure { break }
        continue
      }
      if let node = snapshot.scheduleAnywhere(pod.reference, where: accepts) {
        hints[pod.key] = snapshot.name(of: node)
        placed.append(Placement(pod: index, node: node))
      } else {
        similar.noteUnschedulable(pod.pod)
        if breaksOnFailure { break }
      }
    }
    return (placed, similar.overflowingControllers)
  }

  mutating func dropOldHints() { hints.dropOld() }
}
