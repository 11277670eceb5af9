import KubernetesObjects
public import TimeUnits

extension Cluster {
  /// The one door: checks, changes, keeps the indexes, and hands back what watchers will see.
  ///
  /// - Parameters:
  ///   - mutation: The change.
  ///   - now: The time of the write; it becomes creation or deletion time.
  ///   - watch: Receives every change in order, once each.
  /// - Returns: The object made or changed.
  /// - Throws: What the real API server refuses, with nothing changed.
  @discardableResult
  public mutating func apply(
    _ mutation: Mutation, at now: SimulationTime, watch: (WatchEvent) -> Void
  ) throws(Refusal) -> AppliedObject {
    switch mutation {
    case .createPod(let pod): return .pod(try create(pod, now, watch))
    case .bindPod(let id, let node): return .pod(try bind(id, node, now, watch))
    case .setPodStatus(let id, let status):
      return .pod(try changePod(id, watch) { $0.status = status })
    case .setPodConditions(let id, let conditions):
      return .pod(
        try changePod(id, watch) { pod in
          for new in conditions {
            pod.status.set(
              new.type, new.status, reason: new.reason, message: new.message, at: now)
          }
        })
    case .setPodAnnotations(let id, let annotations):
      return .pod(try changePod(id, watch) { $0.metadata.annotations = annotations })
    case .setSchedulingGates(let id, let gates):
      return .pod(
        try changePod(id, watch) { pod in
          var spec = pod.spec.value.spec
          spec.schedulingGates = gates
          pod.spec = Shared(PodBlueprint(spec))
        })
    case .nominate(let id, let node):
      return .pod(try changePod(id, watch) { $0.status.nominatedNodeName = node })
    case .deletePod(let id, let grace): return .pod(try delete(id, grace, now, watch))
    case .createNode(let node): return .node(try create(node, now, watch))
    case .updateNode(let id, let node): return .node(try update(id, node, watch))
    case .setNodeConditions(let id, let conditions):
      return .node(
        try changeNode(id, watch) { node in
          for new in conditions {
            node.status.set(
              new.type, new.status, reason: new.reason, message: new.message, at: now)
          }
        })
    case .patchNodeTaints(let id, let add, let remove):
      return .node(
        try changeNode(id, watch) { node in
          node.taints.removeAll { old in
            (add + remove).contains { $0.key == old.key && $0.effect == old.effect }
          }
          node.taints += add
        })
    case .setUnschedulable(let id, let value):
      return .node(try changeNode(id, watch) { $0.unschedulable = value })
    case .deleteNode(let id): return .node(try delete(id, watch))
    case .renewLease(let id): return .node(try renewLease(id, now, watch))
    default: return try applyWorkload(mutation, now, watch)
    }
  }

  mutating func nextVersion() -> UInt64 {
    resourceVersion += 1
    return resourceVersion
  }

  // MARK: Pods

  private mutating func create(
    _ pod: Pod, _ now: SimulationTime, _ watch: (WatchEvent) -> Void
  ) throws(Refusal) -> PodID {
    var pod = pod
    let key = NameIndex.Key(namespace: pod.metadata.namespace, name: pod.metadata.name)
    guard names.pods[key] == nil else {
      throw .alreadyExists(resource: "pods", name: pod.metadata.name)
    }
    pod.metadata.resourceVersion = nextVersion()
    pod.metadata.creationTime = now
    let id = ObjectID<Pod>(raw: pods.nextID)
    store(pod, id)
    watch(.pod(.added, id, pod))
    return id
  }

  private mutating func bind(
    _ id: PodID, _ nodeName: String, _ now: SimulationTime, _ watch: (WatchEvent) -> Void
  ) throws(Refusal) -> PodID {
    guard let pod = pods[id] else { throw .notFound(resource: "pods", name: "#\(id.raw)") }
    if let node = pod.nodeName { throw .alreadyBound(pod: pod.metadata.name, node: node) }
    return try changePod(id, watch) {
      $0.nodeName = nodeName
      $0.status.set(.scheduled, .true, at: now)
    }
  }

