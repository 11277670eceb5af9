import KubernetesObjects
public import TimeUnits

/// Which group to grow for pods that fit nowhere.
///
/// Follows `core/scaleup/orchestrator/orchestrator.go` of cluster-autoscaler 1.36.
public struct ScaleUpPlanner: Sendable {
  let options: AutoscalerOptions
  let chain: ExpanderChain
  /// The text under `priorities` of the ConfigMap `cluster-autoscaler-priority-expander`.
  var priorities: String?

  /// Throws what would stop the real program when it starts.
  public init(options: AutoscalerOptions, priorities: String? = nil) throws(ExpanderProblem) {
    self.options = options
    self.priorities = priorities
    chain = try ExpanderChain(options.expander)
  }

  /// What the groups could do for the pods.
  ///
  /// - Parameters:
  ///   - snapshot: the cluster with the nodes on their way and the pods that they will take.
  ///   - templates: by the index of the group.
  ///   - upcoming: nodes on their way that are not in the snapshot, as 1.13 has it.
  public func decide(
    _ pods: [AutoscalerPod], in snapshot: ClusterSnapshot, groups: [NodeGroup],
    templates: [NodeTemplate?], nodes: [ObservedNode], registry: ClusterStateRegistry,
    at now: SimulationTime, upcoming: [NodeTemplate] = []
  ) -> ScaleUpDecision {
    var decision = ScaleUpDecision()
    decision.podGroups = EquivalenceGroups.group(pods).map { indexes in
      ScaleUpDecision.PodGroup(
        pods: indexes.map { pods[$0] },
        refusals: Array(repeating: nil, count: groups.count))
    }
    let limits = ClusterLimits(nodes.lazy.map(\.node), options)
    for (index, group) in groups.enumerated() {
      decision.skipped[index] = skipReason(group, templates[index], registry, limits, now)
    }
    let fitting = groups.indices.map { index in
      decision.skipped[index] == nil || options.balanceSimilarNodeGroups
        ? fittingPodGroups(index, templates[index], snapshot, &decision) : []
    }
    for index in groups.indices where decision.skipped[index] == nil && !fitting[index].isEmpty {
      let similar = similarGroups(to: index, groups, templates, fitting, registry, now)
      let thresholds = EstimationLimiter.thresholds(
        options: options, group: groups[index], similar: similar.map { groups[$0] },
        nodeCount: snapshot.nodeCount)
      let pods = fitting[index].map { decision.podGroups[$0].pods }
      let estimate =
        options.release == .v1_13
        ? FirstFitDecreasing.estimate(
          pods, on: templates[index]!, upcoming: upcoming, in: snapshot)
        : BinpackingEstimator.estimate(
          pods, on: templates[index]!, in: snapshot,
          limiter: EstimationLimiter(thresholds: thresholds))
      guard estimate.nodeCount > 0, !estimate.pods.isEmpty else { continue }
      var option = ExpansionOption(
        group: index, groupID: groups[index].id, nodeCount: estimate.nodeCount,
        pods: estimate.pods, requests: estimate.requests, template: templates[index]!)
      option.similarGroups = similar
      decision.options.append(option)
    }
    let context = ExpanderContext(
      groups: groups, clusterSize: nodes.count, priorities: priorities)
    decision.best = chain.best(decision.options, in: context)
    decision.warnings = chain.warnings(decision.options, in: context)
    return decision
  }

  private func skipReason(
    _ group: NodeGroup, _ template: NodeTemplate?, _ registry: ClusterStateRegistry,
    _ limits: ClusterLimits, _ now: SimulationTime
  ) -> SkipReason? {
    switch registry.safety(of: group.id, at: now) {
    case .unhealthy: return .unhealthy
    case .backedOff(let error): return .backedOff(error)
    case .safe: break
    }
    if group.targetSize >= group.maxSize { return .atMaximum }
    guard let template else { return .noTemplate }
    if let resource = limits.exceeded(byOneMore: template.node) {
      return .clusterLimit(resource: resource)
    }
    return nil
  }

  /// The pod groups of which one pod would fit one new node.
  private func fittingPodGroups(
    _ group: Int, _ template: NodeTemplate?, _ snapshot: ClusterSnapshot,
    _ decision: inout ScaleUpDecision
  ) -> [Int] {
    guard let template else { return [] }
    var snapshot = snapshot
    let node = snapshot.add(template, named: "template-node-for-\(group)")
    return decision.podGroups.indices.filter { index in
      let pod = decision.podGroups[index].pods[0].reference
      let reasons = snapshot.check(pod, on: node)
      decision.podGroups[index].refusals[group] =
        reasons.isEmpty ? [] : snapshot.texts(of: reasons)
      return reasons.isEmpty
    }
  }

  private func similarGroups(
    to index: Int, _ groups: [NodeGroup], _ templates: [NodeTemplate?], _ fitting: [[Int]],
    _ registry: ClusterStateRegistry, _ now: SimulationTime
  ) -> [Int] {
    guard options.balanceSimilarNodeGroups, let template = templates[index] else { return [] }
    return groups.indices.filter { other in
      guard other != index, groups[other].exists, let candidate = templates[other],
        registry.safety(of: groups[other].id, at: now) == .safe,
        Set(fitting[index]).isSubset(of: fitting[other])
      else { return false }
      return SimilarGroups.areSimilar(template, candidate, options: options)
    }
  }

  // MARK: Carrying out

  /// What taking one option means for the sizes of groups.
  ///
  /// - Parameters:
  ///   - nodeCount: nodes in the snapshot, those on their way included.
  public func plan(
    _ option: ExpansionOption, groups: [NodeGroup], nodes: [ObservedNode], nodeCount: Int
  ) -> ScaleUpPlan {
    var count = option.nodeCount
    if options.maxNodesTotal > 0, count + nodeCount > options.maxNodesTotal {
      count = options.maxNodesTotal - nodeCount
      if count < 1 {
        return ScaleUpPlan(increases: [], limit: "max node total count already reached")
      }
    }
    let limits = ClusterLimits(nodes.lazy.map(\.node), options)
    count = limits.capped(count, of: option.template.node)
    if count < 1 { return ScaleUpPlan(increases: [], limit: "max cluster limit reached") }
    let targets = [option.group] + option.similarGroups
    let balanced = targets.map { index in
      BalancedGroup(
        id: groups[index].id, current: groups[index].targetSize, max: groups[index].maxSize)
    }
    let sizes = try? Balancing.balance(balanced, newNodes: count)
    let increases = (sizes ?? []).map { entry in
      ScaleUpPlan.Increase(
        group: targets[entry.index], from: groups[targets[entry.index]].targetSize,
        to: entry.newSize)
    }
    let limit = count < option.nodeCount ? "capped from \(option.nodeCount) to \(count)" : nil
    return ScaleUpPlan(increases: increases, limit: limit)
  }
}
