import KubeScheduler
import KubernetesObjects
import TimeUnits

/// Whether a node could go: whether its pods may move, and where to.
///
/// Follows `simulator/cluster.go` of cluster-autoscaler 1.36. A node that could go stays in the
/// imagined cluster as gone, so that the next is judged without it.
struct RemovalSimulator: Sendable {
  private var simulator = HintingSimulator()

  enum Verdict {
    case removable(RemovableNode)
    case unremovable(UnremovableNode)
  }

  mutating func simulate(
    _ node: Node, in snapshot: inout ClusterSnapshot, context: DrainContext,
    pod: (UInt32) -> Pod?, destinations: (NodeIndex) -> Bool
  ) -> Verdict {
    guard let index = snapshot.node(named: node.name) else {
      return .unremovable(UnremovableNode(name: node.name, reason: .noNodeInfo))
    }
    let pods = snapshot.pods(on: index).compactMap { key in
      pod(key).map { AutoscalerPod(key: key, $0) }
    }
    let moving: PodsToMove
    switch Drainability.podsToMove(pods, in: context) {
    case .failure(let blocking):
      return .unremovable(
        UnremovableNode(name: node.name, reason: .blockedByPod, blockingPod: blocking))
    case .success(let found): moving = found
    }
    // Nothing can go wrong with a node that is empty: the cluster is not kept twice for it.
    let before = moving.pods.isEmpty ? nil : snapshot
    if let homeless = move(moving.pods, off: node, at: index, &snapshot, destinations) {
      if let before { snapshot = before }
      return .unremovable(
        UnremovableNode(
          name: node.name, reason: .noPlaceToMovePods,
          homelessPod: homeless.pod.metadata.name))
    }
    return .removable(
      RemovableNode(name: node.name, pods: moving.pods, daemonPods: moving.daemonPods))
  }

  /// The pod for which there is no place; nil if all have one, and the node is gone.
  private mutating func move(
    _ pods: [AutoscalerPod], off node: Node, at index: NodeIndex,
    _ snapshot: inout ClusterSnapshot, _ destinations: (NodeIndex) -> Bool
  ) -> AutoscalerPod? {
    for pod in pods { snapshot.removePod(pod.key) }
    if !pods.isEmpty {
      // The node stays as a domain of spreading while its pods look for a place.
      var ghost = node
      ghost.taints.append(Taint(key: AutoscalerTaint.toBeDeleted, effect: .noSchedule))
      snapshot.replace(ghost)
      let result = simulator.place(pods, in: &snapshot, breaksOnFailure: true) {
        $0 != index && destinations($0)
      }
      if result.placed.count < pods.count { return pods[result.placed.count] }
    }
    snapshot.remove(node.name)
    return nil
  }

  mutating func dropOldHints() { simulator.dropOldHints() }
}
