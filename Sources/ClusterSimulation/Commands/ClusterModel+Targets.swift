import ClusterState
import KubernetesObjects
import Scenarios

// Which objects a command means.
extension ClusterModel {
  func names(
    _ target: ObjectTargets.Target, _ targets: ObjectTargets, missing: inout CommandOutcome
  ) -> [String] {
    objects(target, targets, missing: &missing).map(\.name)
  }

  /// The objects by namespace and name, oldest first; a name that does not exist is reported.
  func objects(
    _ target: ObjectTargets.Target, _ targets: ObjectTargets, missing: inout CommandOutcome
  ) -> [(namespace: String, name: String)] {
    let all = metadata(of: target.resource).filter { metadata in
      !target.resource.isNamespaced || targets.allNamespaces
        || metadata.namespace == targets.namespace
    }
    if let name = target.name {
      guard let found = all.first(where: { $0.name == name }) else {
        missing.refuse(
          KubectlSentences.notFound(target.resource, name, release: parameters.release))
        return []
      }
      return [(found.namespace, found.name)]
    }
    return all.filter { metadata in
      (targets.labelSelector?.matches(metadata.labels) ?? true)
        && targets.fieldSelector.allSatisfy { matches($0, metadata, target.resource) }
    }.map { ($0.namespace, $0.name) }
  }

  private func metadata(of resource: ResourceKind) -> [ObjectMeta] {
    switch resource {
    case .pods: cluster.pods.ids.map { cluster.pods[$0]!.metadata }
    case .nodes: cluster.nodes.ids.map { cluster.nodes[$0]!.metadata }
    case .deployments: cluster.deployments.ids.map { cluster.deployments[$0]!.metadata }
    case .replicasets: cluster.replicaSets.ids.map { cluster.replicaSets[$0]!.metadata }
    case .daemonsets: cluster.daemonSets.ids.map { cluster.daemonSets[$0]!.metadata }
    case .services: cluster.services.ids.map { cluster.services[$0]!.metadata }
    case .configmaps: autoscaler.statusMetadata
    case .poddisruptionbudgets: cluster.podDisruptionBudgets.map(\.metadata)
    case .priorityclasses: cluster.priorityClasses.map(\.metadata)
    case .limitranges: cluster.limitRanges.map(\.metadata)
    case .resourcequotas: cluster.resourceQuotas.map(\.metadata)
    case .namespaces: cluster.namespaces.map { ObjectMeta(name: $0, namespace: "") }
    case .events: []
    }
  }

  private func matches(
    _ requirement: FieldRequirement, _ metadata: ObjectMeta, _ resource: ResourceKind
  ) -> Bool {
    (field(requirement.field, metadata, resource) == requirement.value) == requirement.isEqual
  }

  private func field(
    _ field: String, _ metadata: ObjectMeta, _ resource: ResourceKind
  ) -> String {
    switch field {
    case "metadata.name": return metadata.name
    case "metadata.namespace": return metadata.namespace
    default: break
    }
    if resource == .pods,
      let id = cluster.podID(namespace: metadata.namespace, name: metadata.name),
      let pod = cluster.pods[id]
    {
      switch field {
      case "spec.nodeName": return pod.nodeName ?? ""
      case "status.phase": return pod.status.phase.rawValue
      case "status.nominatedNodeName": return pod.status.nominatedNodeName ?? ""
      default: return ""
      }
    }
    if resource == .nodes, field == "spec.unschedulable",
      let id = cluster.nodeID(name: metadata.name)
    {
      return cluster.nodes[id]!.unschedulable ? "true" : "false"
    }
    return ""
  }
}
