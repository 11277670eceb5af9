import KubernetesObjects

/// Places pods with, or away from, other pods by topology domain; both sides' terms count
/// (`plugins/interpodaffinity` 1.36).
struct InterPodAffinity: RowFilterPlugin, ScorePlugin {
  let name = PluginName.interPodAffinity
  let profile: SchedulerProfile

  // MARK: Filter

  func prepare(_ cycle: inout CycleState, _ snapshot: inout SchedulerSnapshot) -> Bool {
    guard let plan = snapshot.classes.classes[Int(cycle.podClass)].plan else { return false }
    return !plan.affinity.isEmpty || !plan.antiAffinity.isEmpty
      || plan.existingAntiAffinity.contains {
        snapshot.tallies.tallies[Int($0.tally)].terms > 0
      }
  }

  func verdict(
    ofRow row: Int, _ cycle: CycleState, _ snapshot: SchedulerSnapshot, _ pod: PodClass
  ) -> FailureReasons {
    guard let plan = pod.plan else { return [] }
    let general: FailureReasons = profile.era == .v1_11 ? .interPodAffinity : []
    if !isWithFriends(row, plan, snapshot) { return [.podAffinity, .unresolvable, general] }
    func meets(_ parts: [ClassPlan.TermTally]) -> Bool {
      parts.contains { part in
        let domain = snapshot.columns[Int(part.column)].domainOf[row]
        return domain >= 0
          && snapshot.tallies.tallies[Int(part.tally)].sum(inDomain: domain) > 0
      }
    }
    if meets(plan.antiAffinity) { return [.podAntiAffinity, general] }
    if meets(plan.existingAntiAffinity) { return [.existingAntiAffinity, general] }
    return []
  }

  /// Whether every required affinity term is met, or this is the first pod of a group that looks
  /// for itself.
  private func isWithFriends(
    _ row: Int, _ plan: ClassPlan, _ snapshot: SchedulerSnapshot
  ) -> Bool {
    var meetsAll = true
    var anywhere = false
    for part in plan.affinity {
      let domain = snapshot.columns[Int(part.column)].domainOf[row]
      if domain < 0 { return false }
      let tally = Int(part.tally)
      if snapshot.tallies.tallies[tally].sum(inDomain: domain) <= 0 { meetsAll = false }
      if snapshot.tallies.tallies[tally].terms > 0 { anywhere = true }
    }
    return meetsAll || (!anywhere && plan.matchesOwnAffinity)
  }

  // MARK: Score

  func score(
    _ rows: [NodeIndex], _ cycle: CycleState, _ snapshot: inout SchedulerSnapshot,
    into scores: inout [Int64]
  ) -> ScoreOutcome {
    let parts = snapshot.classes.classes[Int(cycle.podClass)].plan?.preference ?? []
    if profile.ignoresPreferencesOfPlacedPods,
      snapshot.classes.classes[Int(cycle.podClass)].preferredAffinity.isEmpty
    {
      return .skipped
    }
    if parts.isEmpty { return profile.era == .v1_11 ? .uniform(0) : .skipped }
    scores.fill(rows) { _ in 0 }
    var hasTerms = false
    for part in parts where snapshot.tallies.tallies[Int(part.tally)].terms > 0 {
      hasTerms = true
      let domains = snapshot.columns[Int(part.column)].domainOf
      let sums = snapshot.tallies.tallies[Int(part.tally)].sums
      for (index, row) in rows.enumerated() {
        let domain = Int(domains[Int(row)])
        if domain >= 0, domain < sums.count { scores[index] &+= Int64(sums[domain]) }
      }
    }
    guard hasTerms || profile.era == .v1_11 else { return .skipped }
    guard let least = scores.min(), let most = scores.max() else { return .written }
    let span = Double(most - least)
    for index in scores.indices {
      scores[index] =
        span > 0 ? Int64(Double(profile.maxScore) * (Double(scores[index] - least) / span)) : 0
    }
    return .written
  }
}
