public import TimeUnits

/// How the nodes of a group, or of the cluster, are doing.
///
/// Follows `clusterstate.go` (`Readiness`) of cluster-autoscaler 1.36; every list holds names.
public struct Readiness: Sendable, Hashable {
  /// All node objects, those below included.
  public var registered: [String] = []
  public var ready: [String] = []
  /// Not ready for longer than a start takes.
  public var unready: [String] = []
  /// Not ready, and younger than `max-node-startup-time`.
  public var notStarted: [String] = []
  /// Node objects whose machine is gone.
  public var deleted: [String] = []
  /// Machines without a node object.
  public var unregistered: [String] = []
  /// Machines without a node object for longer than `max-node-provision-time`.
  public var longUnregistered: [String] = []

  public init() {}

  /// The nodes that a scale-up does not wait for any more.
  var provisioned: Int { registered.count - notStarted.count }
}

/// Between which numbers of nodes a group counts as doing what was asked of it.
public struct AcceptableRange: Sendable, Hashable {
  public var min: Int
  public var max: Int
  public var target: Int
}

/// A scale-up that is under way.
public struct ScaleUpRequest: Sendable, Hashable {
  public var increase: Int
  public var time: SimulationTime
  public var expectedAddTime: SimulationTime
}

/// A registered number of nodes that disagrees with the target.
public struct IncorrectSize: Sendable, Hashable {
  public var current: Int
  public var expected: Int
  public var firstObserved: SimulationTime
}
