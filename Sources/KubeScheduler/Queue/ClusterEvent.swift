public import KubernetesObjects

/// Something that may make an unschedulable pod schedulable.
public enum ClusterEvent: Sendable {
  case nodeAdded(Node)
  case nodeUpdated(from: Node, to: Node)
  case nodeRemoved(Node)
  /// A pod was bound or was found bound.
  case assignedPodAdded(PodRef)
  case assignedPodUpdated(from: PodRef, to: PodRef)
  case assignedPodRemoved(PodRef)
  case claimChanged(namespace: String, name: String)
  case volumeChanged
  case storageClassAdded(StorageClass.BindingMode)
  case csiNodeAdded
  /// Anything else: worth another try for everyone.
  case other
}

extension ClusterEvent {
  /// The only plugins that may take the event for a reason; nil: any may.
  var concerned: [PluginName]? {
    switch self {
    case .assignedPodAdded: [.podTopologySpread, .interPodAffinity]
    case .nodeRemoved: [.podTopologySpread]
    case .volumeChanged, .storageClassAdded: [.volumeBinding, .volumeZone]
    case .csiNodeAdded: [.nodeVolumeLimits, .volumeBinding]
    case .claimChanged: [.volumeRestrictions, .nodeVolumeLimits, .volumeBinding, .volumeZone]
    default: nil
    }
  }
}

/// Whether an event can help a pod, as each plugin that rejected it sees it.
///
/// Follows the `QueueingHintFn`s of the default plugins of kube-scheduler 1.36.
public struct QueueingHints: Sendable {
  /// The labels of namespaces, for terms that select by them.
  public var namespaceLabels: [String: Labels]

  public init(namespaceLabels: [String: Labels] = [:]) {
    self.namespaceLabels = namespaceLabels
  }

  /// Whether any of the plugins that rejected a pod takes the event for a reason to try again.
  public func helps(
    _ event: ClusterEvent, _ pod: PodRef, rejectedBy plugins: [PluginName]
  ) -> Bool {
    plugins.contains { helps(event, pod, $0) }
  }

  private func helps(_ event: ClusterEvent, _ pod: PodRef, _ plugin: PluginName) -> Bool {
    switch event {
    case .other: return true
    case .nodeAdded(let node): return helps(from: nil, to: node, pod, plugin)
    case .nodeUpdated(let old, let new): return helps(from: old, to: new, pod, plugin)
    case .nodeRemoved(let node):
      return plugin == .podTopologySpread && hasSpreadKeys(node.metadata.labels, pod)
    case .assignedPodAdded(let other):
      switch plugin {
      case .podTopologySpread: return spreadCounts(other, pod)
      case .interPodAffinity: return isFriend(other, pod)
      default: return false
      }
    case .assignedPodUpdated(let old, let new):
      switch plugin {
      case .nodeResourcesFit: return shrinks(from: old, to: new)
      case .podTopologySpread: return spreadCounts(old, pod) != spreadCounts(new, pod)
      case .interPodAffinity:
        return (!isFriend(old, pod) && isFriend(new, pod))
          || (isFoe(old, pod) && !isFoe(new, pod))
      default: return false
      }
    case .assignedPodRemoved(let other):
      switch plugin {
      case .nodeResourcesFit: return true
      case .nodePorts:
        let taken = other.spec.value.hostPorts.map(HostPort.init)
        return pod.spec.value.hostPorts.map(HostPort.init).contains { wanted in
          taken.contains(where: wanted.conflicts)
        }
      case .podTopologySpread: return spreadCounts(other, pod)
      case .interPodAffinity: return isFoe(other, pod)
      case .volumeRestrictions:
        let mine = PodVolume.volumes(of: pod)
        return other.namespace == pod.namespace
          && PodVolume.volumes(of: other).contains(where: mine.contains)
      case .nodeVolumeLimits: return !PodVolume.volumes(of: other).isEmpty
      default: return false
      }
    case .claimChanged(let namespace, let name):
      return PodVolume.volumes(of: pod).contains { volume in
        guard case .claim(let key, _) = volume else { return false }
        return key == ClaimKey(namespace: namespace, name: name)
      }
    case .volumeChanged: return plugin == .volumeBinding || plugin == .volumeZone
    case .storageClassAdded(let mode):
      return plugin == .volumeBinding
        || (plugin == .volumeZone && mode == .waitForFirstConsumer)
    case .csiNodeAdded: return plugin == .nodeVolumeLimits || plugin == .volumeBinding
    }
  }

  // MARK: Nodes

