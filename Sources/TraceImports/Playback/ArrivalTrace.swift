public import KubernetesObjects
public import TimeUnits

/// A recorded cluster as the scheduler meets it: nodes that stay, pods that come and go.
public struct ArrivalTrace: Sendable {
  public var nodes: [Node]
  /// In the order in which they were created.
  public var pods: [Arrival]

  /// A pod of the trace, from its creation to its deletion.
  public struct Arrival: Sendable {
    public var pod: Pod
    public var created: SimulationTime
    /// Nil: it stays to the end.
    public var deleted: SimulationTime?
  }

  public init(nodes: [Node], pods: [Arrival]) {
    self.nodes = nodes
    self.pods = pods
  }
}
