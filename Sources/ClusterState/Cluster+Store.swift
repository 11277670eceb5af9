import KubernetesObjects
import TimeUnits

// How objects get into the tables and out of them, with every index kept. The door uses this to
// write, and a cache uses it to follow.
extension Cluster {
  /// Takes over a change seen by a watch: how an informer's cache follows the API server.
  public mutating func absorb(_ event: WatchEvent) {
    switch event {
    case .pod(.deleted, let id, let pod):
      dropPod(id)
      note(pod.metadata)
    case .pod(_, let id, let pod):
      store(pod, id)
      note(pod.metadata)
    case .node(.deleted, let id, let node):
      dropNode(id)
      note(node.metadata)
    case .node(_, let id, let node):
      store(node, id)
      note(node.metadata)
    case .lease(let id, let time): if nodes.contains(id) { setLease(id, time) }
    case .deployment(.deleted, let id, _): dropDeployment(id)
    case .deployment(_, let id, let deployment): store(deployment, id)
    case .replicaSet(.deleted, let id, _): dropReplicaSet(id)
    case .replicaSet(_, let id, let set): store(set, id)
    case .daemonSet(.deleted, let id, _): dropDaemonSet(id)
    case .daemonSet(_, let id, let set): store(set, id)
    case .service(.deleted, let id, _): dropService(id)
    case .service(_, let id, let service): store(service, id)
    case .storage(let object): put(object)
    case .namespace(let namespace):
      if !namespaces.contains(namespace.metadata.name) {
        namespaces.append(namespace.metadata.name)
      }
    }
  }

  private mutating func note(_ metadata: ObjectMeta) {
    resourceVersion = max(resourceVersion, metadata.resourceVersion)
  }

  // MARK: Pods

  mutating func store(_ pod: Pod, _ id: PodID) {
    let old = pods[id]
    if let old {
      if old.nodeName != pod.nodeName { unlink(old, id, fromNode: true) }
      if let owner = old.metadata.owner {
        podsByOwner[owner.uid]?.census.count(old, -1)
      }
    } else {
      names.pods[Self.key(pod.metadata)] = id
    }
    if old?.nodeName != pod.nodeName, let node = pod.nodeName, let nodeID = names.nodes[node] {
      podsByNode[Int(nodeID.raw)].insert(id)
    }
    if let owner = pod.metadata.owner {
      if old == nil { podsByOwner[owner.uid, default: OwnedPods()].ids.insert(id) }
      podsByOwner[owner.uid]?.census.count(pod, 1)
    }
    while podSummaries.count <= Int(id.raw) { podSummaries.append(PodSummary()) }
    podSummaries[Int(id.raw)] = PodSummary(
      isActive: !pod.status.phase.isTerminal && !pod.metadata.isTerminating,
      version: pod.metadata.resourceVersion,
      node: old?.nodeName == pod.nodeName && old != nil
        ? podSummaries[Int(id.raw)].node : pod.nodeName.flatMap { names.nodes[$0] })
    pods.restore(pod, at: id)
  }

  mutating func dropPod(_ id: PodID) {
    guard let pod = pods.remove(id) else { return }
    podSummaries[Int(id.raw)] = PodSummary()
    names.pods[Self.key(pod.metadata)] = nil
    unlink(pod, id, fromNode: true)
    guard let owner = pod.metadata.owner?.uid, var owned = podsByOwner.removeValue(forKey: owner)
    else { return }
    owned.ids.remove(id)
    owned.census.count(pod, -1)
    if owned.census.total > 0 { podsByOwner[owner] = owned }
  }

  private mutating func unlink(_ pod: Pod, _ id: PodID, fromNode: Bool) {
    guard fromNode, let node = pod.nodeName, let nodeID = names.nodes[node] else { return }
    podsByNode[Int(nodeID.raw)].remove(id)
  }

  static func key(_ metadata: ObjectMeta) -> NameIndex.Key {
    NameIndex.Key(namespace: metadata.namespace, name: metadata.name)
  }

  // MARK: Nodes

  mutating func store(_ node: Node, _ id: NodeID) {
    if !nodes.contains(id) {
      names.nodes[node.name] = id
      while podsByNode.count <= Int(id.raw) {
        podsByNode.append(IDList())
        leases.append(nil)
        nodeSummaries.append(NodeSummary())
      }
      // Pods may name a node before it is there, as a pod with a nodeName in its manifest does,
      // or outlive an earlier node of the same name.
      pods.forEach { podID, pod in
        if pod.nodeName == node.name { podsByNode[Int(id.raw)].insert(podID) }
      }
    }
    nodeSummaries[Int(id.raw)] = NodeSummary(
      exists: true, isReady: node.status.isReady, hasTaints: !node.taints.isEmpty)
    nodes.restore(node, at: id)
  }

  mutating func dropNode(_ id: NodeID) {
    guard let node = nodes.remove(id) else { return }
    names.nodes[node.name] = nil
    podsByNode[Int(id.raw)] = IDList()
    leases[Int(id.raw)] = nil
    nodeSummaries[Int(id.raw)] = NodeSummary()
  }

  mutating func setLease(_ id: NodeID, _ time: SimulationTime) { leases[Int(id.raw)] = time }

  // MARK: Workloads

  mutating func store(_ deployment: Deployment, _ id: DeploymentID) {
    names.deployments[Self.key(deployment.metadata)] = id
    deployments.restore(deployment, at: id)
  }

  @discardableResult
  mutating func dropDeployment(_ id: DeploymentID) -> Deployment? {
    guard let deployment = deployments.remove(id) else { return nil }
    names.deployments[Self.key(deployment.metadata)] = nil
    return deployment
  }

  mutating func store(_ set: ReplicaSet, _ id: ReplicaSetID) {
    if !replicaSets.contains(id), let owner = set.metadata.owner {
      replicaSetsByOwner[owner.uid, default: IDList()].insert(id)
    }
    names.replicaSets[Self.key(set.metadata)] = id
    replicaSets.restore(set, at: id)
  }

  @discardableResult
  mutating func dropReplicaSet(_ id: ReplicaSetID) -> ReplicaSet? {
    guard let set = replicaSets.remove(id) else { return nil }
    names.replicaSets[Self.key(set.metadata)] = nil
    if let owner = set.metadata.owner {
      replicaSetsByOwner[owner.uid]?.remove(id)
      if replicaSetsByOwner[owner.uid]?.isEmpty ?? false { replicaSetsByOwner[owner.uid] = nil }
    }
    return set
  }

  mutating func store(_ set: DaemonSet, _ id: DaemonSetID) {
    names.daemonSets[Self.key(set.metadata)] = id
    daemonSets.restore(set, at: id)
  }

  @discardableResult
  mutating func dropDaemonSet(_ id: DaemonSetID) -> DaemonSet? {
    guard let set = daemonSets.remove(id) else { return nil }
    names.daemonSets[Self.key(set.metadata)] = nil
    return set
  }

  mutating func store(_ service: Service, _ id: ServiceID) {
    names.services[Self.key(service.metadata)] = id
    services.restore(service, at: id)
  }

  @discardableResult
  mutating func dropService(_ id: ServiceID) -> Service? {
    guard let service = services.remove(id) else { return nil }
    names.services[Self.key(service.metadata)] = nil
    return service
  }
}
