public import KubernetesObjects
public import TimeUnits

/// A pod that is created and deleted at given times of the run.
public struct PodArrival: Sendable {
  public var pod: Pod
  public var created: SimulationTime
  /// Nil: it stays to the end.
  public var deleted: SimulationTime?

  public init(pod: Pod, created: SimulationTime, deleted: SimulationTime? = nil) {
    self.pod = pod
    self.created = created
    self.deleted = deleted
  }
}
