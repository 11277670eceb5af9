public import KubernetesObjects

extension SchedulerRecording {
  /// A case made of real objects, as `kubectl get … -o json` or manifests give them: pods with a
  /// node are placed, terminal ones left out, and the rest are to be scheduled in their order:
  /// those of higher priority first.
  public init(_ objects: [ManifestObject], name: String = "") {
    self.name = name
    nodes = []
    services = []
    owners = []
    budgets = []
    pods = []
    results = []
    var classes: [PriorityClass] = []
    for object in objects {
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
      case .priorityClass(let priorityClass): classes.append(priorityClass)
      // A pod that leaves before it was ever placed is not tried.
      case .pod(let pod)
      where !pod.status.phase.isTerminal && (pod.nodeName != nil || !pod.metadata.isTerminating):
        pods.append(RecordedPod(pod))
      default: break
      }
    }
    // Placed pods take their room before the first one is tried.
    for index in pods.indices { pods[index].resolvePriority(among: classes) }
    let waiting = pods.filter { $0.boundNode == nil }.enumerated().sorted {
      (-$0.element.priority, $0.offset) < (-$1.element.priority, $1.offset)
    }
    pods = pods.filter { $0.boundNode != nil } + waiting.map(\.element)
  }

  /// Takes every pod off its node, so that all are to be scheduled, in their order.
  public mutating func unbind() {
    for index in pods.indices where pods[index].boundNode != nil {
      var spec = pods[index].spec.value.spec
      spec.nodeName = nil
      pods[index].spec = Shared(PodBlueprint(spec))
      pods[index].boundNode = nil
      pods[index].startTime = nil
    }
  }
}

extension RecordedPod {
  init(_ pod: Pod) {
    let namespace = pod.metadata.namespace
    self.init(
      name: namespace == "default" || namespace.isEmpty
        ? pod.metadata.name : "\(namespace)/\(pod.metadata.name)",
      namespace: namespace, labels: pod.metadata.labels, spec: pod.spec,
      owner: pod.metadata.owner, deleted: [], boundNode: pod.nodeName,
      startTime: pod.status.startTime, isTerminating: pod.metadata.isTerminating)
  }

  fileprivate var priority: Int64 { Int64(spec.value.spec.priority ?? 0) }

  /// What the API server would have filled in from the name of the pod's class.
  fileprivate mutating func resolvePriority(among classes: [PriorityClass]) {
    var own = spec.value.spec
    guard own.priority == nil else { return }
    let found =
      if let name = own.priorityClassName {
        PriorityClass.system(name) ?? classes.first { $0.metadata.name == name }
      } else {
        classes.filter(\.globalDefault).min { $0.value < $1.value }
      }
    guard let found else { return }
    own.priority = found.value
    if own.preemptionPolicy != .never { own.preemptionPolicy = found.preemptionPolicy }
    spec = Shared(PodBlueprint(own))
  }
}
