import ClusterState
import KubernetesObjects
import Scenarios
import TimeUnits

// `kubectl get`: the rows of its tables, from what the API server holds.
extension ClusterModel {
  func table(_ get: KubectlCommand.Get, at now: SimulationTime) -> CommandOutcome {
    var outcome = CommandOutcome()
    for target in get.targets.targets {
      // The API server lists by key: namespace, then name.
      let found = objects(target, get.targets, missing: &outcome).sorted { $0 < $1 }
      if found.isEmpty {
        if target.name == nil {
          outcome.add(
            KubectlSentences.nothingFound(
              inNamespace: target.resource.isNamespaced && !get.targets.allNamespaces
                ? get.targets.namespace : nil, release: parameters.release))
        }
        continue
      }
      if target.resource == .configmaps, get.output == .yaml {
        outcome.add(autoscalerStatusManifest(at: now))
        continue
      }
      var table = self.table(target.resource, found, now)
      if get.targets.allNamespaces, target.resource.isNamespaced {
        table = table.prefixed(byNamespaces: found.map(\.namespace))
      }
      let text = table.text(wide: get.output == .wide, headers: get.hasHeaders)
      outcome.add(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }
    return outcome
  }

  private func table(
    _ resource: ResourceKind, _ found: [(namespace: String, name: String)],
    _ now: SimulationTime
  ) -> TextTable {
    switch resource {
    case .pods:
      return .pods(
        found.compactMap { cluster.podID(namespace: $0.namespace, name: $0.name) }
          .map { row(cluster.pods[$0]!, now) })
    case .nodes:
      return .nodes(
        found.compactMap { cluster.nodeID(name: $0.name) }.map { row(cluster.nodes[$0]!, now) })
    case .deployments:
      return .deployments(
        found.compactMap { cluster.deploymentID(namespace: $0.namespace, name: $0.name) }
          .map { row(cluster.deployments[$0]!, now) })
    case .replicasets:
      return .replicaSets(
        found.compactMap { cluster.replicaSetID(namespace: $0.namespace, name: $0.name) }
          .map { row(cluster.replicaSets[$0]!, now) })
    default:
      return TextTable(
        columns: [TextTable.Column("Name")], rows: found.map { [$0.name] })
    }
  }

  private func row(_ pod: Pod, _ now: SimulationTime) -> PodTableRow {
    let containers = pod.status.containers
    let restarts = containers.reduce(0) { $0 + Int($1.restartCount) }
    let last = containers.compactMap(\.lastTermination?.finishedAt).max()
    return PodTableRow(
      namespace: pod.metadata.namespace, name: pod.metadata.name,
      readyContainers: containers.count(where: \.ready),
      containers: pod.spec.value.spec.containers.count, status: Self.statusText(pod),
      restarts: restarts, sinceLastRestart: restarts > 0 ? last.map { now - $0 } : nil,
      age: now - pod.metadata.creationTime, node: pod.nodeName ?? "",
      nominatedNode: pod.status.nominatedNodeName ?? "")
  }

  // [36] `pkg/printers/internalversion/printers.go` printPod: the first that says something.
  private static func statusText(_ pod: Pod) -> String {
    if pod.metadata.isTerminating { return "Terminating" }
    if !pod.spec.value.spec.schedulingGates.isEmpty, pod.nodeName == nil {
      return "SchedulingGated"
    }
    for container in pod.status.containers.reversed() {
      if case .waiting(let reason) = container.state, pod.nodeName != nil, !reason.isEmpty {
        return reason
      }
      if case .terminated(let end) = container.state { return end.reason }
    }
    return pod.status.reason.isEmpty ? pod.status.phase.rawValue : pod.status.reason
  }

  private func row(_ node: Node, _ now: SimulationTime) -> NodeTableRow {
    NodeTableRow(
      name: node.name, isReady: node.status.isReady, isUnschedulable: node.unschedulable,
      age: now - node.metadata.creationTime, version: node.status.kubeletVersion)
  }

  private func row(_ deployment: Deployment, _ now: SimulationTime) -> DeploymentTableRow {
    DeploymentTableRow(
      namespace: deployment.metadata.namespace, name: deployment.metadata.name,
      ready: deployment.status.readyReplicas, desired: deployment.replicas,
      upToDate: deployment.status.updatedReplicas,
      available: deployment.status.availableReplicas,
      age: now - deployment.metadata.creationTime,
      containers: deployment.template.value.spec.containers.map(\.name),
      images: deployment.template.value.spec.containers.map(\.image), selector: "")
  }

  private func row(_ set: ReplicaSet, _ now: SimulationTime) -> ReplicaSetTableRow {
    ReplicaSetTableRow(
      namespace: set.metadata.namespace, name: set.metadata.name, desired: set.replicas,
      current: set.status.replicas, ready: set.status.readyReplicas,
      age: now - set.metadata.creationTime,
      containers: set.template.value.spec.containers.map(\.name),
      images: set.template.value.spec.containers.map(\.image), selector: "")
  }
}
