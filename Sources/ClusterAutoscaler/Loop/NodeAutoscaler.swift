public import TimeUnits

/// A program that adds and removes nodes: what the simulation and the dry run ask of any.
public protocol NodeAutoscaler: Sendable {
  /// The name of the program.
  var name: String { get }

  /// One look at the cluster, and what follows from it.
  mutating func runOnce(
    _ observation: ClusterObservation, in environment: inout some AutoscalerEnvironment
  ) -> LoopReport

  /// Notes that a node's removal has ended.
  mutating func nodeDeletionEnded(_ node: String)

  /// How long to wait after a loop that ended now; an unschedulable pod may end the wait.
  mutating func wait(afterLoopStartedAt start: SimulationTime) -> Duration
}
