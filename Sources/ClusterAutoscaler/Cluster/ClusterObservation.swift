public import KubeScheduler
public import KubernetesObjects
public import TimeUnits

/// Everything one loop of the autoscaler sees.
///
/// Lists come in the order in which they are to be looked at: the real program takes them from
/// unordered caches, so every order of equals is right, and who calls chooses one.
public struct ClusterObservation: Sendable {
  public var now: SimulationTime
  /// What taints count their seconds from: Unix time at time zero.
  public var epochSeconds: Int64 = 0
  /// The nodes with the pods that stand on them.
  public var snapshot: SchedulerSnapshot
  /// Every node object, ready or not.
  public var nodes: [ObservedNode]
  /// The names of the nodes in the order in which places for pods are sought; nil is that of
  /// `nodes`.
  public var searchOrder: [String]?
  /// Pods that the scheduler has tried and found no place for.
  public var pending: [AutoscalerPod]
  public var groups: [NodeGroup]
  public var budgets: [PodDisruptionBudget]
  public var daemonSets: [DaemonSet]
  /// How many replicas each controller wants and has.
  public var controllers: [UID: ControllerReplicas]
  /// The pods behind the keys of the snapshot.
  public var pod: @Sendable (UInt32) -> Pod?

  public init(
    now: SimulationTime, snapshot: SchedulerSnapshot, nodes: [ObservedNode],
    pending: [AutoscalerPod], groups: [NodeGroup], budgets: [PodDisruptionBudget] = [],
    daemonSets: [DaemonSet] = [], controllers: [UID: ControllerReplicas] = [:],
    pod: @escaping @Sendable (UInt32) -> Pod?
  ) {
    self.now = now
    self.snapshot = snapshot
    self.nodes = nodes
    self.pending = pending
    self.groups = groups
    self.budgets = budgets
    self.daemonSets = daemonSets
    self.controllers = controllers
    self.pod = pod
  }
}

/// A node object and the group its machine belongs to.
public struct ObservedNode: Sendable {
  public var node: Node
  /// The index of its group; nil for a node that is not autoscaled.
  public var group: Int?

  public init(_ node: Node, group: Int?) {
    self.node = node
    self.group = group
  }

  public var name: String { node.metadata.name }
  public var isReady: Bool { node.status.isReady }
}

/// What a controller of pods is to have, and has.
public struct ControllerReplicas: Sendable, Hashable {
  public var target: Int
  public var current: Int

  public init(target: Int, current: Int) {
    self.target = target
    self.current = current
  }
}
