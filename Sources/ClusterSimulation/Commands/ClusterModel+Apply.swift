import ClusterState
import KubernetesObjects
import Scenarios
import SimulationKernel

extension ClusterModel {
  mutating func apply(
    _ command: KubectlCommand.Apply, in context: inout ClusterContext
  ) -> CommandOutcome {
    var outcome = CommandOutcome()
    for object in command.files.flatMap({ files[$0] ?? [] }) {
      switch apply(object, in: &context) {
      case .success(let how):
        outcome.add(
          KubectlSentences.applied(
            ResourceKind(word: object.kind)?.qualifiedSingular ?? object.kind.lowercased(),
            object.metadata.name, how))
      case .failure(let refusal):
        outcome.refuse(
          KubectlSentences.serverError(reason: refusal.reason, message: refusal.message))
      }
    }
    return outcome
  }

  /// Creates the object, or brings the stored one to what the manifest says.
  mutating func apply(
    _ object: ManifestObject, in context: inout ClusterContext
  ) -> Result<KubectlSentences.Applied, Refusal> {
    do throws(Refusal) {
      switch object {
      case .deployment(let deployment): return .success(try apply(deployment, in: &context))
      case .replicaSet(let set): return .success(try apply(set, in: &context))
      case .daemonSet(let set): return .success(try apply(set, in: &context))
      case .pod(let pod): return .success(try apply(pod, in: &context))
      case .node(let node): return .success(try apply(node))
      default: return .success(try applyOther(object, in: &context))
      }
    } catch { return .failure(error) }
  }

  private mutating func apply(
    _ deployment: Deployment, in context: inout ClusterContext
  ) throws(Refusal) -> KubectlSentences.Applied {
    let metadata = deployment.metadata
    guard let id = cluster.deploymentID(namespace: metadata.namespace, name: metadata.name) else {
      try write(.createDeployment(deployment), in: &context)
      return .created
    }
    var changed = cluster.deployments[id]!
    let same =
      changed.replicas == deployment.replicas
      && changed.template.value == deployment.template.value
      && changed.strategy == deployment.strategy
      && changed.minReadySeconds == deployment.minReadySeconds
      && changed.paused == deployment.paused
    if same { return .unchanged }
    changed.replicas = deployment.replicas
    changed.template = deployment.template
    changed.strategy = deployment.strategy
    changed.minReadySeconds = deployment.minReadySeconds
    changed.progressDeadlineSeconds = deployment.progressDeadlineSeconds
    changed.revisionHistoryLimit = deployment.revisionHistoryLimit
    changed.paused = deployment.paused
    changed.metadata.generation += 1
    try write(.updateDeployment(id, changed, precondition: .none), in: &context)
    return .configured
  }

  private func apply(_ node: Node) throws(Refusal) -> KubectlSentences.Applied {
    if cluster.nodeID(name: node.name) != nil { return .unchanged }
    throw .refused(
      code: 403, reason: "Forbidden",
      message: "a node that is applied during the run has no kubelet: name it in spec.manifests")
  }

  private mutating func apply(
    _ set: ReplicaSet, in context: inout ClusterContext
  ) throws(Refusal) -> KubectlSentences.Applied {
    guard
      let id = cluster.replicaSetID(namespace: set.metadata.namespace, name: set.metadata.name)
    else {
      try write(.createReplicaSet(set), in: &context)
      return .created
    }
    var changed = cluster.replicaSets[id]!
    if changed.replicas == set.replicas { return .unchanged }
    changed.replicas = set.replicas
    try write(.updateReplicaSet(id, changed, precondition: .none), in: &context)
    return .configured
  }

  private mutating func apply(
    _ set: DaemonSet, in context: inout ClusterContext
  ) throws(Refusal) -> KubectlSentences.Applied {
    guard
      let id = cluster.daemonSetID(namespace: set.metadata.namespace, name: set.metadata.name)
    else {
      try write(.createDaemonSet(set), in: &context)
      return .created
    }
    var changed = cluster.daemonSets[id]!
    if changed.template.value == set.template.value { return .unchanged }
    changed.template = set.template
    changed.metadata.generation += 1
    try write(.updateDaemonSet(id, changed, precondition: .none), in: &context)
    return .configured
  }

  private mutating func apply(
    _ pod: Pod, in context: inout ClusterContext
  ) throws(Refusal) -> KubectlSentences.Applied {
    if let id = cluster.podID(namespace: pod.metadata.namespace, name: pod.metadata.name) {
      return try changeGates(of: id, to: pod.spec.value.spec.schedulingGates, in: &context)
    }
    _ = try create(pod, in: &context)
    return .created
  }

  /// Gates can be taken off a pod, and nothing else of it is changed here.
  private mutating func changeGates(
    of id: PodID, to gates: [String], in context: inout ClusterContext
  ) throws(Refusal) -> KubectlSentences.Applied {
    guard let pod = cluster.pods[id] else { return .unchanged }
    let old = pod.spec.value.spec.schedulingGates
    if old == gates { return .unchanged }
    if let new = gates.first(where: { !old.contains($0) }) {
      throw .refused(
        code: 422, reason: "Invalid",
        message: "Pod \"\(pod.metadata.name)\" is invalid: spec.schedulingGates: Forbidden: only "
          + "deletion is allowed, but found new scheduling gate '\(new)'")
    }
    try write(.setSchedulingGates(id, gates), in: &context)
    return .configured
  }

  private mutating func applyOther(
    _ object: ManifestObject, in context: inout ClusterContext
  ) throws(Refusal) -> KubectlSentences.Applied {
    switch object {
    case .service(let service):
      let metadata = service.metadata
      if cluster.serviceID(namespace: metadata.namespace, name: metadata.name) != nil {
        return .unchanged
      }
      try write(.createService(service), in: &context)
    case .namespace(let namespace):
      if cluster.namespaces.contains(namespace.metadata.name) { return .unchanged }
      try write(.createNamespace(namespace), in: &context)
    case .priorityClass(let value): try write(.putPriorityClass(value), in: &context)
    case .limitRange(let value): try write(.putLimitRange(value), in: &context)
    case .resourceQuota(let value): try write(.putResourceQuota(value), in: &context)
    case .podDisruptionBudget(let value):
      try write(.putPodDisruptionBudget(value), in: &context)
    // What is bound stays so: the spec of either is fixed.
    case .persistentVolume(let value):
      if cluster.persistentVolumes.contains(where: { $0.metadata.name == value.metadata.name }) {
        return .unchanged
      }
      try apply(StorageObject.volume(value), in: &context)
    case .persistentVolumeClaim(let value):
      let isThere = cluster.persistentVolumeClaims.contains {
        $0.metadata.name == value.metadata.name
          && $0.metadata.namespace == value.metadata.namespace
      }
      if isThere { return .unchanged }
      try apply(StorageObject.claim(value), in: &context)
    case .storageClass(let value): try apply(StorageObject.storageClass(value), in: &context)
    case .csiNode(let value): try apply(StorageObject.csiNode(value), in: &context)
    case .node, .deployment, .replicaSet, .daemonSet, .pod: return .unchanged
    }
    blueprints.invalidate()
    return .created
  }
}
