public import AWSObjects

/// What happens inside the containers of a workload: no manifest says it.
public struct BehaviorSpec: Sendable, Hashable {
  /// The workload's or the container's name.
  public var name: String
  /// From start to the first successful readiness probe; nil is the model's own law.
  public var startup: DelayLaw?
  /// From start to an exit of its own; nil runs until it is stopped.
  public var runsFor: DelayLaw?
  /// What it exits with by itself. The default is 0.
  public var exitCode: Int32
  /// From SIGTERM to the exit; nil is the model's own law.
  public var termination: DelayLaw?
  /// What it wants of its machine; nil is a small idle program.
  public var load: ContainerLoadSpec?
  /// What it does in the anomaly pipeline, where the scenario has the services for it; nil for
  /// everything else.
  public var role: PipelineRole?

  public init(
    name: String, startup: DelayLaw? = nil, runsFor: DelayLaw? = nil, exitCode: Int32 = 0,
    termination: DelayLaw? = nil, load: ContainerLoadSpec? = nil, role: PipelineRole? = nil
  ) {
    self.name = name
    self.startup = startup
    self.runsFor = runsFor
    self.exitCode = exitCode
    self.termination = termination
    self.load = load
    self.role = role
  }
}
