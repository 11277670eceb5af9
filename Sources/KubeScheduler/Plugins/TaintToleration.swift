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
  ) -> ScoreOutcome {
    if snapshot.softTaintedNodes == 0 { return .uniform(best) }
    let taints = snapshot.caches.placements[Int(cycle.placement)].softTaints
    scores.fill(rows) { Int64(taints[$0]) }
    scores.normalize(best: best, reverse: true)
    return .written
  }
}
