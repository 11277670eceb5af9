import KubernetesObjects

/// Keeps pods off cordoned nodes unless they tolerate the taint of a cordon
/// (`plugins/nodeunschedulable` 1.36).
struct NodeUnschedulable: NodeFactFilter {
  let name = PluginName.nodeUnschedulable

  private static let cordon = Taint(key: Taint.Key.unschedulable, effect: .noSchedule)

  func verdict(of node: NodeRow, for shape: PlacementShape) -> FailureReasons {
    guard node.unschedulable, !shape.tolerates(Self.cordon) else { return [] }
    return [.unschedulable, .unresolvable]
  }
}
