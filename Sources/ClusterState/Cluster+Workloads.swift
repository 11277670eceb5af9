import KubernetesObjects
import TimeUnits

extension Cluster {
  mutating func applyWorkload(
    _ mutation: Mutation, _ now: SimulationTime, _ watch: (WatchEvent) -> Void
  ) throws(Refusal) -> AppliedObject {
    switch mutation {
    case .createDeployment(var deployment):
      try admit(&deployment.metadata, names.deployments, "deployments.apps", now)
      let id = DeploymentID(raw: deployments.nextID)
      store(deployment, id)
      watch(.deployment(.added, id, deployment))
      return .deployment(id)
    case .updateDeployment(let id, var deployment, let precondition):
      let stored = deployments[id]?.metadata
      try check(&deployment.metadata, stored, precondition, "deployments.apps")
      store(deployment, id)
      watch(.deployment(.modified, id, deployment))
      return .deployment(id)
    case .scaleDeployment(let id, let replicas):
      guard var deployment = deployments[id] else {
        throw .notFound(resource: "deployments.apps", name: "#\(id.raw)")
      }
      if deployment.replicas != replicas { deployment.metadata.generation += 1 }
      deployment.replicas = replicas
      deployment.metadata.resourceVersion = nextVersion()
      store(deployment, id)
      watch(.deployment(.modified, id, deployment))
      return .deployment(id)
    case .deleteDeployment(let id):
      guard let deployment = dropDeployment(id) else {
        throw .notFound(resource: "deployments.apps", name: "#\(id.raw)")
      }
      watch(.deployment(.deleted, id, deployment))
      return .deployment(id)

    case .createReplicaSet(var set):
      try admit(&set.metadata, names.replicaSets, "replicasets.apps", now)
      let id = ReplicaSetID(raw: replicaSets.nextID)
      store(set, id)
      watch(.replicaSet(.added, id, set))
      return .replicaSet(id)
    case .updateReplicaSet(let id, var set, let precondition):
      try check(&set.metadata, replicaSets[id]?.metadata, precondition, "replicasets.apps")
      if set.replicas != replicaSets[id]?.replicas { set.metadata.generation += 1 }
      store(set, id)
      watch(.replicaSet(.modified, id, set))
      return .replicaSet(id)
    case .deleteReplicaSet(let id):
      guard let set = dropReplicaSet(id) else {
        throw .notFound(resource: "replicasets.apps", name: "#\(id.raw)")
      }
      watch(.replicaSet(.deleted, id, set))
      return .replicaSet(id)

    case .createDaemonSet(var set):
      try admit(&set.metadata, names.daemonSets, "daemonsets.apps", now)
      let id = DaemonSetID(raw: daemonSets.nextID)
      store(set, id)
      watch(.daemonSet(.added, id, set))
      return .daemonSet(id)
    case .updateDaemonSet(let id, var set, let precondition):
      try check(&set.metadata, daemonSets[id]?.metadata, precondition, "daemonsets.apps")
      store(set, id)
      watch(.daemonSet(.modified, id, set))
      return .daemonSet(id)
    case .deleteDaemonSet(let id):
      guard let set = dropDaemonSet(id) else {
        throw .notFound(resource: "daemonsets.apps", name: "#\(id.raw)")
      }
      watch(.daemonSet(.deleted, id, set))
      return .daemonSet(id)

    default: return try applyPolicy(mutation, now, watch)
    }
  }

  private mutating func applyPolicy(
    _ mutation: Mutation, _ now: SimulationTime, _ watch: (WatchEvent) -> Void
  ) throws(Refusal) -> AppliedObject {
    switch mutation {
    case .createService(var service):
      try admit(&service.metadata, names.services, "services", now)
      let id = ServiceID(raw: services.nextID)
      store(service, id)
      watch(.service(.added, id, service))
      return .service(id)
    case .deleteService(let id):
      guard let service = dropService(id) else {
        throw .notFound(resource: "services", name: "#\(id.raw)")
      }
      watch(.service(.deleted, id, service))
      return .service(id)
    case .putPriorityClass(let value): put(value, \.priorityClasses, \.metadata)
    case .putLimitRange(let value): put(value, \.limitRanges, \.metadata)
    case .putResourceQuota(let value): put(value, \.resourceQuotas, \.metadata)
    case .putPodDisruptionBudget(let value): put(value, \.podDisruptionBudgets, \.metadata)
    case .putStorage(let object):
      put(object)
      watch(.storage(object))
    case .createNamespace(let namespace):
      let name = namespace.metadata.name
      guard !namespaces.contains(name) else {
        throw .alreadyExists(resource: "namespaces", name: name)
      }
      namespaces.append(name)
      watch(.namespace(namespace))
    default: preconditionFailure("a mutation that no part of the door handles")
    }
    return .other
  }

  // MARK: Shared checks

  private mutating func admit<ID>(
    _ metadata: inout ObjectMeta, _ index: [NameIndex.Key: ID], _ resource: String,
    _ now: SimulationTime
  ) throws(Refusal) {
    let key = NameIndex.Key(namespace: metadata.namespace, name: metadata.name)
    guard index[key] == nil else { throw .alreadyExists(resource: resource, name: metadata.name) }
    metadata.resourceVersion = nextVersion()
    metadata.creationTime = now
  }

  private mutating func check(
    _ metadata: inout ObjectMeta, _ stored: ObjectMeta?, _ precondition: Precondition,
    _ resource: String
  ) throws(Refusal) {
    guard let stored else { throw .notFound(resource: resource, name: metadata.name) }
    if case .resourceVersion(let version) = precondition, version != stored.resourceVersion {
      throw .conflict(resource: resource, name: metadata.name)
    }
    metadata.resourceVersion = nextVersion()
    metadata.creationTime = stored.creationTime
  }

  mutating func put(_ object: StorageObject) {
    switch object {
    case .volume(let value): put(value, \.persistentVolumes, \.metadata)
    case .claim(let value): put(value, \.persistentVolumeClaims, \.metadata)
    case .storageClass(let value): put(value, \.storageClasses, \.metadata)
    case .csiNode(let value): put(value, \.csiNodes, \.metadata)
    }
  }

  private mutating func put<Object>(
    _ object: Object, _ list: WritableKeyPath<Cluster, [Object]>,
    _ metadata: KeyPath<Object, ObjectMeta>
  ) {
    let new = object[keyPath: metadata]
    _ = nextVersion()
    let found = self[keyPath: list].firstIndex {
      $0[keyPath: metadata].name == new.name && $0[keyPath: metadata].namespace == new.namespace
    }
    if let found {
      self[keyPath: list][found] = object
    } else {
      self[keyPath: list].append(object)
    }
  }
}
