/// Keeps a pod whose manifest names a node off all others (`plugins/nodename` 1.36).
struct NodeName: NodeFactFilter {
  let name = PluginName.nodeName

  func verdict(of node: NodeRow, for shape: PlacementShape) -> FailureReasons {
    guard let wanted = shape.nodeName, !wanted.isEmpty, wanted != node.name else { return [] }
    return [.nodeName, .unresolvable]
  }
}
