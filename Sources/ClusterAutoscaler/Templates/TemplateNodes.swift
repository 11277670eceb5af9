import KubeScheduler
import KubernetesObjects
import TimeUnits

/// What the next node of each group will be like.
///
/// A good node of the group is the model, then what an earlier good node was, then what the
/// provider promises, and a bad node if there is nothing else. Follows
/// `processors/nodeinfosprovider/mixed_nodeinfos_processor.go` of cluster-autoscaler 1.36.
struct TemplateNodes: Sendable {
  /// How long a node has to have been ready to be a model: `stabilizationDelay`.
  static let stabilizationDelay: Duration = .seconds(60)

  private var cached: [String: NodeTemplate] = [:]

  /// By the index of the group; nil where nothing is known.
  mutating func templates(
    _ observation: ClusterObservation, _ options: AutoscalerOptions
  ) -> [NodeTemplate?] {
    var templates = [NodeTemplate?](repeating: nil, count: observation.groups.count)
    var bad = templates
    for observed in observation.nodes {
      guard let group = observed.group else { continue }
      if templates[group] == nil, isGood(observed.node, observation.now) {
        templates[group] = model(observed.node, observation)
      } else if bad[group] == nil, templates[group] == nil {
        bad[group] = NodeTemplate(node: observed.node)
      }
    }
    for (index, group) in observation.groups.enumerated() {
      if let template = templates[index] {
        cached[group.id] = template
      } else if let template = cached[group.id] {
        templates[index] = template
      } else if let template = group.template {
        templates[index] = promised(template, observation)
      } else if let node = bad[index] {
        templates[index] = model(node.node, observation)
      }
    }
    return templates
  }

  private func isGood(_ node: Node, _ now: SimulationTime) -> Bool {
    guard let ready = node.status.condition(.ready), ready.status == .true else { return false }
    return ready.lastTransition + Self.stabilizationDelay < now && !node.unschedulable
      && !node.isToBeDeleted
  }

  /// A copy of a node as it is, without what holds only for this one.
  private func model(_ node: Node, _ observation: ClusterObservation) -> NodeTemplate {
    var template = NodeTemplate(node: node)
    template.node.taints.removeAll(where: AutoscalerTaint.isTransient)
    template.node.unschedulable = false
    if let index = observation.snapshot.node(named: node.name) {
      template.pods = observation.snapshot.pods(on: index).compactMap(observation.pod)
        .filter { $0.isDaemonSetPod || $0.isMirror }
    }
    return template
  }

  /// What the provider promises, with the daemon pods that would run there.
  private func promised(
    _ template: NodeTemplate, _ observation: ClusterObservation
  ) -> NodeTemplate {
    var template = template
    template.node.metadata.labels.addDeprecated()
    if observation.daemonSets.isEmpty { return template }
    var profile = SchedulerProfile.kubernetes1_36
    profile.filters = [.nodeName, .nodeAffinity, .taintToleration]
    var snapshot = SchedulerSnapshot()
    let node = snapshot.setNode(template.node)
    var cycle = SchedulingCycle(profile: profile)
    var result = template
    for set in observation.daemonSets {
      var metadata = ObjectMeta(
        name: set.metadata.name, namespace: set.metadata.namespace,
        labels: set.template.value.labels,
        owner: OwnerReference(
          kind: .daemonSet, name: set.metadata.name, uid: set.metadata.uid))
      metadata.annotations = set.template.value.annotations
      let pod = Pod(metadata: metadata, spec: Shared(PodBlueprint(set.template.value.spec)))
      let reference = PodRef(key: 0, pod)
      if cycle.check(reference, on: node, in: &snapshot).isEmpty { result.pods.append(pod) }
    }
    return result
  }
}

extension Labels {
  /// Every stable label under its former name too, as `utils/labels/labels.go` 1.36 adds it to
  /// what a provider promises: nodes that lack these are not similar to it.
  mutating func addDeprecated() {
    for (stable, former) in Self.formerNames {
      if let value = self[stable] { self[former] = value }
    }
  }

  private static let formerNames = [
    (WellKnownLabel.zone, WellKnownLabel.zoneBeta),
    (WellKnownLabel.region, WellKnownLabel.regionBeta),
    (WellKnownLabel.instanceType, WellKnownLabel.instanceTypeBeta),
    (WellKnownLabel.arch, "beta.kubernetes.io/arch"),
    (WellKnownLabel.os, "beta.kubernetes.io/os"),
  ]
}

extension NodeTemplate {
  /// The template as a node of another name.
  func named(_ name: String) -> Node {
    var copy = node
    copy.metadata.name = name
    copy.metadata.labels[WellKnownLabel.hostname] = name
    copy.providerID = name
    return copy
  }
}
