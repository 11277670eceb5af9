import ClusterState
import KubeControllers
import KubernetesObjects
import TimeUnits

/// Deletes pods that do not tolerate their node's NoExecute taints: `tainteviction`. Keys are pods.
struct TaintEvictionController: Controller {
  static let name = ControllerName.taintEviction
  /// Looked up by pod, never walked.
  private var scheduled: [PodID: TaintEviction.Scheduled] = [:]

  mutating func observe(
    _ change: ObservedChange, cache: Cluster, now: SimulationTime, keys: inout KeyRequests
  ) {
    switch change {
    case .node(let id, let old, let node, let kind):
      guard kind != .deleted, noExecute(old?.taints ?? []) != noExecute(node.taints) else { return }
      for podID in cache.podIDs(onNode: id) {
        if let pod = cache.pods[podID] { consider(pod, podID, node.taints, now, &keys) }
      }
    case .pod(let id, let old, let pod, let kind):
      if kind == .deleted {
        scheduled[id] = nil
        return
      }
      guard old?.nodeName != pod.nodeName, let name = pod.nodeName,
        let nodeID = cache.nodeID(name: name), let node = cache.nodes[nodeID],
        !noExecute(node.taints).isEmpty
      else { return }
      consider(pod, id, node.taints, now, &keys)
    case .deployment, .replicaSet, .daemonSet: break
    }
  }

  private func noExecute(_ taints: [Taint]) -> [Taint] { taints.filter { $0.effect == .noExecute } }

  private mutating func consider(
    _ pod: Pod, _ id: PodID, _ taints: [Taint], _ now: SimulationTime, _ keys: inout KeyRequests
  ) {
    let decision = TaintEviction.decide(
      tolerations: pod.spec.value.spec.tolerations, taints: taints, scheduled: scheduled[id],
      at: now)
    switch decision {
    case .keep: break
    case .cancel: scheduled[id] = nil
    case .schedule(let when, _):
      scheduled[id] = when
      keys.add(id.raw, afterNanoseconds: max(0, when.fireAt.nanoseconds - now.nanoseconds))
    }
  }

  mutating func sync(_ key: UInt32, cache: Cluster, now: SimulationTime) -> SyncPlan {
    let id = PodID(raw: key)
    var plan = SyncPlan()
    guard let when = scheduled[id], when.fireAt <= now, let pod = cache.pods[id],
      !pod.metadata.isTerminating
    else { return plan }
    scheduled[id] = nil
    let target = PodCondition(
      type: .disruptionTarget, status: .true, reason: TaintEviction.disruptionReason,
      message: TaintEviction.disruptionMessage, lastTransition: now)
    plan.then(
      .say(
        KubernetesEvent(
          TaintEviction.marking(namespace: pod.metadata.namespace, pod: pod.metadata.name),
          about: pod.metadata, kind: "Pod", by: .taintEviction)))
    for mutation in [
      Mutation.setPodConditions(id, [target]), .deletePod(id, graceSeconds: nil),
    ] {
      var request = ControllerRequest.mutate(mutation)
      request.toleratesNotFound = true
      plan.then(request)
    }
    return plan
  }
}
