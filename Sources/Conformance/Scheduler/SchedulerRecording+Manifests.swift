public import KubernetesObjects

extension SchedulerRecording {
  /// A case made of real objects, as `kubectl get … -o json` or manifests give them: pods with a
  /// node are placed, terminal ones left out, and the rest are to be scheduled in their order.
  public init(_ manifests: ManifestSet, name: String = "") {
    self.name = name
    nodes = []
    services = []
    owners = []
    budgets = []
    pods = []
    results = []
    for object in manifests.objects {
      switch object {
      case .node(let node): nodes.append(node)
      case .service(let service): services.append(service)
      case .namespace(let namespace): namespaces.append(namespace)
      case .podDisruptionBudget(let budget): budgets.append(budget)
      case .replicaSet(let set):
        owners.append(
          OwnerSelector(
            kind: .replicaSet, namespace: set.metadata.namespace, name: set.metadata.name,
            selector: set.selector))
      case .pod(let pod) where !pod.status.phase.isTerminal: pods.append(RecordedPod(pod))
      default: break
      }
    }
    // Placed pods take their room before the first one is tried.
    pods = pods.filter { $0.boundNode != nil } + pods.filter { $0.boundNode == nil }
  }
}

extension RecordedPod {
  init(_ pod: Pod) {
    let namespace = pod.metadata.namespace
    self.init(
      name: namespace == "default" || namespace.isEmpty
        ? pod.metadata.name : "\(namespace)/\(pod.metadata.name)",
      namespace: namespace, labels: pod.metadata.labels, spec: pod.spec,
      owner: pod.metadata.owner, deleted: [], boundNode: pod.nodeName)
  }
}
