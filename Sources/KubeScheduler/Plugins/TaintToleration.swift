import KubernetesObjects

/// Keeps pods off nodes whose taints they do not tolerate, and prefers nodes with fewer
/// PreferNoSchedule taints (`plugins/tainttoleration` 1.36).
struct TaintToleration: NodeFactFilter, ScorePlugin {
  let name = PluginName.taintToleration
  var best: Int64 = 100

  func verdict(of node: NodeRow, for shape: PlacementShape) -> FailureReasons {
    shape.untoleratedTaint(among: node.taints) == nil ? [] : [.untoleratedTaint, .unresolvable]
  }

  static func untoleratedSoftTaints(_ node: NodeRow, _ shape: PlacementShape) -> Int32 {
    var count: Int32 = 0
    for taint in node.taints where taint.effect == .preferNoSchedule && !shape.tolerates(taint) {
      count += 1
    }
    return count
  }

  func score(
    _ rows: [NodeIndex], _ cycle: CycleState, _ snapshot: inout SchedulerSnapshot,
    into scores: inout [Int64]
  ) -> Bool {
    if snapshot.softTaintedNodes == 0 {
      for index in scores.indices { scores[index] = best }
      return true
    }
    let taints = snapshot.caches.placements[Int(cycle.placement)].softTaints
    for (index, row) in rows.enumerated() { scores[index] = Int64(taints[Int(row)]) }
    scores.normalize(best: best, reverse: true)
    return true
  }
}
