import Documents
import KubernetesObjects
import TimeUnits

// The API server's part in a pod's life.
extension World {
  /// A pod that a controller or the case wants.
  struct PodRequest {
    var name: String
    var owner: OwnerReference?
    /// `ReplicaSet/web-rs1`; empty for a bare pod.
    var ownerName: String
    var number: Int
    var template: PodTemplate
    var blueprint: Shared<PodBlueprint>
    var finalizers: [String] = []
  }

  @discardableResult
  func createPod(_ request: PodRequest) -> Result<WorldPod, Refusal> {
    guard pods[request.name] == nil else { return .failure(.alreadyExists) }
    var metadata = ObjectMeta(
      name: request.name, uid: hints.uid(of: request.name) ?? nextUID(),
      labels: request.template.labels, annotations: request.template.annotations,
      owner: request.owner)
    metadata.creationTime = apiTime
    metadata.finalizers = request.finalizers
    metadata.resourceVersion = nextVersion()
    let image = request.template.spec.containers.first?.image ?? ""
    let rule =
      recorded.rules.first {
        $0.matches(alias: request.name, image: image, labels: request.template.labels)
      } ?? KubeletRule(.init(.mapping([])))
    let pod = WorldPod(
      pod: Pod(metadata: metadata, spec: request.blueprint), owner: request.ownerName,
      number: request.number, rule: rule)
    pods[request.name] = pod
    link(pod)
    observe(.podCreated(pod: pod.name, owner: pod.owner))
    for watcher in watchers { watcher.podChanged(nil, pod) }
    return .success(pod)
  }

  @discardableResult
  func changePod(_ name: String, _ body: (inout WorldPod) -> Void) -> Result<WorldPod, Refusal> {
    guard let old = pods[name] else { return .failure(.notFound) }
    var new = old
    body(&new)
    new.pod.metadata.resourceVersion = nextVersion()
    pods[name] = new
    for watcher in watchers { watcher.podChanged(old, new) }
    return .success(new)
  }

  /// A DELETE: graceful, but for pods without a node, ended pods and a grace of 0.
  @discardableResult
  func deletePod(
    _ name: String, graceSeconds: Int64? = nil, key: String? = nil
  ) -> Result<Void, Refusal> {
    guard let pod = pods[name] else { return .failure(.notFound) }
    var grace = graceSeconds ?? pod.pod.spec.value.spec.terminationGracePeriodSeconds
    if pod.pod.nodeName == nil || pod.pod.status.phase.isTerminal { grace = 0 }
    if !pod.isTerminating {
      observe(.podDeleting(pod: name, owner: pod.owner, key: key))
    }
    if grace <= 0 {
      removePod(name)
      return .success(())
    }
    if let current = pod.pod.metadata.deletionGracePeriodSeconds, current <= grace {
      return .success(())
    }
    changePod(name) {
      $0.pod.metadata.deletionTime = apiTime + .seconds(grace)
      $0.pod.metadata.deletionGracePeriodSeconds = grace
    }
    return .success(())
  }

  func removePod(_ name: String) {
    guard var pod = pods[name] else { return }
    if !pod.pod.metadata.finalizers.isEmpty {
      changePod(name) {
        $0.isHeld = true
        $0.pod.metadata.deletionTime = $0.pod.metadata.deletionTime ?? apiTime
      }
      return
    }
    pods[name] = nil
    unlink(pod)
    pod.pod.metadata.resourceVersion = nextVersion()
    observe(.podGone(pod: name, owner: pod.owner))
    for watcher in watchers { watcher.podChanged(pod, nil) }
  }

  func removeFinalizers(of name: String) {
    guard let pod = pods[name] else { return }
    changePod(name) { $0.pod.metadata.finalizers = [] }
    if pod.isHeld { removePod(name) }
  }

  func setReady(_ name: String, _ ready: Bool, reason: String = "") {
    changePod(name) {
      $0.pod.status.set(.ready, ready ? .true : .false, reason: reason, at: apiTime)
    }
  }

  // MARK: Nodes

  func createNode(_ node: Node) {
    var node = node
    node.metadata.creationTime = apiTime
    node.metadata.uid = nextUID()
    node.metadata.resourceVersion = nextVersion()
    nodes[node.name] = node
    for watcher in watchers { watcher.nodeChanged(nil, node) }
  }

  @discardableResult
  func changeNode(
    _ name: String, expecting version: UInt64? = nil, _ body: (inout Node) -> Void
  ) -> Result<Node, Refusal> {
    guard let old = nodes[name] else { return .failure(.notFound) }
    if let version, version != old.metadata.resourceVersion { return .failure(.conflict) }
    var new = old
    body(&new)
    new.metadata.resourceVersion = nextVersion()
    nodes[name] = new
    if new.taints != old.taints {
      observe(.nodeTaints(node: name, taints: new.taints.map(Self.text).sorted()))
    }
    let ready = new.status.condition(.ready)
    if ready != old.status.condition(.ready), let ready,
      ready.status != old.status.condition(.ready)?.status
    {
      observe(.nodeReady(node: name, ready: "\(ready.status.rawValue)/\(ready.reason)"))
    }
    for watcher in watchers { watcher.nodeChanged(old, new) }
    return .success(new)
  }

  func deleteNode(_ name: String) {
    guard let node = nodes[name] else { return }
    nodes[name] = nil
    leases[name] = nil
    for watcher in watchers { watcher.nodeChanged(node, nil) }
  }

  /// `key=value:Effect`, as the recordings write it: with the sign even without a value.
  static func text(_ taint: Taint) -> String {
    "\(taint.key)=\(taint.value):\(taint.effect.rawValue)"
  }
}
