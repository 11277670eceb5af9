public import TimeUnits

/// New bounds or a new desired capacity at a time (Auto Scaling user guide 2023-06,
/// `ec2-auto-scaling-scheduled-scaling.md`); what is nil stays.
public struct ScheduledAction: Sendable, Hashable {
  public var name: String
  /// The first time, from the start of the run.
  public var startTime: SimulationTime
  /// The span to the next time; nil is once.
  public var every: Duration?
  public var minSize: Int?
  public var maxSize: Int?
  public var desiredCapacity: Int?

  public init(name: String, startTime: SimulationTime) {
    self.name = name
    self.startTime = startTime
  }
}
