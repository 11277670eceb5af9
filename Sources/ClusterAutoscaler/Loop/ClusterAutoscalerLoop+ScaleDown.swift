import KubernetesObjects
import TimeUnits

extension ClusterAutoscalerLoop {
  mutating func tryScaleDown(
    _ pass: inout LoopPass, _ environment: inout some AutoscalerEnvironment
  ) {
    let deleting = deletions.names
    var budgets = RemainingBudgets(pass.observation.budgets)
    let candidates = scaleDown.candidates(
      pass.observation, in: pass.snapshot, deleting: deleting, budgets: budgets)
    scaleDown.update(
      candidates, pass.observation, in: pass.snapshot, deleting: deleting, budgets: &budgets)
    pass.report.unneeded = scaleDown.unneeded.entries.map(\.node.name)
    pass.report.isInCooldown = pass.disablesScaleDown || isInCooldown(pass)
    if !pass.report.isInCooldown { startDeletions(&pass, &environment) }
    pass.report.unremovable = scaleDown.unremovable.reasons.values.sorted { $0.name < $1.name }
    markCandidates(pass, &environment)
  }

  private func isInCooldown(_ pass: LoopPass) -> Bool {
    if options.release == .v1_13 {
      // Pods that fit a node already keep 1.13 from taking any away, and so does a removal.
      if pass.report.schedulablePods > 0 || !deletions.drained.isEmpty { return true }
    }
    return lastScaleUpTime + options.scaleDownDelayAfterAdd > pass.now
      || lastScaleDownFailTime + options.scaleDownDelayAfterFailure > pass.now
      || lastScaleDownDeleteTime + options.scaleDownDelayAfterDelete > pass.now
  }

  private mutating func startDeletions(
    _ pass: inout LoopPass, _ environment: inout some AutoscalerEnvironment
  ) {
    let order = environment.order(of: scaleDown.unneeded.entries)
    let groups = pass.observation.groups
    let (empty, drain) = scaleDown.removable(
      pass.observation, order: order,
      deletionsInProgress: groups.map { deletions.count(in: $0.id) })
    let groupOf = Dictionary(
      pass.observation.nodes.lazy.map { ($0.name, $0.group ?? -1) },
      uniquingKeysWith: { first, _ in first })
    let nodes = Dictionary(
      (empty + drain).lazy.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let cropped = ScaleDownBudgets.crop(
      empty: empty.map { ($0.name, groupOf[$0.name]!) },
      drain: drain.map { ($0.name, groupOf[$0.name]!) },
      emptyInProgress: deletions.empty.count, drainInProgress: deletions.drained.count,
      options: options)
    let emptyNow = cropped.empty.map { NodeDeletion(node: nodes[$0.node]!, group: $0.group) }
    let drainNow = cropped.drain.map { NodeDeletion(node: nodes[$0.node]!, group: $0.group) }
    if emptyNow.isEmpty, drainNow.isEmpty { return }
    guard environment.startDeletion(empty: emptyNow, drain: drainNow) else {
      lastScaleDownFailTime = pass.now
      return
    }
    note(emptyNow, drain: false, &pass, &environment)
    note(drainNow, drain: true, &pass, &environment)
    lastScaleDownDeleteTime = pass.now
  }

  private mutating func note(
    _ nodes: [NodeDeletion], drain: Bool, _ pass: inout LoopPass,
    _ environment: inout some AutoscalerEnvironment
  ) {
    for deletion in nodes {
      let name = deletion.node.name
      let group = pass.observation.groups[deletion.group].id
      deletions.start(name, in: group, drain: drain)
      registry.noteScaleDown(group, at: pass.now)
      if drain { pass.report.drained.append(name) } else { pass.report.deletedEmpty.append(name) }
      environment.record(event(deletion.node, drain: drain))
    }
  }

  private func event(_ node: RemovableNode, drain: Bool) -> AutoscalerEvent {
    guard drain else {
      return AutoscalerEvent(
        .statusConfigMap, reason: "ScaleDownEmpty",
        message: "Scale-down: removing empty node \"\(node.name)\"")
    }
    let share = scaleDown.utilization[node.name]?.value ?? 0
    let pods = node.pods.map(\.pod.metadata.name).joined(separator: ",")
    return AutoscalerEvent(
      .statusConfigMap, reason: "ScaleDown",
      message: "Scale-down: removing node \(node.name), utilization: \(share), "
        + "pods to reschedule: \(pods)")
  }

  /// Marks unneeded nodes softly, at most so many a loop; 1.13 did not.
  ///
  /// What a node carries counts, whoever put it there: an earlier process's marks go as well
  /// (`core/scaledown/actuation/softtaint.go` 1.36).
  private mutating func markCandidates(
    _ pass: LoopPass, _ environment: inout some AutoscalerEnvironment
  ) {
    guard options.maxBulkSoftTaintCount > 0, options.release != .v1_13 else { return }
    let unneeded = Set(pass.report.unneeded)
    let nodes = pass.observation.nodes.filter { observed in
      observed.group != nil && !observed.node.isToBeDeleted
        && pass.snapshot.node(named: observed.name) != nil
    }
    let removing = nodes.lazy
      .filter { $0.node.isDeletionCandidate && !unneeded.contains($0.name) }
      .map(\.name).prefix(options.maxBulkSoftTaintCount)
    let adding = nodes.lazy
      .filter { !$0.node.isDeletionCandidate && unneeded.contains($0.name) }
      .map(\.name).prefix(options.maxBulkSoftTaintCount - removing.count)
    if removing.isEmpty, adding.isEmpty { return }
    environment.setDeletionCandidates(adding: Array(adding), removing: Array(removing))
  }
}
