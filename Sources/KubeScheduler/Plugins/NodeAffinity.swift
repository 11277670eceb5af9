import KubernetesObjects

/// Holds pods to their node selector and required node affinity, and prefers nodes by the
/// weights of the preferred terms (`plugins/nodeaffinity` 1.36).
struct NodeAffinity: NodeFactFilter, ScorePlugin {
  let name = PluginName.nodeAffinity
  var best: Int64 = 100
  var added: AddedNodeAffinity?

  func verdict(of node: NodeRow, for shape: PlacementShape) -> FailureReasons {
    if let required = added?.required,
      !required.contains(where: { $0.matches(labels: node.labels, name: node.name) })
    {
      return [.enforcedAffinity, .unresolvable]
    }
    return shape.admits(labels: node.labels, name: node.name)
      ? [] : [.nodeAffinity, .unresolvable]
  }

  static func preference(
    _ node: NodeRow, _ shape: PlacementShape, _ added: AddedNodeAffinity?
  ) -> Int32 {
    var sum: Int32 = 0
    for preferred in shape.preferredTerms + (added?.preferred ?? [])
    where preferred.term.matches(labels: node.labels, name: node.name) {
      sum &+= Int32(clamping: preferred.weight)
    }
    return sum
  }

  func score(
    _ rows: [NodeIndex], _ cycle: CycleState, _ snapshot: inout SchedulerSnapshot,
    into scores: inout [Int64]
  ) -> ScoreOutcome {
    let shape = Int(cycle.placement)
    let wishes = snapshot.classes.placements[shape].preferredTerms
    if wishes.isEmpty, added?.preferred.isEmpty ?? true { return .skipped }
    let preferred = snapshot.caches.placements[shape].preferred
    scores.fill(rows) { Int64(preferred[$0]) }
    scores.normalize(best: best, reverse: false)
    return .written
  }
}