  private mutating func changePod(
    _ id: PodID, _ watch: (WatchEvent) -> Void, _ body: (inout Pod) -> Void
  ) throws(Refusal) -> PodID {
    guard var pod = pods[id] else { throw .notFound(resource: "pods", name: "#\(id.raw)") }
    body(&pod)
    pod.metadata.resourceVersion = nextVersion()
    store(pod, id)
    watch(.pod(.modified, id, pod))
    return id
  }

  // A pod that no kubelet holds, and one that has ended, goes at once; any other keeps its object
  // until the kubelet confirms. A repeated DELETE can only shorten the grace.
  // [36] `pkg/registry/core/pod/strategy.go` CheckGracefulDelete, `rest.BeforeDelete`.
  private mutating func delete(
    _ id: PodID, _ graceSeconds: Int64?, _ now: SimulationTime, _ watch: (WatchEvent) -> Void
  ) throws(Refusal) -> PodID {
    guard var pod = pods[id] else { throw .notFound(resource: "pods", name: "#\(id.raw)") }
    var grace = graceSeconds ?? pod.spec.value.spec.terminationGracePeriodSeconds
    if pod.nodeName == nil || pod.status.phase.isTerminal { grace = 0 }
    if grace <= 0 {
      pod.metadata.resourceVersion = nextVersion()
      pod.metadata.deletionTime = pod.metadata.deletionTime ?? now
      pod.metadata.deletionGracePeriodSeconds = 0
      dropPod(id)
      watch(.pod(.deleted, id, pod))
      return id
    }
    if let current = pod.metadata.deletionGracePeriodSeconds, current <= grace { return id }
    pod.metadata.deletionTime = now + .seconds(grace)
    pod.metadata.deletionGracePeriodSeconds = grace
    pod.metadata.generation += 1
    pod.metadata.resourceVersion = nextVersion()
    store(pod, id)
    watch(.pod(.modified, id, pod))
    return id
  }

  // MARK: Nodes

  private mutating func create(
    _ node: Node, _ now: SimulationTime, _ watch: (WatchEvent) -> Void
  ) throws(Refusal) -> NodeID {
    var node = node
    guard names.nodes[node.name] == nil else {
      throw .alreadyExists(resource: "nodes", name: node.name)
    }
    node.metadata.resourceVersion = nextVersion()
    node.metadata.creationTime = now
    let id = ObjectID<Node>(raw: nodes.nextID)
    store(node, id)
    watch(.node(.added, id, node))
    return id
  }

  private mutating func update(
    _ id: NodeID, _ node: Node, _ watch: (WatchEvent) -> Void
  ) throws(Refusal) -> NodeID {
    guard nodes.contains(id) else { throw .notFound(resource: "nodes", name: node.name) }
    var node = node
    node.metadata.resourceVersion = nextVersion()
    store(node, id)
    watch(.node(.modified, id, node))
    return id
  }

  private mutating func changeNode(
    _ id: NodeID, _ watch: (WatchEvent) -> Void, _ body: (inout Node) -> Void
  ) throws(Refusal) -> NodeID {
    guard var node = nodes[id] else { throw .notFound(resource: "nodes", name: "#\(id.raw)") }
    body(&node)
    return try update(id, node, watch)
  }

  private mutating func delete(
    _ id: NodeID, _ watch: (WatchEvent) -> Void
  ) throws(Refusal) -> NodeID {
    guard var node = nodes[id] else { throw .notFound(resource: "nodes", name: "#\(id.raw)") }
    node.metadata.resourceVersion = nextVersion()
    dropNode(id)
    watch(.node(.deleted, id, node))
    return id
  }

  private mutating func renewLease(
    _ id: NodeID, _ now: SimulationTime, _ watch: (WatchEvent) -> Void
  ) throws(Refusal) -> NodeID {
    guard nodes.contains(id) else { throw .notFound(resource: "nodes", name: "#\(id.raw)") }
    setLease(id, now)
    watch(.lease(id, now))
    return id
  }
}
