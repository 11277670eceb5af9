public import KubernetesObjects

/// One way to help pending pods: so many nodes more of one group.
///
/// Follows `expander/expander.go` (`Option`) of cluster-autoscaler 1.36.
public struct ExpansionOption: Sendable {
  /// The index of the group among those observed.
  public var group: Int
  public var groupID: String
  /// Groups like it that may share the new nodes, by index.
  public var similarGroups: [Int] = []
  public var nodeCount: Int
  /// The keys of the pods that would get a place.
  public var pods: [UInt32]
  /// What those pods ask for in all.
  public var requests: ResourceVector
  /// The node that would be added, with its daemon pods.
  public var template: NodeTemplate

  public init(
    group: Int, groupID: String, nodeCount: Int, pods: [UInt32], requests: ResourceVector,
    template: NodeTemplate
  ) {
    self.group = group
    self.groupID = groupID
    self.nodeCount = nodeCount
    self.pods = pods
    self.requests = requests
    self.template = template
  }
}
