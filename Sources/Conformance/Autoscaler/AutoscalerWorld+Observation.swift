import ClusterAutoscaler
import KubernetesObjects
import TimeUnits

extension AutoscalerWorld {
  /// What a loop sees now; unordered caches give their contents in any order.
  mutating func observe() -> ClusterObservation {
    let alive = nodes.indices.filter { nodes[$0].isRegistered && !nodes[$0].isGone }
    let shuffled = ties.shuffled(alive)
    let groups = recording.groups.indices.map(observedGroup)
    var observation = ClusterObservation(
      now: now, snapshot: scheduler,
      nodes: favored(shuffled).map { ObservedNode(nodes[$0].node, group: nodes[$0].group) },
      pending: ties.shuffled(pending.filter(isUnschedulable)).map {
        AutoscalerPod(key: UInt32($0), pods[$0].pod)
      },
      groups: groups, budgets: recording.budgets, controllers: controllerReplicas,
      pod: { [pods] key in Int(key) < pods.count ? pods[Int(key)].pod : nil })
    observation.searchOrder = searchOrder(shuffled)
    return observation
  }

  private func isUnschedulable(_ key: Int) -> Bool {
    pods[key].pod.status.condition(.scheduled)?.reason == "Unschedulable"
  }

  private func observedGroup(_ index: Int) -> NodeGroup {
    let group = recording.groups[index]
    return NodeGroup(
      id: group.id, minSize: group.min, maxSize: group.max, targetSize: targets[index],
      template: NodeTemplate(node: group.template),
      instances: machines[index].map { CloudInstance(providerID: nodes[$0].node.providerID) })
  }

  /// Every ReplicaSet has what it wants: an evicted pod is replaced at once.
  var controllerReplicas: [UID: ControllerReplicas] {
    var replicas: [UID: ControllerReplicas] = [:]
    for (index, _) in recording.owners.enumerated() {
      replicas[UID(low: UInt64(index) + 1)] = ControllerReplicas(target: .max, current: .max)
    }
    return replicas
  }

  // MARK: Following

  /// Nodes that the recorded run removes come first, those it removes soonest before the others.
  func favored(_ order: [Int]) -> [Int] {
    guard let ranks = ties.guide?.removalRank, !ranks.isEmpty else { return order }
    return order.enumerated().sorted { a, b in
      let first = ranks[nodes[a.element].node.name] ?? .max
      let second = ranks[nodes[b.element].node.name] ?? .max
      return (first, a.offset) < (second, b.offset)
    }.map(\.element)
  }

  /// Pods go rather to nodes that the recorded run keeps.
  private func searchOrder(_ order: [Int]) -> [String]? {
    guard let ranks = ties.guide?.removalRank, !ranks.isEmpty else { return nil }
    return order.enumerated().sorted { a, b in
      let first = ranks[nodes[a.element].node.name] ?? .max
      let second = ranks[nodes[b.element].node.name] ?? .max
      return (second, a.offset) < (first, b.offset)
    }.map { nodes[$0.element].node.name }
  }
}