  private func helps(
    from old: Node?, to new: Node, _ pod: PodRef, _ plugin: PluginName
  ) -> Bool {
    let shape = PlacementShape(pod.spec.value)
    func becomes(_ isGood: (Node) -> Bool) -> Bool {
      isGood(new) && !(old.map(isGood) ?? false)
    }
    switch plugin {
    case .nodeUnschedulable, .checkNodeCondition: return becomes { !$0.unschedulable }
    case .nodeName: return old == nil && shape.nodeName == new.name
    case .taintToleration:
      return becomes { shape.untoleratedTaint(among: $0.taints) == nil }
    case .nodeAffinity:
      return becomes { shape.admits(labels: $0.metadata.labels, name: $0.name) }
    case .nodePorts, .volumeRestrictions: return old == nil
    case .nodeVolumeLimits: return false
    case .volumeBinding, .volumeZone:
      return old.map { $0.metadata.labels != new.metadata.labels } ?? true
    case .nodeResourcesFit:
      return fitsEmpty(new, pod) && (old.map { grows(from: $0, to: new, pod) } ?? true)
    case .podTopologySpread:
      let had = old.map { hasSpreadKeys($0.metadata.labels, pod) } ?? false
      return hasSpreadKeys(new.metadata.labels, pod)
        && (!had || spreadValues(old, pod) != spreadValues(new, pod))
        || had && !hasSpreadKeys(new.metadata.labels, pod)
    case .interPodAffinity:
      return affinityKeys(pod).contains { key in
        new.metadata.labels[key] != nil && new.metadata.labels[key] != old?.metadata.labels[key]
      }
    default: return true
    }
  }

  /// Whether the pod would fit if nothing else stood on the node.
  private func fitsEmpty(_ node: Node, _ pod: PodRef) -> Bool {
    let request = pod.spec.value.requests
    let capacity = ResourceVector(node.status.allocatable)
    return (node.status.allocatable[ResourceName.pods]?.value ?? 0) >= 1
      && request.milliCPU <= capacity.milliCPU && request.memory <= capacity.memory
      && request.ephemeralStorage <= capacity.ephemeralStorage
      && request.scalars.allSatisfy { $0.value <= capacity.scalar($0.name) }
  }

  /// Whether an update gave the node more of anything the pod asks for.
  private func grows(from old: Node, to new: Node, _ pod: PodRef) -> Bool {
    let request = pod.spec.value.requests
    let before = ResourceVector(old.status.allocatable)
    let after = ResourceVector(new.status.allocatable)
    let slots = { (node: Node) in node.status.allocatable[ResourceName.pods]?.value ?? 0 }
    return slots(new) > slots(old)
      || (request.milliCPU > 0 && after.milliCPU > before.milliCPU)
      || (request.memory > 0 && after.memory > before.memory)
      || (request.ephemeralStorage > 0 && after.ephemeralStorage > before.ephemeralStorage)
      || request.scalars.contains { after.scalar($0.name) > before.scalar($0.name) }
  }

  private func shrinks(from old: PodRef, to new: PodRef) -> Bool {
    let (before, after) = (old.spec.value.requests, new.spec.value.requests)
    return after.milliCPU < before.milliCPU || after.memory < before.memory
      || after.ephemeralStorage < before.ephemeralStorage
      || before.scalars.contains { after.scalar($0.name) < $0.value }
  }

  // MARK: Spreading

  private func hardConstraints(_ pod: PodRef) -> [TopologySpreadConstraint] {
    pod.spec.value.spec.topologySpreadConstraints.filter {
      $0.whenUnsatisfiable == .doNotSchedule
    }
  }

  private func hasSpreadKeys(_ labels: Labels, _ pod: PodRef) -> Bool {
    hardConstraints(pod).allSatisfy { labels[$0.topologyKey] != nil }
  }

  private func spreadValues(_ node: Node?, _ pod: PodRef) -> [String?] {
    hardConstraints(pod).map { node?.metadata.labels[$0.topologyKey] }
  }

  private func spreadCounts(_ other: PodRef, _ pod: PodRef) -> Bool {
    other.namespace == pod.namespace
      && hardConstraints(pod).contains { $0.labelSelector?.matches(other.labels) ?? false }
  }

  // MARK: Affinity

  private func terms(
    _ pod: PodRef, _ path: KeyPath<Affinity, [PodAffinityTerm]>
  ) -> [AffinityTerm] {
    (pod.spec.value.spec.affinity?[keyPath: path] ?? []).map {
      AffinityTerm($0, namespace: pod.namespace, labels: pod.labels)
    }
  }

  private func affinityKeys(_ pod: PodRef) -> [String] {
    (terms(pod, \.requiredPodAffinity) + terms(pod, \.requiredPodAntiAffinity))
      .map(\.topologyKey)
  }

  private func meets(_ term: AffinityTerm, _ pod: PodRef) -> Bool {
    term.matches(
      namespace: pod.namespace, labels: pod.labels,
      namespaceLabels: namespaceLabels[pod.namespace] ?? [:])
  }

  /// Whether another pod is one that the pod's required affinity looks for.
  private func isFriend(_ other: PodRef, _ pod: PodRef) -> Bool {
    let wanted = terms(pod, \.requiredPodAffinity)
    return !wanted.isEmpty && wanted.allSatisfy { meets($0, other) }
  }

  /// Whether one of the two keeps the other away.
  private func isFoe(_ other: PodRef, _ pod: PodRef) -> Bool {
    terms(pod, \.requiredPodAntiAffinity).contains { meets($0, other) }
      || terms(other, \.requiredPodAntiAffinity).contains { meets($0, pod) }
  }
}
