import ClusterState
import KubernetesObjects
import SimulationKernel
import TimeUnits
import Traces

extension ClusterModel {
  /// The one way to change API objects: through the cluster's door, traced, and on its way to the
  /// watchers. `time` is the time of the write; nil is now, and only a dump knows of another.
  @discardableResult
  mutating func write(
    _ mutation: Mutation, at time: SimulationTime? = nil, in context: inout ClusterContext
  ) throws(Refusal) -> AppliedObject {
    let mutation = identified(mutation)
    let before = Before(mutation, in: cluster)
    var seen: [WatchEvent] = []
    swap(&seen, &written)
    defer {
      seen.removeAll(keepingCapacity: true)
      swap(&seen, &written)
    }
    let applied = try cluster.apply(mutation, at: time ?? context.now) { seen.append($0) }
    for event in seen {
      if context.isRecording { trace(event, before: before, in: &context) }
      if case .pod = event { endpoints.version &+= 1 }
      watch.append(event)
      if case .pod(let change, let id, let pod) = event {
        noteAutoscaler(change, id, pod, in: &context)
      }
    }
    scheduleDeliveries(in: &context)
    return applied
  }

  /// The API server gives every new object its uid.
  private mutating func identified(_ mutation: Mutation) -> Mutation {
    func identify(_ metadata: inout ObjectMeta) {
      if metadata.uid == UID() { metadata.uid = identifiers.nextUID() }
    }
    switch mutation {
    case .createPod(var pod):
      identify(&pod.metadata)
      return .createPod(pod)
    case .createDeployment(var deployment):
      identify(&deployment.metadata)
      return .createDeployment(deployment)
    case .createReplicaSet(var set):
      identify(&set.metadata)
      return .createReplicaSet(set)
    case .createDaemonSet(var set):
      identify(&set.metadata)
      return .createDaemonSet(set)
    default: return mutation
    }
  }

  func trace(_ record: TraceRecord, in context: inout ClusterContext) {
    context.record(record)
  }

  private mutating func scheduleDeliveries(in context: inout ClusterContext) {
    for watcher in watch.watchersToSchedule() {
      let lag = streams.watchLag(parameters.watchLagNanoseconds)
      context.schedule(.deliver(watcher), afterNanoseconds: lag, priority: .delivery)
    }
  }

  /// What a mutation's object was before it.
  struct Before {
    var pod: Pod?
    var node: Node?
    var replicas: Int64?

    init(_ mutation: Mutation, in cluster: Cluster) {
      switch mutation {
      case .bindPod(let id, _), .setPodStatus(let id, _), .setPodConditions(let id, _),
        .setPodAnnotations(let id, _), .setSchedulingGates(let id, _), .nominate(let id, _),
        .deletePod(let id, _):
        pod = cluster.pods[id]
      case .updateNode(let id, _), .setNodeConditions(let id, _), .patchNodeTaints(let id, _, _),
        .setUnschedulable(let id, _), .deleteNode(let id):
        node = cluster.nodes[id]
      case .updateDeployment(let id, _, _), .scaleDeployment(let id, _):
        replicas = cluster.deployments[id]?.replicas
      case .updateReplicaSet(let id, _, _): replicas = cluster.replicaSets[id]?.replicas
      default: break
      }
    }
  }

  // One change of an object can tell several things; each is told once, when it becomes so.
  private func trace(_ event: WatchEvent, before: Before, in context: inout ClusterContext) {
    switch event {
    case .pod(let change, _, let pod): trace(pod, change, before: before.pod, in: &context)
    case .node(let change, _, let node): trace(node, change, before: before.node, in: &context)
    case .deployment(let change, _, let deployment):
      if change != .deleted, before.replicas != deployment.replicas {
        trace("Deployment", deployment.metadata, deployment.replicas, in: &context)
      }
    case .replicaSet(let change, _, let set):
      if change != .deleted, before.replicas != set.replicas {
        trace("ReplicaSet", set.metadata, set.replicas, in: &context)
      }
    case .lease, .daemonSet, .service, .storage, .namespace: break
    }
  }

  private func trace(
    _ kind: String, _ metadata: ObjectMeta, _ replicas: Int64, in context: inout ClusterContext
  ) {
    context.record(
      .replicasWanted(
        kind: kind, namespace: metadata.namespace, name: metadata.name, replicas))
  }

  private func trace(
    _ pod: Pod, _ change: WatchChange, before: Pod?, in context: inout ClusterContext
  ) {
    let name = PodName(pod)
    switch change {
    case .added:
      let owner = pod.metadata.owner.map { "\($0.kind.rawValue)/\($0.name)" } ?? ""
      context.record(.podCreated(name, owner: owner))
    case .deleted: context.record(.podGone(name))
    case .modified: break
    }
    if let node = pod.nodeName, change == .added || before?.nodeName == nil {
      context.record(.podBound(name, node: node))
    }
    if pod.status.phase != before?.status.phase ?? .pending {
      context.record(.podPhase(name, phase: pod.status.phase, reason: pod.status.reason))
    }
    if pod.status.isReady != before?.status.isReady ?? false {
      context.record(.podReady(name, pod.status.isReady))
    }
    if change == .modified, pod.metadata.isTerminating, !(before?.metadata.isTerminating ?? false) {
      context.record(
        .podDeleting(name, graceSeconds: pod.metadata.deletionGracePeriodSeconds ?? 0))
    }
    if let unschedulable = pod.status.condition(.scheduled), unschedulable.status == .false,
      before?.status.condition(.scheduled)?.message != unschedulable.message
    {
      context.record(.podUnschedulable(name, message: unschedulable.message))
    }
  }

  private func trace(
    _ node: Node, _ change: WatchChange, before: Node?, in context: inout ClusterContext
  ) {
    switch change {
    case .added:
      context.record(
        .nodeCreated(
          name: node.name, instanceType: node.instanceType ?? "",
          zone: node.zone ?? ""))
    case .deleted:
      context.record(.nodeGone(name: node.name))
      return
    case .modified: break
    }
    let ready = node.status.condition(.ready)
    if let ready, ready.status != before?.status.condition(.ready)?.status {
      context.record(.nodeReady(name: node.name, status: ready.status, reason: ready.reason))
    }
    if node.taints != before?.taints ?? [] {
      context.record(.nodeTaints(name: node.name, taints: node.taints))
    }
    if node.unschedulable != before?.unschedulable ?? false {
      context.record(.nodeCordoned(name: node.name, node.unschedulable))
    }
  }
}
