import ClusterState
import KubernetesObjects
import Scenarios
import SimulationKernel
import TimeUnits

extension ClusterModel {
  mutating func run(
    _ command: KubectlCommand, in context: inout ClusterContext
  ) -> CommandOutcome {
    switch command {
    case .scale(let scale): return self.scale(scale, in: &context)
    case .delete(let delete): return self.delete(delete, in: &context)
    case .get(let get): return table(get, at: context.now)
    case .apply(let apply): return self.apply(apply, in: &context)
    case .cordon(let nodes): return cordon(nodes, true, in: &context)
    case .uncordon(let nodes): return cordon(nodes, false, in: &context)
    case .drain(let drain): return self.drain(drain, in: &context)
    }
  }

  // MARK: Scale

  private mutating func scale(
    _ scale: KubectlCommand.Scale, in context: inout ClusterContext
  ) -> CommandOutcome {
    var outcome = CommandOutcome()
    for target in scale.targets.targets {
      for name in names(target, scale.targets, missing: &outcome) {
        scaleOne(target.resource, name, scale, &outcome, in: &context)
      }
    }
    return outcome
  }

  private mutating func scaleOne(
    _ resource: ResourceKind, _ name: String, _ scale: KubectlCommand.Scale,
    _ outcome: inout CommandOutcome, in context: inout ClusterContext
  ) {
    let namespace = scale.targets.namespace
    let current: Int64
    let mutation: Mutation
    if let id = cluster.deploymentID(namespace: namespace, name: name), resource == .deployments {
      current = cluster.deployments[id]!.replicas
      mutation = .scaleDeployment(id, replicas: scale.replicas)
    } else if let id = cluster.replicaSetID(namespace: namespace, name: name),
      resource == .replicasets
    {
      var set = cluster.replicaSets[id]!
      current = set.replicas
      set.replicas = scale.replicas
      mutation = .updateReplicaSet(id, set, precondition: .none)
    } else {
      outcome.refuse(KubectlSentences.notFound(resource, name, release: parameters.release))
      return
    }
    if let expected = scale.currentReplicas, expected != current {
      outcome.refuse(KubectlSentences.unexpectedReplicas(expected: expected, actual: current))
      return
    }
    _ = try? write(mutation, in: &context)
    outcome.add(KubectlSentences.scaled(resource, name, release: parameters.release))
  }

  // MARK: Delete

  private mutating func delete(
    _ delete: KubectlCommand.Delete, in context: inout ClusterContext
  ) -> CommandOutcome {
    var outcome = CommandOutcome()
    if delete.force, delete.gracePeriodSeconds == 0 { outcome.add(KubectlSentences.forceWarning) }
    for object in delete.files.flatMap({ files[$0] ?? [] }) {
      guard let resource = ResourceKind(word: object.kind) else { continue }
      deleteOne(
        resource, object.metadata.name, object.metadata.namespace, delete, &outcome, in: &context)
    }
    guard let targets = delete.targets else { return outcome }
    for target in targets.targets {
      var missing = CommandOutcome()
      let found = objects(target, targets, missing: &missing)
      if !missing.accepted, !delete.ignoreNotFound {
        missing.lines.forEach { outcome.refuse($0) }
      }
      for (namespace, name) in found {
        deleteOne(target.resource, name, namespace, delete, &outcome, in: &context)
      }
      if found.isEmpty, target.name == nil { outcome.add("No resources found") }
    }
    return outcome
  }

  private mutating func deleteOne(
    _ resource: ResourceKind, _ name: String, _ namespace: String,
    _ delete: KubectlCommand.Delete, _ outcome: inout CommandOutcome,
    in context: inout ClusterContext
  ) {
    let isForced = delete.force && delete.gracePeriodSeconds == 0
    switch resource {
    case .pods:
      if let id = cluster.podID(namespace: namespace, name: name) {
        let grace = isForced ? 0 : delete.gracePeriodSeconds
        _ = try? write(.deletePod(id, graceSeconds: grace), in: &context)
      }
    case .nodes:
      if let id = cluster.nodeID(name: name) { _ = try? write(.deleteNode(id), in: &context) }
    case .services:
      if let id = cluster.serviceID(namespace: namespace, name: name) {
        _ = try? write(.deleteService(id), in: &context)
      }
    case .deployments, .replicasets, .daemonsets:
      deleteOwner(resource, name, namespace, orphans: delete.cascade == .orphan, in: &context)
    default:
      outcome.refuse(
        "\(resource.rawValue) cannot be deleted on a simulated timeline yet; they stay")
      return
    }
    outcome.add(
      KubectlSentences.deleted(
        resource, name, namespace: namespace, force: isForced, release: parameters.release))
  }

