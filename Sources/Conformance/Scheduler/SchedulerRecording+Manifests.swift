import KubeAPIServer
import KubeScheduler
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
    var ranges: [LimitRange] = []
    var found: [Pod] = []
    let workloads = WorkloadPods(objects)
    for object in objects {
      let missing = workloads.missing(of: object)
      if let owner = missing.owner { owners.append(owner) }
      found += missing.pods
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
      case .limitRange(let range): ranges.append(range)
      case .persistentVolume(let volume): storage.volumes.append(volume)
      case .persistentVolumeClaim(let claim): storage.claims.append(claim)
      case .storageClass(let storageClass): storage.classes.append(storageClass)
      case .csiNode(let node): storage.nodes.append(node)
      // A pod that leaves before it was ever placed is not tried.
      case .pod(let pod)
      where !pod.status.phase.isTerminal && (pod.nodeName != nil || !pod.metadata.isTerminating):
        found.append(pod)
      default: break
      }
    }
    let policies = AdmissionPolicies(limitRanges: ranges, priorityClasses: classes)
    pods = found.map { pod in
      var recorded = RecordedPod(pod)
      switch Self.admit(pod, policies) {
      case .success(let spec)?: recorded.spec = Shared(PodBlueprint(spec))
      case .failure(let error)?: recorded.refusal = error.message
      case nil: break
      }
      return recorded
    }
    fillInBudgets(workloads, objects)
    fillInClaims()
    // Placed pods take their room before the first one is tried.
    var blueprints: [PodSpec: Shared<PodBlueprint>] = [:]
    for index in pods.indices { pods[index].prepare(classes, &blueprints) }
    order()
  }

  /// What admission and the controller of ephemeral volumes would have done: claims without a
  /// class get the default one, and a new pod's own claims are made.
  private mutating func fillInClaims() {
    for pod in pods where pod.boundNode == nil {
      for volume in pod.spec.value.spec.volumes {
        guard case .ephemeral(let template) = volume.source else { continue }
        let claim = PersistentVolumeClaim(
          for: pod.shortName, namespace: pod.namespace, volume: volume.name, template)
        let isThere = storage.claims.contains {
          $0.metadata.name == claim.metadata.name && $0.metadata.namespace == pod.namespace
        }
        if !isThere { storage.claims.append(claim) }
      }
    }
    let standard = storage.classes.forClaimsWithout?.metadata.name
    for index in storage.claims.indices
    where storage.claims[index].storageClassName == nil && storage.claims[index].volumeName == nil {
      storage.claims[index].storageClassName = standard
    }
  }

  private mutating func order() {
    let waiting = pods.filter { $0.boundNode == nil }.enumerated().sorted {
      (-$0.element.priority, $0.offset) < (-$1.element.priority, $1.offset)
    }
    pods = pods.filter { $0.boundNode != nil } + waiting.map(\.element)
  }

  /// Takes every pod off its node, so that all are to be scheduled, in their order.
  ///
  /// The claims of a pod that had a node exist, whether or not the files hold them: those that they
  /// do not are not looked at.
  public mutating func unbind() {
    for index in pods.indices {
      if pods[index].boundNode != nil { pods[index].forgetClaims(beside: storage.claims) }
      pods[index].boundNode = nil
      pods[index].startTime = nil
    }
    order()
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
    isPreempted = pod.isTerminatingByPreemption
    nominatedNode = pod.status.nominatedNodeName
    shortName = pod.metadata.name
  }

  /// Leaves out the claims that are not among `known`.
  fileprivate mutating func forgetClaims(beside known: [PersistentVolumeClaim]) {
    var own = spec.value.spec
    own.volumes.removeAll { volume in
      let name: String
      switch volume.source {
      case .persistentVolumeClaim(let claim): name = claim
      case .ephemeral: name = PersistentVolumeClaim.name(of: volume.name, in: shortName)
      default: return false
      }
      return !known.contains {
        $0.metadata.name == name && $0.metadata.namespace == namespace
      }
    }
    if own.volumes.count != spec.value.spec.volumes.count { spec = Shared(PodBlueprint(own)) }
  }

  fileprivate var priority: Int64 { Int64(spec.value.spec.priority ?? 0) }

  /// Fills in the priority that the API server would have, and leaves of the spec what a scheduler
  /// looks at: pods of one template then share it, though each has names of its own in it.
  fileprivate mutating func prepare(
    _ classes: [PriorityClass], _ blueprints: inout [PodSpec: Shared<PodBlueprint>]
  ) {
    var own = spec.value.spec
    if own.priority == nil, let found = own.priorityClass(among: classes) {
      own.priority = found.value
      if own.preemptionPolicy != .never { own.preemptionPolicy = found.preemptionPolicy }
    }
    own.nodeName = nil
    own.volumes.removeAll { volume in
      switch volume.source {
      case .persistentVolumeClaim, .ephemeral, .awsElasticBlockStore: false
      case .emptyDir, .hostPath, .other: true
      }
    }
    own.containers = own.containers.map(\.forScheduling)
    own.initContainers = own.initContainers.map(\.forScheduling)
    let shared = blueprints[own] ?? Shared(PodBlueprint(own))
    blueprints[own] = shared
    spec = shared
  }
}

extension PodSpec {
  fileprivate func priorityClass(among classes: [PriorityClass]) -> PriorityClass? {
    guard let name = priorityClassName else {
      return classes.filter(\.globalDefault).min { $0.value < $1.value }
    }
    return PriorityClass.system(name) ?? classes.first { $0.metadata.name == name }
  }
}

extension Container {
  fileprivate var forScheduling: Container {
    var container = Container(name: name, image: image)
    container.resources = resources
    container.ports = ports
    container.restartPolicy = restartPolicy
    return container
  }
}
