import ClusterState
import KubeControllers
import KubernetesObjects
import Traces

// How things stand: workloads with what they lack, nodes with how full they are.
extension ClusterModel {
  func workloadStates() -> [RunSummary.WorkloadState] {
    var states: [RunSummary.WorkloadState] = []
    cluster.deployments.forEach { _, deployment in
      let pods = cluster.replicaSetIDs(ownedBy: deployment.metadata.uid)
        .compactMap { cluster.replicaSets[$0]?.metadata.uid }
        .flatMap { cluster.podIDs(ownedBy: $0) }
      states.append(
        RunSummary.WorkloadState(
          name: "deployment.apps/\(deployment.metadata.name)",
          ready: Int64(pods.count { isReady($0) }), wanted: deployment.replicas,
          reason: reason(pods)))
    }
    cluster.replicaSets.forEach { _, set in
      guard set.metadata.owner == nil else { return }
      let pods = cluster.podIDs(ownedBy: set.metadata.uid)
      states.append(
        RunSummary.WorkloadState(
          name: "replicaset.apps/\(set.metadata.name)",
          ready: Int64(pods.count { isReady($0) }), wanted: set.replicas, reason: reason(pods)))
    }
    cluster.daemonSets.forEach { _, set in
      let pods = cluster.podIDs(ownedBy: set.metadata.uid)
      states.append(
        RunSummary.WorkloadState(
          name: "daemonset.apps/\(set.metadata.name)",
          ready: Int64(pods.count { isReady($0) }), wanted: set.status.desiredNumberScheduled,
          reason: reason(pods)))
    }
    for id in cluster.pods.ids {
      guard let pod = cluster.pods[id], !isOwned(pod) else { continue }
      states.append(
        RunSummary.WorkloadState(
          name: "pod/\(pod.metadata.name)", ready: isReady(id) ? 1 : 0,
          wanted: pod.status.phase == .succeeded ? 0 : 1, reason: reason([id])))
    }
    return states
  }

  /// Whether a pod counts for an owner that is told of, or is on its way out with one that is gone.
  /// A dump may know pods of a Job or a StatefulSet: those stand for themselves.
  private func isOwned(_ pod: Pod) -> Bool {
    guard let owner = pod.metadata.owner else { return false }
    let namespace = pod.metadata.namespace
    return switch owner.kind {
    case .replicaSet:
      cluster.replicaSetID(namespace: namespace, name: owner.name) != nil
        || pod.metadata.isTerminating
    case .daemonSet:
      cluster.daemonSetID(namespace: namespace, name: owner.name) != nil
        || pod.metadata.isTerminating
    default: false
    }
  }

  private func isReady(_ id: PodID) -> Bool {
    cluster.podSummaries[Int(id.raw)].isActive
      && cluster.pods.read(id) { $0.status.isReady } ?? false
  }

  /// The first thing that keeps one of the pods from being Ready.
  private func reason(_ pods: [PodID]) -> String {
    for id in pods {
      guard let pod = cluster.pods[id], pod.isActive, !pod.status.isReady else { continue }
      if let scheduled = pod.status.condition(.scheduled), scheduled.status == .false {
        return scheduled.message
      }
      for container in pod.status.containers {
        if case .waiting(let reason) = container.state { return reason }
      }
      return pod.status.phase.rawValue
    }
    // None is short but those that do not go.
    let isLeaving = pods.contains { cluster.pods[$0]?.metadata.isTerminating ?? false }
    return isLeaving ? "Terminating" : ""
  }

  func nodeStates() -> [RunSummary.NodeState] {
    cluster.nodes.ids.compactMap { id in
      guard let node = cluster.nodes[id] else { return nil }
      var requested = ResourceVector()
      var count: Int64 = 0
      for podID in cluster.podIDs(onNode: id) {
        guard let pod = cluster.pods[podID], !pod.status.phase.isTerminal else { continue }
        requested += pod.spec.value.requests
        count += 1
      }
      let room = ResourceVector(node.status.allocatable)
      func share(_ part: Int64, _ whole: Int64) -> Double {
        whole > 0 ? Double(part) / Double(whole) : 0
      }
      return RunSummary.NodeState(
        name: node.name, isReady: node.status.isReady, pods: count,
        maxPods: node.status.allocatable[ResourceName.pods]?.value ?? 0,
        cpuShare: share(requested.milliCPU, room.milliCPU),
        memoryShare: share(requested.memory, room.memory))
    }
  }
}
