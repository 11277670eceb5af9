import KubernetesObjects

/// The pods of the files by namespace, and those that workloads still lack.
struct WorkloadPods {
  private var podsOfNamespace: [String: [Pod]] = [:]
  private var deploymentsWithSets: Set<[String]> = []

  init(_ objects: [ManifestObject]) {
    for object in objects {
      switch object {
      case .pod(let pod) where !pod.status.phase.isTerminal && !pod.metadata.isTerminating:
        podsOfNamespace[pod.metadata.namespace, default: []].append(pod)
      case .replicaSet(let set):
        if let owner = set.metadata.owner, owner.kind == .deployment {
          deploymentsWithSets.insert([set.metadata.namespace, owner.name])
        }
      default: break
      }
    }
  }

  func pods(in namespace: String, where isOwn: (Pod) -> Bool) -> [Pod] {
    (podsOfNamespace[namespace] ?? []).filter(isOwn)
  }

  /// The pods that a Deployment or ReplicaSet wants and the files do not hold, and what its pods
  /// are selected by.
  func missing(of object: ManifestObject) -> (pods: [Pod], owner: OwnerSelector?) {
    let metadata = object.metadata
    switch object {
    case .replicaSet(let set):
      let own = pods(in: metadata.namespace) {
        $0.metadata.owner?.kind == .replicaSet && $0.metadata.owner?.name == metadata.name
      }
      return (Self.newPods(set.replicas - Int64(own.count), metadata, set.template), nil)
    case .deployment(let deployment):
      // Where its ReplicaSets are known they say how many there are to be.
      if deploymentsWithSets.contains([metadata.namespace, metadata.name]) { return ([], nil) }
      let own = pods(in: metadata.namespace) { deployment.selector.matches($0.metadata.labels) }
      let new = Self.newPods(
        deployment.replicas - Int64(own.count), metadata, deployment.template)
      let owner = OwnerSelector(
        kind: .replicaSet, namespace: metadata.namespace, name: metadata.name,
        selector: deployment.selector)
      return (new, owner)
    default: return ([], nil)
    }
  }

  private static func newPods(
    _ count: Int64, _ owner: ObjectMeta, _ template: Shared<PodTemplate>
  ) -> [Pod] {
    guard count > 0 else { return [] }
    let spec = Shared(PodBlueprint(template.value.spec))
    return (1...count).map { number in
      var metadata = ObjectMeta(
        name: "\(owner.name)-\(number)", namespace: owner.namespace,
        labels: template.value.labels)
      metadata.owner = OwnerReference(kind: .replicaSet, name: owner.name, uid: owner.uid)
      return Pod(metadata: metadata, spec: spec)
    }
  }
}