  // The owner vanishes first; its dependents follow, as the garbage collector finds them
  // ([36] `pkg/controller/garbagecollector`, background propagation).
  private mutating func deleteOwner(
    _ resource: ResourceKind, _ name: String, _ namespace: String, orphans: Bool,
    in context: inout ClusterContext
  ) {
    var uids: [UID] = []
    if resource == .deployments,
      let id = cluster.deploymentID(namespace: namespace, name: name)
    {
      let uid = cluster.deployments[id]!.metadata.uid
      _ = try? write(.deleteDeployment(id), in: &context)
      guard !orphans else { return }
      for set in cluster.replicaSetIDs(ownedBy: uid) {
        uids.append(cluster.replicaSets[set]!.metadata.uid)
        _ = try? write(.deleteReplicaSet(set), in: &context)
      }
    } else if resource == .replicasets,
      let id = cluster.replicaSetID(namespace: namespace, name: name)
    {
      uids = [cluster.replicaSets[id]!.metadata.uid]
      _ = try? write(.deleteReplicaSet(id), in: &context)
    } else if resource == .daemonsets,
      let id = cluster.daemonSetID(namespace: namespace, name: name)
    {
      uids = [cluster.daemonSets[id]!.metadata.uid]
      _ = try? write(.deleteDaemonSet(id), in: &context)
    }
    guard !orphans else { return }
    for uid in uids { collect(ownedBy: uid, in: &context) }
  }

  // About 20 deletions a second: 40 requests a second at two an object.
  private mutating func collect(ownedBy uid: UID, in context: inout ClusterContext) {
    for (index, pod) in cluster.podIDs(ownedBy: uid).enumerated() {
      context.schedule(
        .collect(pod: pod.raw), afterNanoseconds: Int64(index + 1) * 50_000_000,
        priority: .control)
    }
  }

  mutating func collect(_ pod: PodID, in context: inout ClusterContext) {
    guard cluster.pods.contains(pod) else { return }
    _ = try? write(.deletePod(pod, graceSeconds: nil), in: &context)
  }

  // MARK: Nodes

  private mutating func cordon(
    _ targets: NodeTargets, _ value: Bool, in context: inout ClusterContext
  ) -> CommandOutcome {
    var outcome = CommandOutcome()
    for (id, node) in nodes(targets, &outcome) {
      let already = node.unschedulable == value
      if !already { _ = try? write(.setUnschedulable(id, value), in: &context) }
      outcome.add(
        value
          ? KubectlSentences.cordoned(node.name, already: already)
          : KubectlSentences.uncordoned(node.name, already: already))
    }
    return outcome
  }

  private func nodes(
    _ targets: NodeTargets, _ outcome: inout CommandOutcome
  ) -> [(NodeID, Node)] {
    if let selector = targets.labelSelector {
      return cluster.nodes.ids.map { ($0, cluster.nodes[$0]!) }
        .filter { selector.matches($0.1.metadata.labels) }
    }
    return targets.names.compactMap { name in
      guard let id = cluster.nodeID(name: name) else {
        outcome.refuse(KubectlSentences.notFound(.nodes, name, release: parameters.release))
        return nil
      }
      return (id, cluster.nodes[id]!)
    }
  }

  private mutating func drain(
    _ drain: KubectlCommand.Drain, in context: inout ClusterContext
  ) -> CommandOutcome {
    var outcome = CommandOutcome()
    for (id, node) in nodes(drain.targets, &outcome) {
      let already = node.unschedulable
      if !already { _ = try? write(.setUnschedulable(id, true), in: &context) }
      outcome.add(KubectlSentences.cordoned(node.name, already: already))
      self.drain(id, node, drain, &outcome, in: &context)
    }
    return outcome
  }

  private mutating func drain(
    _ id: NodeID, _ node: Node, _ drain: KubectlCommand.Drain, _ outcome: inout CommandOutcome,
    in context: inout ClusterContext
  ) {
    let pods = cluster.podIDs(onNode: id).map { ($0, cluster.pods[$0]!) }.filter { _, pod in
      drain.podSelector?.matches(pod.metadata.labels) ?? true
    }
    func names(_ pods: [(PodID, Pod)]) -> [String] {
      pods.map { "\($0.1.metadata.namespace)/\($0.1.metadata.name)" }
    }
    let daemons = pods.filter { $0.1.metadata.owner?.kind == .daemonSet }
    let bare = pods.filter { $0.1.metadata.owner == nil && !$0.1.status.phase.isTerminal }
    let local = pods.filter { _, pod in
      pod.metadata.owner?.kind != .daemonSet
        && pod.spec.value.spec.volumes.contains {
          if case .emptyDir = $0.source { true } else { false }
        }
    }
    let refusal = KubectlSentences.drainRefusal(
      daemonSetPods: drain.ignoresDaemonSets ? [] : names(daemons),
      unmanagedPods: drain.force ? [] : names(bare),
      podsWithEmptyDir: drain.deletesEmptyDirData ? [] : names(local))
    if let refusal {
      outcome.refuse(KubectlSentences.drainAborted(node: node.name, reason: refusal))
      return
    }
    for (podID, pod) in pods where pod.metadata.owner?.kind != .daemonSet {
      outcome.add(
        KubectlSentences.evicting(
          pod.metadata.name, namespace: pod.metadata.namespace,
          byDeletion: drain.disablesEviction))
      _ = try? write(
        .deletePod(podID, graceSeconds: drain.gracePeriodSeconds), in: &context)
    }
    outcome.add(KubectlSentences.drained(node.name))
  }
}
