import KubernetesObjects

/// Spreads the pods of a Service or controller over nodes and, with twice the weight, over zones
/// ([11] `algorithm/priorities/selector_spreading.go`).
struct SelectorSpread: ScorePlugin {
  let name = PluginName.selectorSpread

  func score(
    _ rows: [NodeIndex], _ cycle: CycleState, _ snapshot: inout SchedulerSnapshot,
    into scores: inout [Int64]
  ) -> ScoreOutcome {
    let counts = counts(rows, cycle, &snapshot)
    var zoneCounts: [String: Int64] = [:]
    for (index, row) in rows.enumerated() {
      let zone = snapshot.rows[Int(row)].zoneKey
      if !zone.isEmpty { zoneCounts[zone, default: 0] += counts[index] }
    }
    let mostOnNode = counts.max() ?? 0
    let mostInZone = zoneCounts.values.max() ?? 0
    for (index, row) in rows.enumerated() {
      var score = 10.0
      if mostOnNode > 0 { score = 10 * (Double(mostOnNode - counts[index]) / Double(mostOnNode)) }
      if let inZone = zoneCounts[snapshot.rows[Int(row)].zoneKey] {
        let zoneScore =
          mostInZone > 0 ? 10 * (Double(mostInZone - inZone) / Double(mostInZone)) : 10.0
        score = score * (1.0 - 2.0 / 3.0) + (2.0 / 3.0) * zoneScore
      }
      scores[index] = Int64(score)
    }
    return .written
  }

  private func counts(
    _ rows: [NodeIndex], _ cycle: CycleState, _ snapshot: inout SchedulerSnapshot
  ) -> [Int64] {
    let pod = snapshot.classes.classes[Int(cycle.podClass)]
    let selectors = snapshot.selectors(of: pod)
    if selectors.isEmpty { return Array(repeating: 0, count: rows.count) }
    let column = snapshot.column(forKey: TopologyColumn.node)
    let tally = snapshot.tally(
      DomainTally.Key(
        rule: .spreadAny(namespace: pod.namespace, selectors: selectors), column: column))
    let domains = snapshot.columns[Int(column)].domainOf
    let counter = snapshot.tallies.tallies[Int(tally)]
    return rows.map { Int64(counter.sum(inDomain: domains[Int($0)])) }
  }
}
