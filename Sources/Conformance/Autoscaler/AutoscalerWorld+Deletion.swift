import ClusterAutoscaler
import KubeScheduler
import KubernetesObjects
import TimeUnits

/// How nodes are removed, step by step.
///
/// Follows `core/scaledown/actuation` of cluster-autoscaler 1.36: taint and cordon, wait, look
/// again, drain, delete.
extension AutoscalerWorld {
  mutating func begin(_ deletions: [NodeDeletion], drains: Bool) {
    let cordons = recording.options.cordonNodeBeforeTerminating
    for group in recording.groups.indices {
      let members = deletions.filter { $0.group == group }.compactMap {
        nodeOfName[$0.node.name]
      }
      if members.isEmpty { continue }
      for node in members {
        change(node) { node in
          node.taints.append(Taint(key: AutoscalerTaint.toBeDeleted, effect: .noSchedule))
          node.unschedulable = cordons
        }
      }
      add(
        Deletion(nodes: members, group: group, drains: drains, started: now),
        after: recording.options.nodeDeleteDelayAfterTaint)
    }
  }

  private mutating func add(_ deletion: Deletion, after delay: Duration) {
    deletionsUnderWay.append(deletion)
    agenda.add(.deletion(deletionsUnderWay.count - 1), at: now + delay)
  }

  mutating func advanceDeletion(_ index: Int) {
    let deletion = deletionsUnderWay[index]
    switch deletion.step {
    case .afterTaint: for node in deletion.nodes { lookAgain(node, deletion) }
    case .draining: for node in deletion.nodes { drain(node, deletion) }
    }
  }

  /// Pods may have come since the decision, or may not move any more.
  private mutating func lookAgain(_ node: Int, _ deletion: Deletion) {
    let context = DrainContext(
      now: now, options: recording.options, budgets: RemainingBudgets(recording.budgets),
      controllers: controllerReplicas)
    switch Drainability.podsToMove(podsOn(node), in: context) {
    case .failure: abort(node)
    case .success(let moving):
      if !deletion.drains, !moving.pods.isEmpty { return abort(node) }
      if !deletion.drains { return delete(node) }
      drain(node, deletion)
    }
  }

  /// Evicts what is left, and deletes the node once it is gone.
  private mutating func drain(_ node: Int, _ deletion: Deletion) {
    let left = podsOn(node).filter { $0.pod.isRecreatable }
    if left.isEmpty, deletion.step == .draining { return delete(node) }
    let options = recording.options
    var allAccepted = true
    for pod in left where !pod.pod.metadata.isTerminating {
      if !evict(Int(pod.key)) { allAccepted = false }
    }
    let limit =
      allAccepted
      ? .seconds(options.maxGracefulTerminationSec + 30) : options.maxPodEvictionTime
    if now - deletion.started > limit { return abort(node) }
    var rest = deletion
    rest.nodes = [node]
    rest.step = .draining
    // Refused evictions are tried again every ten seconds; pods that go are waited for in steps
    // of five.
    add(rest, after: allAccepted ? .seconds(5) : .seconds(10))
  }

  private func podsOn(_ node: Int) -> [AutoscalerPod] {
    guard let row = scheduler.node(named: nodes[node].node.name) else { return [] }
    return scheduler.pods(on: row).map { AutoscalerPod(key: $0, pods[Int($0)].pod) }
  }

  private mutating func abort(_ node: Int) {
    change(node) { node in
      node.taints.removeAll { $0.key == AutoscalerTaint.toBeDeleted }
      node.unschedulable = false
    }
    loop.nodeDeletionEnded(nodes[node].node.name)
    needsScheduling = true
  }

  private mutating func delete(_ node: Int) {
    let name = nodes[node].node.name
    let group = nodes[node].group
    note(.deleteNodes(group: recording.groups[group].id, nodes: [name]))
    nodes[node].isDeleted = true
    machines[group].removeAll { $0 == node }
    targets[group] -= 1
    loop.nodeDeletionEnded(name)
    if recording.groups[group].removalDelay > .zero {
      agenda.add(.gone(node: node), at: now + recording.groups[group].removalDelay)
    } else {
      disappear(node)
    }
  }
}
