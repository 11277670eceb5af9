import AWSObjects
import ClusterAutoscaler
import ClusterState
import EC2AutoScaling
import KubernetesObjects
import SimulationKernel
import TimeUnits
import Traces

// What a loop of the autoscaler sees, and what it lets others see.
extension ClusterModel {
  /// Pods that the scheduler has tried and found no place for.
  var pendingPods: [PodID] {
    cluster.podSummaries.indices.compactMap { raw in
      let summary = cluster.podSummaries[raw]
      guard summary.isActive, summary.node == nil else { return nil }
      let id = PodID(raw: UInt32(raw))
      let isUnschedulable = cluster.pods.read(id) { pod in
        pod.nodeName == nil && !pod.metadata.isTerminating
          && pod.status.condition(.scheduled)?.reason == "Unschedulable"
      }
      return isUnschedulable == true ? id : nil
    }
  }

  mutating func observe(
    _ process: AutoscalerState.Process, at now: SimulationTime
  ) -> ClusterObservation {
    let groups = process.belief.groups.map { group in
      var nodeGroup = group.nodeGroup
      if nodeGroup.template != nil, process.belief.knowsTraits(of: group.description) {
        dress(&nodeGroup.template!.node, as: group.description.name)
      }
      return nodeGroup
    }
    var groupOf: [String: Int] = [:]
    for (index, group) in groups.enumerated() {
      for instance in group.instances { groupOf[instance.providerID] = index }
    }
    var nodes: [ObservedNode] = []
    self.cluster.nodes.forEach { _, node in
      nodes.append(ObservedNode(node, group: groupOf[node.providerID]))
    }
    var ties = autoscaler.ties
    nodes.shuffle(using: &ties)
    let cluster = cluster
    let pending = pendingPods.compactMap { id in
      cluster.pods[id].map { AutoscalerPod(key: id.raw, $0) }
    }.shuffled(using: &ties)
    var observation = ClusterObservation(
      now: now, snapshot: scheduler.snapshot, nodes: nodes, pending: pending, groups: groups,
      budgets: cluster.podDisruptionBudgets.isEmpty ? [] : cluster.currentBudgets(at: now),
      pod: { cluster.pods[PodID(raw: $0)] })
    cluster.daemonSets.forEach { observation.daemonSets.append($1) }
    observation.controllers = replicas
    observation.epochSeconds = world.cloud.epoch.unixSeconds
    return observation
  }

  /// ReplicaSets as they are; other controllers are not modeled and count as content.
  private var replicas: [UID: ControllerReplicas] {
    var replicas: [UID: ControllerReplicas] = [:]
    cluster.replicaSets.forEach { _, set in
      let uid = set.metadata.uid
      replicas[uid] = ControllerReplicas(
        target: Int(set.replicas), current: cluster.podIDs(ownedBy: uid).count)
    }
    cluster.pods.forEach { _, pod in
      guard let owner = pod.metadata.owner, replicas[owner.uid] == nil,
        owner.kind == .job || owner.kind == .statefulSet
      else { return }
      replicas[owner.uid] = ControllerReplicas(target: .max, current: .max)
    }
    return replicas
  }

  /// The provider asks EKS for the labels and taints of managed groups
  /// (`managed_nodegroup_cache.go`).
  private func dress(_ node: inout Node, as group: String) {
    node.metadata.labels["eks.amazonaws.com/nodegroup"] = group
    world.traits[group]?.dress(&node)
  }

  // MARK: Telling

  mutating func tell(_ event: AutoscalerEvent, in context: inout ClusterContext) {
    guard context.isRecording else { return }
    let kind: String
    let namespace: String
    let name: String
    switch event.subject {
    case .statusConfigMap:
      let options = autoscaler.process?.loop.options
      (kind, namespace, name) = (
        "ConfigMap", options?.namespace ?? "kube-system",
        options?.statusConfigMapName ?? "cluster-autoscaler-status"
      )
    case .node(let node): (kind, namespace, name) = ("Node", "", node)
    case .pod(let key):
      guard let pod = cluster.pods[PodID(raw: key)] else { return }
      (kind, namespace, name) = ("Pod", pod.metadata.namespace, pod.metadata.name)
    }
    context.record(
      .event(
        KubernetesEvent(
          type: event.isWarning ? .warning : .normal, reason: event.reason,
          message: event.message, kind: kind, namespace: namespace, name: name,
          source: "cluster-autoscaler"), count: 1))
  }

  /// Writes the metrics of a loop down where they differ from the last.
  mutating func record(
    _ report: LoopReport, _ observation: ClusterObservation, in context: inout ClusterContext
  ) {
    guard let loop = autoscaler.process?.loop else { return }
    autoscaler.totals.note(report)
    autoscaler.lastLoop = context.now
    noteTransitions(at: context.now)
    let registry = loop.registry
    var sample = AutoscalerSample(
      unschedulablePods: Int64(report.pendingPods),
      podsToHelp: Int64(report.podsToHelp.count),
      unneededNodes: Int64(report.unneeded.count),
      readyNodes: Int64(registry.total.ready.count),
      unreadyNodes: Int64(registry.total.unready.count),
      notStartedNodes: Int64(registry.total.notStarted.count),
      unregisteredNodes: Int64(
        registry.total.unregistered.count + registry.total.longUnregistered.count),
      isSafe: registry.isClusterHealthy, isInCooldown: report.isInCooldown)
    sample.totals = autoscaler.totals
    for (index, group) in observation.groups.enumerated() {
      let backedOff = registry.backoff.isBackedOff(group.id, at: context.now)
      sample.groups.append(
        AutoscalerSample.Group(
          name: group.id, min: Int64(group.minSize), max: Int64(group.maxSize),
          target: Int64(group.targetSize),
          upcoming: Int64(index < report.upcoming.count ? report.upcoming[index] : 0),
          isHealthy: registry.isHealthy(group.id), isBackedOff: backedOff))
    }
    record(sample, in: &context)
  }

  /// Counts that rise outside a loop, or in one that came to nothing.
  mutating func recordTotals(in context: inout ClusterContext) {
    guard var sample = autoscaler.last else { return }
    sample.totals = autoscaler.totals
    record(sample, in: &context)
  }

  private mutating func record(_ sample: AutoscalerSample, in context: inout ClusterContext) {
    if sample == autoscaler.last { return }
    autoscaler.last = sample
    context.record(.autoscaler(sample))
  }
}
