import KubernetesObjects

extension SchedulingCycle {
  /// Looks for pods of lower priority whose eviction would make room, and completes the message.
  ///
  /// Follows `framework/preemption` and `plugins/defaultpreemption` of kube-scheduler 1.36.
  mutating func preempt(
    _ decision: inout SchedulingDecision, _ snapshot: inout SchedulerSnapshot,
    _ budgets: () -> [PodDisruptionBudget], _ start: () -> Int
  ) {
    guard profile.preempts, decision.diagnosis != nil else { return }
    let prefix = "no new claims to deallocate, preemption: "
    if let refusal = refusal(snapshot) {
      decision.diagnosis?.preemptionMessage = profile.era == .v1_11 ? "" : prefix + refusal
      return
    }
    let failures = decision.failures
    let helpful = failures.filter(\.reasons.isResolvable).map(\.node)
    var counts = ReasonCounts()
    if failures.count > helpful.count {
      counts.add(.preemptionNotHelpful, times: failures.count - helpful.count)
    }
    var candidates: [EvictionPlan] = []
    if snapshot.priorities.hasAny(below: state.priority) {
      candidates = self.candidates(helpful, start(), budgets(), &snapshot, &counts)
    } else if !helpful.isEmpty {
      counts.add(.noVictims, times: helpful.count)
    }
    if candidates.isEmpty {
      if profile.era == .v1_11 { return }
      let summary = FitDiagnosis.summary(
        nodeCount: snapshot.nodeCount, counts.texts(profile, snapshot))
      decision.diagnosis?.preemptionMessage = prefix + summary
      return
    }
    decision.diagnosis?.preemption = PreemptionDecision(
      candidates: candidates.map(\.candidate),
      best: CandidateChoice.best(among: candidates, era: profile.era))
  }

  /// Why the pod may not preempt at all; nil if it may.
  private func refusal(_ snapshot: SchedulerSnapshot) -> String? {
    let pod = snapshot.classes.classes[Int(state.podClass)]
    if pod.spec.value.spec.preemptionPolicy == .never {
      return "not eligible due to preemptionPolicy=Never."
    }
    guard let nominated = snapshot.nominatedNode(of: state.key) else { return nil }
    let failed = state.verdicts[Int(nominated)]
    // A nominated node that can no longer do at all does not bind the pod.
    if failed.contains(.unresolvable) { return nil }
    let isWaiting = snapshot.rows[Int(nominated)].pods.contains { entry in
      entry.priority < state.priority
        && snapshot.classes.classes[Int(entry.podClass)].isPreempted
    }
    return isWaiting ? "not eligible due to a terminating pod on the nominated node." : nil
  }

  /// Tries the nodes one after another until enough candidates are found.
  private mutating func candidates(
    _ nodes: [NodeIndex], _ start: Int, _ budgets: [PodDisruptionBudget],
    _ snapshot: inout SchedulerSnapshot, _ counts: inout ReasonCounts
  ) -> [EvictionPlan] {
    let wanted = min(
      max(
        nodes.count * profile.minCandidateNodesPercentage / 100,
        profile.minCandidateNodesAbsolute), nodes.count)
    var found: [EvictionPlan] = []
    for offset in nodes.indices {
      let row = nodes[(start % nodes.count + offset) % nodes.count]
      switch evictions(row, budgets, &snapshot) {
      case .success(let plan):
        found.append(plan)
        if found.count >= wanted, found.contains(where: { $0.candidate.violations == 0 }) {
          return found
        }
      case .failure(let refusal): counts.add(refusal.reasons)
      }
    }
    return found
  }
}
