import KubernetesObjects

/// Keeps pods off nodes that are not ready, have no network or are cordoned
/// ([11] `CheckNodeConditionPredicate`).
struct CheckNodeCondition: NodeFactFilter {
  let name = PluginName.checkNodeCondition

  func verdict(of node: NodeRow, for shape: PlacementShape) -> FailureReasons {
    var reasons = FailureReasons()
    if !node.conditions.isReady { reasons.formUnion(.notReady) }
    if node.conditions.networkUnavailable { reasons.formUnion(.networkUnavailable) }
    if node.unschedulable { reasons.formUnion(.unschedulable) }
    if !reasons.isEmpty { reasons.formUnion(.unresolvable) }
    return reasons
  }
}

/// Keeps pods off nodes under pressure; memory pressure repels only pods that ask for nothing
/// ([11] `CheckNodeMemoryPressurePredicate` and its siblings, in their order).
struct CheckNodePressure: NodeFactFilter {
  let name = PluginName.checkNodePressure

  func verdict(of node: NodeRow, for shape: PlacementShape) -> FailureReasons {
    if node.conditions.memoryPressure && shape.isBestEffort {
      return [.memoryPressure, .unresolvable]
    }
    if node.conditions.pidPressure { return [.pidPressure, .unresolvable] }
    if node.conditions.diskPressure { return [.diskPressure, .unresolvable] }
    return []
  }
}
