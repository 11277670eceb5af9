/// What a loop of an autoscaler acts on: the cloud, the nodes, and whoever breaks ties.
///
/// Everything the decisions leave open is asked for here, so that a decision never draws a number.
public protocol AutoscalerEnvironment {
  /// Asks the cloud for more nodes; what it throws backs the group off.
  mutating func increaseSize(of group: NodeGroup, by count: Int) throws(CreationError)

  /// Takes back an order of nodes that have not come.
  mutating func decreaseTargetSize(of group: NodeGroup, by count: Int) throws(CreationError)

  /// Deletes machines that never became nodes.
  mutating func deleteInstances(
    _ providerIDs: [String], of group: NodeGroup
  ) throws(CreationError)

  /// Begins to remove nodes: taints them at once, then waits, drains and deletes; when one is done
  /// the loop is told through `DeletionTracker.end`. False means that tainting failed.
  mutating func startDeletion(
    empty: [NodeDeletion], drain: [NodeDeletion]
  ) -> Bool

  /// Takes the marks of an earlier process off nodes.
  mutating func removeDeletionTaints(from nodes: [String])

  /// Marks nodes that would go if nothing changes, and takes the mark off others.
  mutating func setDeletionCandidates(adding: [String], removing: [String])

  /// Which of the equally good options to take: an index among `decision.options`, one of
  /// `decision.best`.
  mutating func choose(from decision: ScaleUpDecision) -> Int

  /// The order in which to take unneeded nodes of equal standing: a permutation.
  mutating func order(of unneeded: [UnneededNodes.Entry]) -> [Int]

  mutating func record(_ event: AutoscalerEvent)
}

/// A node to be removed, and its group.
public struct NodeDeletion: Sendable {
  public var node: RemovableNode
  /// The index of its group.
  public var group: Int
}

/// A Kubernetes event of the autoscaler.
public struct AutoscalerEvent: Sendable, Hashable {
  public enum Subject: Sendable, Hashable {
    case statusConfigMap
    case node(String)
    /// The key of the pod.
    case pod(UInt32)
  }

  public var subject: Subject
  public var isWarning: Bool
  public var reason: String
  public var message: String

  public init(
    _ subject: Subject, isWarning: Bool = false, reason: String, message: String
  ) {
    self.subject = subject
    self.isWarning = isWarning
    self.reason = reason
    self.message = message
  }
}
