import ClusterAutoscaler
import KubeScheduler
import KubernetesObjects
import TimeUnits

extension AutoscalerWorld {
  // MARK: Machines and nodes

  /// A machine that runs in the cloud; its node comes later.
  mutating func addMachine(_ group: Int, named name: String) -> Int {
    var node = recording.groups[group].template
    node.metadata.name = name
    node.metadata.labels[WellKnownLabel.hostname] = name
    node.providerID = name
    let index = nodes.count
    nodes.append(WorldNode(node: node, group: group))
    nodeOfName[name] = index
    machines[group].append(index)
    return index
  }

  mutating func register(_ index: Int) {
    guard !nodes[index].isDeleted else { return }
    nodes[index].isRegistered = true
    nodes[index].node.metadata.creationTime = creationTime
    nodes[index].node.taints.append(Taint(key: Taint.Key.notReady, effect: .noSchedule))
    nodes[index].node.status.set(.ready, .false, reason: "KubeletNotReady", at: now)
    registered += 1
    scheduler.setNode(nodes[index].node)
    note(.nodeRegistered(nodes[index].node.name))
    retryPending(for: index)
  }

  mutating func becomeReady(_ index: Int) {
    guard nodes[index].isRegistered, !nodes[index].isGone else { return }
    nodes[index].node.taints.removeAll { $0.key == Taint.Key.notReady }
    nodes[index].node.status.set(.ready, .true, reason: "KubeletReady", at: now)
    scheduler.setNode(nodes[index].node)
    note(.nodeReady(nodes[index].node.name))
    needsScheduling = true
  }

  mutating func disappear(_ index: Int) {
    guard nodes[index].isRegistered, !nodes[index].isGone else { return }
    nodes[index].isGone = true
    registered -= 1
    let name = nodes[index].node.name
    for key in scheduler.node(named: name).map({ scheduler.pods(on: $0) }) ?? [] {
      remove(Int(key))
    }
    scheduler.removeNode(named: name)
    note(.nodeGone(name))
    needsScheduling = true
  }

  mutating func change(_ index: Int, _ change: (inout Node) -> Void) {
    change(&nodes[index].node)
    if nodes[index].isRegistered, !nodes[index].isGone { scheduler.setNode(nodes[index].node) }
  }

  /// Now in whole seconds of the recorder's calendar.
  var creationTime: SimulationTime {
    let second: Int64 = 1_000_000_000
    let calendar = now.nanoseconds + Self.fractionOfSecond
    return SimulationTime(
      nanoseconds: calendar / second * second - Self.fractionOfSecond)
  }

  // MARK: Pods

  mutating func create(_ recorded: RecordedPod) {
    var metadata = ObjectMeta(
      name: recorded.name, namespace: recorded.namespace, labels: recorded.labels,
      owner: recorded.owner)
    metadata.creationTime = creationTime
    create(Pod(metadata: metadata, spec: recorded.spec), on: recorded.boundNode)
  }

  mutating func create(_ pod: Pod, on name: String? = nil) {
    let key = pods.count
    var pod = pod
    pod.nodeName = name
    pods.append(WorldPod(name: pod.metadata.name, pod: pod))
    keyOfName[pod.metadata.name] = key
    if let name, let node = nodeOfName[name] {
      place(key, on: node)
    } else {
      pending.append(key)
      needsScheduling = true
    }
  }

  mutating func place(_ key: Int, on node: Int) {
    pods[key].node = node
    pods[key].pod.nodeName = nodes[node].node.name
    pods[key].pod.status.phase = .running
    pods[key].pod.status.startTime = now
    pods[key].pod.status.set(.scheduled, .true, at: now)
    bound += 1
    scheduler.addPod(PodRef(key: UInt32(key), pods[key].pod), to: nodes[node].node.name)
  }

  mutating func remove(_ key: Int) {
    guard !pods[key].isGone else { return }
    pods[key].isGone = true
    if pods[key].node != nil {
      bound -= 1
      scheduler.removePod(UInt32(key))
      needsScheduling = true
    } else {
      pending.removeAll { $0 == key }
      scheduler.removeNomination(of: UInt32(key))
    }
  }

  /// A pod is told to go; it is gone when its grace is over.
  mutating func terminate(_ key: Int) {
    guard !pods[key].isGone, !pods[key].pod.metadata.isTerminating else { return }
    guard recording.termination > .zero, pods[key].node != nil else { return remove(key) }
    pods[key].pod.metadata.deletionTime = now + recording.termination
    pods[key].pod.metadata.deletionGracePeriodSeconds =
      recording.termination.components.seconds
    scheduler.updatePod(PodRef(key: UInt32(key), pods[key].pod))
    agenda.add(.podGone(pod: key), at: now + recording.termination)
  }

  /// The Eviction API: what a ReplicaSet owns is there again at once.
  mutating func evict(_ key: Int) -> Bool {
    let pod = pods[key].pod
    let refused = recording.budgets.contains {
      $0.metadata.namespace == pod.metadata.namespace
        && ($0.selector?.matches(pod.metadata.labels) ?? false) && $0.disruptionsAllowed < 1
    }
    if refused { return false }
    let node = pods[key].node.map { nodes[$0].node.name } ?? ""
    note(.evicted(pod: pods[key].name, node: node))
    terminate(key)
    if pod.metadata.owner != nil {
      replacements += 1
      let stem = pod.metadata.name.split(separator: "~").first.map(String.init) ?? ""
      var metadata = ObjectMeta(
        name: "\(stem)~\(replacements)", namespace: pod.metadata.namespace,
        labels: pod.metadata.labels, owner: pod.metadata.owner)
      metadata.creationTime = creationTime
      create(Pod(metadata: metadata, spec: pod.spec))
    }
    return true
  }

  mutating func apply(_ event: RecordedCaseEvent) {
    note(.caseEvent)
    for pod in event.created { create(pod) }
    for name in event.deleted { if let key = keyOfName[name] { terminate(key) } }
    if let prefix = event.deletedPrefix {
      // In the order of their names, as the API lists them.
      let names = pods.filter { !$0.isGone && $0.name.hasPrefix(prefix) }.map(\.name).sorted()
      for name in names.prefix(event.deletedCount ?? names.count) {
        if let key = keyOfName[name] { terminate(key) }
      }
    }
  }
}
