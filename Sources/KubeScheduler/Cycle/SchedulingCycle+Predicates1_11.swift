extension SchedulingCycle {
  /// The predicates of 1.11 in their order: conditions, then resources, name, ports and selector
  /// together, then taints, pressure, volumes and affinity ([11] `core/generic_scheduler.go`,
  /// `predicates.Ordering`).
  mutating func filter1_11(_ rows: inout [NodeIndex], _ snapshot: inout SchedulerSnapshot) {
    let pod = snapshot.classes.classes[Int(state.podClass)]
    let ports = NodePorts()
    let hasPorts = !state.skipped.contains(.nodePorts)
    let verdicts = snapshot.caches.placements[Int(state.placement)].verdicts
    let conditions: FailureReasons = [.notReady, .networkUnavailable, .unschedulable]
    let general: FailureReasons = [.nodeName, .nodeAffinity]
    // What an earlier pass of this cycle said of the nodes must not show through.
    for row in rows { state.verdicts[Int(row)] = [] }
    // The fit filter also fills in the scores of the nodes it is asked about.
    var fitting = rows
    for plugin in filters where plugin.name == .nodeResourcesFit {
      let failed = state.failed.count
      plugin.filter(&fitting, &state, &snapshot)
      state.failed.removeLast(state.failed.count - failed)
    }
    rows.keep { row in
      let facts = verdicts[Int(row)]
      var found = facts.intersection(conditions)
      if found.isEmpty {
        found = state.verdicts[Int(row)].union(facts.intersection(general))
        if hasPorts {
          found.formUnion(ports.verdict(ofRow: Int(row), state, snapshot, pod))
        }
      }
      if found.isEmpty { found = facts.subtracting(conditions).subtracting(general) }
      found.remove(.unresolvable)
      state.verdicts[Int(row)] = []
      if found.isEmpty { return true }
      if !facts.isDisjoint(with: found) { found.insert(.unresolvable) }
      state.reject(row, found)
      return false
    }
    for plugin in filters
    where plugin.name != .nodeResourcesFit && plugin.name != .nodePorts
      && !state.skipped.contains(plugin.name)
    {
      plugin.filter(&rows, &state, &snapshot)
    }
  }
}
