import KubernetesObjects

/// The victims on one node with what the choice between nodes goes by.
struct EvictionPlan: Sendable {
  var candidate: PreemptionCandidate
  var highestPriority: Int32
  var prioritySum: Int64
  /// The earliest start among the victims of the highest priority.
  var earliestStart: Int64
}

/// Why evictions on a node would not help.
struct EvictionRefusal: Error {
  var reasons: FailureReasons
}

extension SchedulingCycle {
  /// The fewest pods that have to leave a node, the least important first; the snapshot is the
  /// same afterwards.
  ///
  /// Follows `SelectVictimsOnNode` 1.36: all pods of lower priority go, and as many as possible
  /// come back, those whose eviction would break a budget first.
  mutating func evictions(
    _ row: NodeIndex, _ budgets: [PodDisruptionBudget], _ snapshot: inout SchedulerSnapshot
  ) -> Result<EvictionPlan, EvictionRefusal> {
    let index = Int(row)
    let priority = state.priority
    var lower = snapshot.rows[index].pods.filter { $0.priority < priority }
    if lower.isEmpty { return .failure(EvictionRefusal(reasons: .noVictims)) }
    let before = snapshot.rows[index]
    for entry in lower { remove(entry, &snapshot, row) }
    defer { restore(before, &snapshot, row) }
    let verdict = verdictWithNominations(row, &snapshot)
    if !verdict.isEmpty { return .failure(EvictionRefusal(reasons: verdict)) }

    Self.sortByImportance(&lower)
    let (violating, harmless) = split(lower, budgets, snapshot)
    var victims: [PodEntry] = []
    var violations = 0
    for (entries, isViolation) in [(violating, true), (harmless, false)] {
      for entry in entries {
        snapshot.place(entry, on: row)
        if verdictWithNominations(row, &snapshot).isEmpty { continue }
        remove(entry, &snapshot, row)
        victims.append(entry)
        if isViolation { violations += 1 }
      }
    }
    Self.sortByImportance(&victims)
    return .success(Self.plan(row, victims, violations))
  }

  private mutating func verdictWithNominations(
    _ row: NodeIndex, _ snapshot: inout SchedulerSnapshot
  ) -> FailureReasons {
    var rows = [row]
    let failed = state.failed.count
    if !snapshot.nominations.isEmpty { filterNominated(&rows, &snapshot) }
    if rows.isEmpty {
      let verdict = state.verdicts[Int(row)]
      state.failed.removeLast(state.failed.count - failed)
      return verdict
    }
    return verdict(row, &snapshot)
  }

  private func remove(_ entry: PodEntry, _ snapshot: inout SchedulerSnapshot, _ row: NodeIndex) {
    if let place = snapshot.rows[Int(row)].pods.firstIndex(where: { $0.key == entry.key }) {
      snapshot.take(at: place, from: row)
    }
  }

  /// Puts back whoever is missing, and the order of the rows' lists.
  private func restore(
    _ before: NodeRow, _ snapshot: inout SchedulerSnapshot, _ row: NodeIndex
  ) {
    let here = Set(snapshot.rows[Int(row)].pods.map(\.key))
    for entry in before.pods where !here.contains(entry.key) { snapshot.place(entry, on: row) }
    snapshot.rows[Int(row)] = before
  }

  /// Higher priority first, then whoever has run longest: `util.MoreImportantPod` 1.36.
  private static func sortByImportance(_ pods: inout [PodEntry]) {
    pods = pods.enumerated().sorted { a, b in
      if a.element.priority != b.element.priority { return a.element.priority > b.element.priority }
      if a.element.startTime != b.element.startTime {
        return a.element.startTime < b.element.startTime
      }
      return a.offset < b.offset
    }.map(\.element)
  }

  /// The pods whose eviction a budget does not allow any more, and the others.
  private func split(
    _ pods: [PodEntry], _ budgets: [PodDisruptionBudget], _ snapshot: SchedulerSnapshot
  ) -> (violating: [PodEntry], harmless: [PodEntry]) {
    if budgets.isEmpty { return ([], pods) }
    var allowed = budgets.map(\.disruptionsAllowed)
    var violating: [PodEntry] = []
    var harmless: [PodEntry] = []
    for entry in pods {
      let pod = snapshot.classes.classes[Int(entry.podClass)]
      var isViolation = false
      for (index, budget) in budgets.enumerated()
      where !pod.labels.isEmpty && budget.metadata.namespace == pod.namespace {
        // A budget without a selector, or with an empty one, protects nothing here.
        guard let selector = budget.selector,
          !selector.matchLabels.isEmpty || !selector.matchExpressions.isEmpty,
          selector.matches(pod.labels)
        else { continue }
        allowed[index] -= 1
        if allowed[index] < 0 { isViolation = true }
      }
      if isViolation { violating.append(entry) } else { harmless.append(entry) }
    }
    return (violating, harmless)
  }

  private static func plan(
    _ row: NodeIndex, _ victims: [PodEntry], _ violations: Int
  ) -> EvictionPlan {
    let highest = victims.first?.priority ?? 0
    return EvictionPlan(
      candidate: PreemptionCandidate(
        node: row, victims: victims.map(\.key), violations: violations),
      highestPriority: highest,
      // Shifted, so that more victims weigh more whatever their priorities' sign.
      prioritySum: victims.reduce(0) { $0 + Int64($1.priority) + Int64(Int32.max) + 1 },
      earliestStart: victims.lazy.filter { $0.priority == highest }.map(\.startTime).min() ?? 0)
  }
}

/// Which node to take the victims from.
enum CandidateChoice {
  /// The places of the equally best: fewest violated budgets, then the lowest highest priority,
  /// the smallest sum of priorities, the fewest victims, and the latest start of the victim that
  /// ran longest (`pickOneNodeForPreemption` 1.36; 1.11 did not ask for the start).
  static func best(among plans: [EvictionPlan], era: SchedulerProfile.Era) -> [Int] {
    var places = Array(plans.indices)
    func keepLeast(_ measure: (EvictionPlan) -> Int64) {
      guard let least = places.map({ measure(plans[$0]) }).min() else { return }
      places.removeAll { measure(plans[$0]) != least }
    }
    keepLeast { Int64($0.candidate.violations) }
    keepLeast { Int64($0.highestPriority) }
    keepLeast { $0.prioritySum }
    keepLeast { Int64($0.candidate.victims.count) }
    if era != .v1_11 { keepLeast { 0 &- $0.earliestStart } }
    return places
  }
}
